-- A request gets the organization's settings as one value: a new setting is a column and a field of `Settings`, and no function names it.
-- The country, which only the sign-up form knew, is stored: it decides how dates, numbers, telephones and addresses are written.

alter table organization_settings add column country text not null default '' check (country ~ '^([A-Z]{2})?$');
comment on column organization_settings.country is 'ISO 3166-1, empty where nobody chose one.';

-- Organizations that signed up before: the country whose usual currency and time zone they have.
alter table organization_settings no force row level security;
alter table branches no force row level security;
update organization_settings t set country = c.country
  from (values
    ('AR', 'ARS', 'America/Argentina/Buenos_Aires'), ('AU', 'AUD', 'Australia/Sydney'), ('AT', 'EUR', 'Europe/Vienna'),
    ('BE', 'EUR', 'Europe/Brussels'), ('BG', 'EUR', 'Europe/Sofia'), ('CA', 'CAD', 'America/Toronto'), ('CL', 'CLP', 'America/Santiago'),
    ('CO', 'COP', 'America/Bogota'), ('HR', 'EUR', 'Europe/Zagreb'), ('CY', 'EUR', 'Asia/Nicosia'), ('CZ', 'CZK', 'Europe/Prague'),
    ('DK', 'DKK', 'Europe/Copenhagen'), ('EE', 'EUR', 'Europe/Tallinn'), ('FI', 'EUR', 'Europe/Helsinki'), ('FR', 'EUR', 'Europe/Paris'),
    ('DE', 'EUR', 'Europe/Berlin'), ('GR', 'EUR', 'Europe/Athens'), ('HU', 'HUF', 'Europe/Budapest'), ('IN', 'INR', 'Asia/Kolkata'),
    ('IE', 'EUR', 'Europe/Dublin'), ('IT', 'EUR', 'Europe/Rome'), ('JP', 'JPY', 'Asia/Tokyo'), ('KE', 'KES', 'Africa/Nairobi'),
    ('LV', 'EUR', 'Europe/Riga'), ('LT', 'EUR', 'Europe/Vilnius'), ('LU', 'EUR', 'Europe/Luxembourg'), ('MT', 'EUR', 'Europe/Malta'),
    ('MX', 'MXN', 'America/Mexico_City'), ('NL', 'EUR', 'Europe/Amsterdam'), ('NZ', 'NZD', 'Pacific/Auckland'),
    ('NG', 'NGN', 'Africa/Lagos'), ('NO', 'NOK', 'Europe/Oslo'), ('PE', 'PEN', 'America/Lima'), ('PL', 'PLN', 'Europe/Warsaw'),
    ('PT', 'EUR', 'Europe/Lisbon'), ('RO', 'RON', 'Europe/Bucharest'), ('SA', 'SAR', 'Asia/Riyadh'), ('SG', 'SGD', 'Asia/Singapore'),
    ('SK', 'EUR', 'Europe/Bratislava'), ('SI', 'EUR', 'Europe/Ljubljana'), ('ZA', 'ZAR', 'Africa/Johannesburg'),
    ('ES', 'EUR', 'Europe/Madrid'), ('SE', 'SEK', 'Europe/Stockholm'), ('CH', 'CHF', 'Europe/Zurich'), ('TR', 'TRY', 'Europe/Istanbul'),
    ('AE', 'AED', 'Asia/Dubai'), ('GB', 'GBP', 'Europe/London'), ('US', 'USD', 'America/New_York'), ('US', 'USD', 'America/Anchorage'),
    ('US', 'USD', 'America/Chicago'), ('US', 'USD', 'America/Denver'), ('US', 'USD', 'America/Los_Angeles'),
    ('US', 'USD', 'America/Phoenix'), ('US', 'USD', 'Pacific/Honolulu'), ('CA', 'CAD', 'America/Edmonton'),
    ('CA', 'CAD', 'America/Halifax'), ('CA', 'CAD', 'America/Regina'), ('CA', 'CAD', 'America/St_Johns'),
    ('CA', 'CAD', 'America/Vancouver'), ('CA', 'CAD', 'America/Winnipeg'), ('AU', 'AUD', 'Australia/Adelaide'),
    ('AU', 'AUD', 'Australia/Brisbane'), ('AU', 'AUD', 'Australia/Darwin'), ('AU', 'AUD', 'Australia/Hobart'),
    ('AU', 'AUD', 'Australia/Perth'), ('MX', 'MXN', 'America/Cancun'), ('MX', 'MXN', 'America/Tijuana'), ('PT', 'EUR', 'Atlantic/Azores'),
    ('ES', 'EUR', 'Atlantic/Canary')
  ) c (country, currency, time_zone)
 where c.currency = t.currency
   and c.time_zone = (select b.time_zone from branches b where b.org_id = t.org_id order by b.created_at, b.id limit 1);
alter table branches force row level security;
alter table organization_settings force row level security;

create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - least(idle, x.own_idle);
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'login', u.email,
      'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = m.custom_role_id),
      'rights', coalesce((select jsonb_object_agg(r.right_name, r.granted) from public.role_rights r
                           where r.org_id = s.org_id and r.role = m.role and r.custom_role_id is not distinct from m.custom_role_id), '{}'::jsonb),
      'org_name', o.name, 'org_slug', o.slug, 'org_state', o.state,
      'all_branches', m.all_branches or m.role = 'owner',
      'branch_id', s.branch_id,
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone) order by b.name)
                     from public.branches b
                    where m.all_branches or m.role = 'owner'
                       or exists (select from public.member_branches mb where mb.member_id = m.id and mb.branch_id = b.id)), '[]'::jsonb),
      'settings', to_jsonb(t) - 'org_id',
      'workshops', case when s.tablet_id is null then
                     (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                        from auth.affiliations f join auth.organizations w on w.id = f.org_id
                       where f.user_id = s.user_id and f.left_at is null)
                   else jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)) end,
      'stale', s.last_seen_at < at - interval '1 minute',
      'confirmed_at', s.confirmed_at, 'by_pin', s.tablet_id is not null, 'unverified', u.unverified_since is not null,
      'factor_due', m.role = any (t.second_factor_roles)
        and not exists (select from auth.second_factors f where f.user_id = u.id and f.confirmed_at is not null))
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case when answer ->> 'role' = 'technician' and not (answer #>> '{settings,technicians_see_all}')::boolean
      then 'assigned' else 'all' end, true),
    set_config('app.shares', case when (answer #>> '{settings,share_customers}')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;

create or replace function auth.enter_support(token_hash bytea, at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.support_sessions;
  g public.support_grants;
  answer jsonb;
begin
  select x.* into s from auth.support_sessions x join auth.platform_admins a on a.id = x.admin_id
   where x.token_hash = enter_support.token_hash and x.ended_at is null and a.deactivated_at is null
     and x.created_at > enter_support.at - interval '8 hours'; -- no longer than the shift it began in
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true);
  select * into g from public.support_grants x where x.id = s.grant_id and x.ended_at is null and x.expires_at > enter_support.at;
  if not found then
    perform set_config('app.org_id', '', true);
    return null;
  end if;
  perform set_config('app.member_id', '00000000-0000-0000-0000-000000000000', true), set_config('app.branches', 'all', true),
    set_config('app.sees', 'all', true), set_config('app.shares', 'all', true);
  select jsonb_build_object(
      'user_id', s.admin_id, 'org_id', s.org_id, 'member_id', '00000000-0000-0000-0000-000000000000', 'name', 'Gantry support', 'email', '',
      'role', 'manager', 'login', '', 'custom_role', 'Gantry support', 'rights', '{}'::jsonb,
      'org_name', o.name, 'org_slug', o.slug, 'all_branches', true, 'branch_id', s.branch_id,
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone) order by b.name)
                     from public.branches b), '[]'::jsonb),
      'settings', to_jsonb(t) - 'org_id', 'stale', false,
      'workshops', jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)),
      'confirmed_at', null, 'by_pin', false, 'unverified', false, 'factor_due', false, 'support_until', g.expires_at)
    into answer
    from auth.organizations o join public.organization_settings t on t.org_id = o.id where o.id = s.org_id;
  return answer;
end $$;

-- What a new organization starts with comes as one value too.
drop function auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, text, text, text, uuid, text, text, text, text, uuid,
  text[], int[], timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb);
create function auth.sign_up(attempt bigint, new_user uuid, email text, email_norm text, person text, new_hash text,
  new_org uuid, org_name text, slug text, settings jsonb,
  branch_id uuid, branch_name text, branch_code text, branch_address text, time_zone text, new_member uuid,
  tax_names text[], tax_points int[], at timestamptz, event_id uuid, request_id text,
  link uuid, link_hash bytea, link_expires_at timestamptz, mail_id uuid, letter jsonb,
  out made boolean, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  free_slug text := slug;
  tries int := 1;
begin
  made := true;
  begin
    loop
      insert into auth.organizations as o (id, name, slug, created_at) values (new_org, org_name, free_slug, at)
      on conflict on constraint organizations_slug_key do nothing;
      exit when found;
      tries := tries + 1;
      free_slug := slug || '-' || case when tries <= 50 then tries::text else left(md5(new_org::text || tries), 8) end;
    end loop;
    perform set_config('app.org_id', new_org::text, true);
    insert into public.organization_settings as t (name, asset_word, distance_unit, currency, country, require_odometer)
    select org_name, r.asset_word, r.distance_unit, r.currency, r.country, r.asset_word = 'vehicle'
      from jsonb_populate_record(null::public.organization_settings, settings) r;
    insert into public.branches as b (id, name, code, address, time_zone, created_at)
    values (branch_id, branch_name, branch_code, branch_address, time_zone, at);
    insert into public.members as m (id, user_id, name, email, role, all_branches, created_at)
    values (new_member, new_user, person, email, 'owner', true, at);
    insert into public.tax_rates as t (id, name, basis_points, is_default, position)
    select gen_random_uuid(), r.name, r.points, r.n = 1, r.n::int from unnest(tax_names, tax_points) with ordinality r (name, points, n);
    insert into public.audit_events as e (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, at, new_member, person, 'organization.created', 'organization', new_org, 'Opened the workshop ' || org_name, request_id);
    perform auth.post_letter(mail_id, email, letter, at);
    insert into auth.users as u (id, email, email_norm, name, password_hash, created_at, unverified_since)
    values (new_user, email, email_norm, person, new_hash, at, at);
    insert into auth.affiliations as f (user_id, org_id, member_id) values (new_user, new_org, new_member);
    perform auth.make_link(link, 'verify_email', link_hash, new_user, at, link_expires_at);
  exception when unique_violation then
    made := false;
  end;
  update auth.sign_up_attempts a set outcome = case when made then 'made' else 'taken' end where a.id = attempt;
  select l.user_id, l.password_hash, l.org_id, l.member_id into user_id, password_hash, org_id, member_id
    from auth.find_account(email_norm, null) l;
end $$;
revoke all on function auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, jsonb, uuid, text, text, text, text, uuid,
  text[], int[], timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb) from public;
grant execute on function auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, jsonb, uuid, text, text, text, text, uuid,
  text[], int[], timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb) to gantry_app;
