-- What a database of the schema 0288 lacks: the steps 0305 to 0361 of the former migrations, as they were. It runs once and is never
-- edited: a database that went this way is one that never stood at 0288.

-- 0305_remember_what_forms_sent

-- A form's key answers the same request again, and no other one: body and address are kept with it, as a hash.
-- Keys from before hold nothing and answer whatever their form sends.
alter table idempotency_keys add column fingerprint bytea not null default '';

-- 0310_archive_nothing_in_the_shop

-- Nobody and nothing is archived while a work order is open, in whatever branch and whoever asks, and no order is opened for what is archived.
-- Both sides take the customer's and the asset's row first, so that of an archiving and a check-in at the same moment one waits for the other.

create function app.guard_archiving() returns trigger language plpgsql as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
  own_sees text := coalesce(current_setting('app.sees', true), '');
  busy boolean;
begin
  -- The member may be bound to a branch or see own orders only; the rule is the organization's.
  perform set_config('app.branches', 'all', true), set_config('app.sees', 'all', true);
  if tg_table_name = 'customers' then
    busy := exists (select from public.work_orders w where w.org_id = new.org_id and w.customer_id = new.id and w.closed_at is null);
  else
    busy := exists (select from public.work_orders w where w.org_id = new.org_id and w.asset_id = new.id and w.closed_at is null);
  end if;
  perform set_config('app.branches', own_branches, true), set_config('app.sees', own_sees, true);
  if busy then
    raise exception 'a work order is open' using errcode = 'GA007', constraint = tg_table_name || '_with_open_order';
  end if;
  return new;
end $$;
create trigger customers_archiving before update of archived_at on customers
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();
create trigger assets_archiving before update of archived_at on assets
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();

create function app.guard_order_parties() returns trigger language plpgsql as $$
declare
  customer_left timestamptz;
  asset_left timestamptz;
begin
  -- Not "for share": the same transaction writes both rows later (where they were seen, the meter), and two that share would wait for each other.
  select c.archived_at into customer_left from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id) for no key update;
  select a.archived_at into asset_left from public.assets a where (a.org_id, a.id) = (new.org_id, new.asset_id) for no key update;
  if new.closed_at is null and (customer_left is not null or asset_left is not null) then
    raise exception 'customer or asset is archived' using errcode = 'GA008';
  end if;
  return new;
end $$;
create trigger work_orders_parties before insert or update of customer_id, asset_id on work_orders
  for each row execute function app.guard_order_parties();

-- 0311_bill_only_what_was_done

-- A document is posted for work that the customer approved, pays for and that was done: finished, or begun on an order that is ready.
-- What was billed before and credited may be billed again, as it is.

-- Whether a job is the customer's to pay; the same rule as `chargeable` of the program.
create function app.chargeable(payer text, decision text) returns boolean language sql immutable parallel safe
  as $$ select payer = 'customer' and decision = 'approved' $$;
grant execute on function app.chargeable(text, text) to gantry_tenant;

create function app.guard_posted_work() returns trigger language plpgsql as $$
declare
  undone text;
begin
  select string_agg(format('%L', j.title), ', ' order by j.position) into undone
    from public.invoiced_jobs b
    join public.jobs j on (j.org_id, j.id) = (b.org_id, b.job_id)
   where b.org_id = new.org_id and b.invoice_id = new.id
     and (not app.chargeable(j.payer, j.decision)
          or j.work_state <> 'finished'
             and not (j.work_state = 'started' and exists (
               select from public.work_orders w where (w.org_id, w.id) = (j.org_id, j.work_order_id) and w.phase in ('ready', 'delivered')))
             and not exists (
               select from public.invoice_lines l join public.invoices c on (c.org_id, c.id) = (l.org_id, l.invoice_id)
                where l.org_id = j.org_id and l.job_id = j.id and c.kind = 'credit_note' and c.state = 'posted'));
  if undone is not null then
    raise exception 'work was not done: %', undone using errcode = 'GA009';
  end if;
  return new;
end $$;
create trigger invoices_posted_work before update on invoices
  for each row when (old.state = 'draft' and new.state = 'posted' and new.kind = 'invoice') execute function app.guard_posted_work();

-- 0312_say_who_works_where

-- Who works in which branch: those whose membership lists it, and everybody who works in all. One rule for everything that asks.
create view app.workplaces with (security_invoker = true) as
  select b.org_id, b.member_id, b.branch_id from public.member_branches b
  union all
  select m.org_id, m.id, b.id from public.members m join public.branches b on b.org_id = m.org_id where m.all_branches or m.role = 'owner';
grant select on app.workplaces to gantry_tenant;

-- 0313_split_voiding_from_posting

-- Voiding a posted invoice is a right of its own. Whoever could void before still can: what a workshop decided about issuing holds for it too.
do $$
declare org uuid;
begin
  for org in select id from auth.organizations loop
    perform set_config('app.org_id', org::text, true);
    insert into role_rights (org_id, role, custom_role_id, right_name, granted)
    select r.org_id, r.role, r.custom_role_id, 'VoidInvoices', r.granted from role_rights r where r.org_id = org and r.right_name = 'IssueInvoices';
  end loop;
  perform set_config('app.org_id', '', true);
end $$;

-- 0314_give_repeated_rules_one_home

-- What many statements said each in its own words: how a work order and what it is about are called, and what was done
-- on an order. Functions of one expression and views, so that the planner sees through them.

create function app.order_number(branch_code text, number bigint) returns text language sql immutable parallel safe
  as $$ select branch_code || '-' || number::text $$;
create function app.asset_mark(plate text, serial text) returns text language sql immutable parallel safe
  as $$ select coalesce(nullif(plate, ''), serial) $$;
grant execute on function app.order_number(text, bigint), app.asset_mark(text, text) to gantry_tenant;

-- A customer's credit is what they paid less what it pays: two sums that are read from indexes alone.
create index payments_sum on payments (org_id, customer_id) include (branch_id, amount_minor);
create index invoice_balances_paid on invoice_balances (org_id, customer_id) include (branch_id, paid_minor) where paid_minor <> 0;

-- Jobs that were not declined, each with its lines, in their order.
create view app.past_work with (security_invoker = true) as
  select j.org_id, j.work_order_id, jsonb_agg(jsonb_build_object('title', j.title, 'payer', j.payer, 'lines', (
           select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'part_number', l.part_number,
                    'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor, 'tax_rate', l.tax_basis_points) order by l.position, l.id), '[]')
             from public.lines l where (l.org_id, l.job_id) = (j.org_id, j.id))) order by j.position, j.id) as jobs
    from public.jobs j
   where j.decision <> 'declined'
   group by j.org_id, j.work_order_id;
grant select on app.past_work to gantry_tenant;

-- A customer's history: the organization's where branches share customers, else that of the member's branches. Open orders first.
create function app.customer_history(customer uuid) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, plate text, asset text,
  created_at timestamptz, odometer_in int, total_minor bigint
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, app.asset_mark(a.plate, a.serial), concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')),
           w.created_at, w.odometer_in, w.total_minor
      from ((select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is null order by w.created_at desc, w.id desc limit 50)
            union all
            (select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is not null order by w.created_at desc, w.id desc limit 50)) w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
     order by w.closed_at is null desc, w.created_at desc, w.id desc limit 50;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.customer_history(uuid) to gantry_tenant;

-- 0320_hand_over_settings_whole

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

-- 0330_limit_by_network

-- Limits by address go by the network that one customer of a provider has: of version 6 that is a /64, where whoever is refused could
-- otherwise come back from another of 2^64 addresses. The addresses themselves stay as they were, for whoever reads the history.

create function auth.network(address text) returns text
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  -- Version 4 written as version 6 is one address, not a network.
  if family(address::inet) = 4 or address::inet <<= '::ffff:0:0/96'::inet then return address; end if;
  return text(network(set_masklen(address::inet, 64)));
exception when invalid_text_representation then
  return address;
end $$;
revoke all on function auth.network(text) from public;

alter table auth.sign_in_attempts add column network text not null generated always as (auth.network(address)) stored;
alter table auth.sign_up_attempts add column network text not null generated always as (auth.network(address)) stored;
alter table auth.join_attempts add column network text not null generated always as (auth.network(address)) stored;
drop index auth.sign_in_attempts_address, auth.sign_up_attempts_address, auth.join_attempts_address;
create index sign_in_attempts_network on auth.sign_in_attempts (network, at);
create index sign_up_attempts_network on auth.sign_up_attempts (network, at);
create index join_attempts_network on auth.join_attempts (network, at);

create or replace function auth.begin_sign_in(email_norm text, email_hash bytea, slug text, device_hash bytea, address text, at timestamptz,
  out attempt bigint, out retry_after_s int, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid, out device_is_ours boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  known boolean;
begin
  select bool_or(u.email_norm = begin_sign_in.email_norm), count(*) > 0 into known, device_is_ours
    from auth.devices d join auth.users u on u.id = d.user_id where d.token_hash = begin_sign_in.device_hash;
  known := coalesce(known, false);
  retry_after_s := 0;
  if not known then
    perform pg_advisory_xact_lock(7101, hashtext(auth.network(begin_sign_in.address)));
    retry_after_s := auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.network = auth.network(begin_sign_in.address) and a.at > begin_sign_in.at - interval '1 minute'
         and a.outcome in ('pending', 'wrong') and a.device_hash is null
       order by a.at desc limit 30), begin_sign_in.at, interval '1 minute', 30, 30);
  end if;
  perform pg_advisory_xact_lock(7102, hashtext(encode(email_hash, 'hex') || case when known then encode(device_hash, 'hex') else '' end));
  retry_after_s := greatest(retry_after_s, auth.wait_seconds(array(
    select a.at from auth.sign_in_attempts a
     where a.email_hash = begin_sign_in.email_hash and a.at > begin_sign_in.at - interval '15 minutes'
       and a.outcome in ('pending', 'wrong')
       and a.device_hash is not distinct from case when known then begin_sign_in.device_hash end
     order by a.at desc limit 10), begin_sign_in.at, interval '15 minutes', 5, 10));
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_in_attempts (email_hash, device_hash, address, at, outcome)
  values (email_hash, case when known then device_hash end, address, at, 'pending') returning id into attempt;
  select l.user_id, l.password_hash, l.org_id, l.member_id into user_id, password_hash, org_id, member_id
    from auth.find_account(email_norm, slug) l;
end $$;

create or replace function auth.begin_sign_up(address text, at timestamptz, out attempt bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7103, hashtext(auth.network(begin_sign_up.address)));
  retry_after_s := auth.wait_seconds(array(
    select a.at from auth.sign_up_attempts a
     where a.network = auth.network(begin_sign_up.address) and a.at > begin_sign_up.at - interval '1 hour'
     order by a.at desc limit 60), begin_sign_up.at, interval '1 hour', 60, 60);
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_up_attempts (address, at) values (begin_sign_up.address, begin_sign_up.at) returning id into attempt;
end $$;

create or replace function auth.request_to_join(code_hash bytea, request uuid, who uuid, person text, email text, email_norm text,
  address text, at timestamptz, event_id uuid, request_id text, out retry_after_s int, out org_name text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  org uuid;
begin
  perform pg_advisory_xact_lock(7104, hashtext(auth.network(request_to_join.address)));
  retry_after_s := auth.wait_seconds(array(
    select a.at from auth.join_attempts a
     where a.network = auth.network(request_to_join.address) and a.at > request_to_join.at - interval '15 minutes'
     order by a.at desc limit 20), request_to_join.at, interval '15 minutes', 5, 20);
  if retry_after_s > 0 then return; end if;
  select c.org_id into org from auth.join_codes c where c.code_hash = request_to_join.code_hash;
  if not found then
    delete from auth.join_attempts a where a.at < request_to_join.at - interval '1 day';
    insert into auth.join_attempts (address, at) values (request_to_join.address, request_to_join.at);
    return;
  end if;
  perform set_config('app.org_id', org::text, true);
  if who is not null then
    select u.name, u.email, u.email_norm into person, email, email_norm from auth.users u where u.id = who;
  end if;
  -- A code that got around must not fill the list.
  if (select count(*) from public.join_requests r where r.decided_at is null) >= 100 then
    retry_after_s := 3600;
    return;
  end if;
  select o.name into org_name from auth.organizations o where o.id = org;
  if exists (select from public.members m where m.deactivated_at is null
              and (m.user_id = who or lower(m.email) = request_to_join.email_norm)) then
    return;
  end if;
  insert into public.join_requests (id, user_id, name, email, email_norm, created_at)
  values (request, who, request_to_join.person, request_to_join.email, request_to_join.email_norm, request_to_join.at)
  on conflict do nothing;
  if found then
    insert into public.audit_events (id, at, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, request_to_join.at, request_to_join.person, 'join_request.made', 'join_request', request,
            'Asked to join with the code', request_to_join.request_id);
  end if;
end $$;

create or replace function auth.begin_platform_sign_in(email_norm text, email_hash bytea, address text, at timestamptz,
  out attempt bigint, out retry_after_s int, out admin_id uuid, out password_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(7101, hashtext(auth.network(begin_platform_sign_in.address)));
  perform pg_advisory_xact_lock(7102, hashtext(encode(email_hash, 'hex')));
  retry_after_s := greatest(
    auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.network = auth.network(begin_platform_sign_in.address) and a.at > begin_platform_sign_in.at - interval '1 minute'
         and a.outcome in ('pending', 'wrong') and a.device_hash is null
       order by a.at desc limit 30), begin_platform_sign_in.at, interval '1 minute', 30, 30),
    auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.email_hash = begin_platform_sign_in.email_hash and a.at > begin_platform_sign_in.at - interval '15 minutes'
         and a.outcome in ('pending', 'wrong')
       order by a.at desc limit 10), begin_platform_sign_in.at, interval '15 minutes', 5, 10));
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_in_attempts (email_hash, address, at, outcome) values (email_hash, address, at, 'pending') returning id into attempt;
  select a.id, a.password_hash into admin_id, password_hash
    from auth.platform_admins a where a.email_norm = begin_platform_sign_in.email_norm and a.deactivated_at is null;
end $$;

-- 0331_revoke_from_public

-- Functions that run with their owner's rights are nobody's to call: those of triggers, too, which PostgreSQL grants to everybody.
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname in ('app', 'auth', 'search')
       and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

-- 0340_name_things

-- What a workshop calls what it repairs, who repairs it and the document it is written on. Nothing chosen is what is usual for its trade
-- and country.
alter table organization_settings
  add column asset_term text check (asset_term in ('vehicle', 'car', 'motorcycle', 'truck', 'device', 'phone', 'computer', 'machine')),
  add column technician_term text check (technician_term in ('technician', 'mechanic', 'engineer')),
  add column work_order_term text check (work_order_term in ('work_order', 'repair_order', 'job_card', 'job_sheet'));

-- 0360_queue_jobs

-- Background work waits in a queue of the library graphile_worker, whose tables `gantry migrate` makes in a schema of its own. A role that owns
-- that schema and nothing else works on it; everybody else queues through the functions below, in the transaction that causes the work.

do $$
begin
  if not exists (select from pg_roles where rolname = 'gantry_jobs') then
    create role gantry_jobs nologin nosuperuser nobypassrls;
  end if;
  grant gantry_jobs to gantry_app;
  grant gantry_jobs to current_user;
exception when unique_violation or duplicate_object then null; -- two databases migrating at once
end $$;

-- The library would make the schema and this table itself, for which its role would need the right to make schemas.
create schema graphile_worker authorization gantry_jobs;
create table graphile_worker.migrations (
  id int primary key,
  ts timestamptz not null default now(),
  breaking boolean not null default false
);
alter table graphile_worker.migrations owner to gantry_jobs;

-- Queues one piece of work; jobs of one workshop run one after the other, so that a busy one does not keep the others waiting.
-- A `key` is queued once: while a job with it waits, another call changes nothing.
create function auth.put_job(org uuid, name text, payload jsonb, key text, delay interval, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(
    identifier => name,
    payload => jsonb_build_object('org', org, 'job', payload)::json,
    queue_name => org::text,
    run_at => clock_timestamp() + delay,
    max_attempts => tries,
    job_key => key,
    job_key_mode => 'unsafe_dedupe');
end $$;

-- Inside a workshop's transaction the work belongs to the workshop, whatever the caller says.
create function auth.queue_job(name text, payload jsonb, key text, delay interval, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(app.current_org(), name, payload, key, delay, tries);
end $$;

-- How the queue stands: work that is due and nobody does, for how long the oldest waits, and what was given up.
create function auth.job_lag(out waiting bigint, out oldest_s double precision, out given_up bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  select count(*) filter (where due), coalesce(extract(epoch from clock_timestamp() - min(j.run_at) filter (where due)), 0),
         count(*) filter (where j.attempts >= j.max_attempts)
    into waiting, oldest_s, given_up
    from (select x.run_at, x.attempts, x.max_attempts,
                 x.run_at <= clock_timestamp() and x.locked_at is null and x.attempts < x.max_attempts as due
            from graphile_worker._private_jobs x) j;
end $$;

-- Work that was given up is kept for a while, for whoever looks why.
create function auth.forget_jobs(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  delete from graphile_worker._private_jobs j
   where j.attempts >= j.max_attempts and j.locked_at is null and j.updated_at < forget_jobs.before;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Mail: the queue says when, the row says what and what became of it.
create function auth.queue_sending() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(new.org_id, 'send_mail', jsonb_build_object('mail', new.id), 'mail ' || new.id, interval '0', 3);
  return null;
end $$;
create trigger queue_sending after insert on auth.mails for each row execute function auth.queue_sending();

-- For mail that waits since before there was a queue, and for a queue that was lost: what waits and is not queued is queued.
create function auth.queue_waiting_mail() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(m.org_id, 'send_mail', jsonb_build_object('mail', m.id), 'mail ' || m.id, interval '0', 3)
     from auth.mails m
    where m.state = 'queued'
      and m.id not in (select (j.payload -> 'job' ->> 'mail')::uuid from graphile_worker._private_jobs j
                        where j.attempts < j.max_attempts and j.payload -> 'job' ->> 'mail' is not null);
end $$;

drop function auth.claim_mails(timestamptz, interval, int);
drop function auth.settle_mail(uuid, timestamptz, text, timestamptz);

-- One that waits, with one more attempt counted; none when it was sent or given up.
create function auth.take_mail(id uuid) returns table (recipient text, letter jsonb, attempts int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    update auth.mails m set attempts = m.attempts + 1 where m.id = take_mail.id and m.state = 'queued'
    returning m.recipient, m.letter, m.attempts;
end $$;

-- What became of it: sent, to be tried again after `again`, or given up.
create function auth.finish_mail(id uuid, at timestamptz, error text, again interval) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  org uuid;
begin
  update auth.mails m
     set state = case when finish_mail.error = '' then 'sent' when again is null then 'failed' else 'queued' end,
         sent_at = case when finish_mail.error = '' then finish_mail.at end,
         error = left(finish_mail.error, 300)
   where m.id = finish_mail.id and m.state = 'queued'
  returning m.org_id into org;
  if found and finish_mail.error <> '' and again is not null then
    -- The one that is running keeps the key of the first.
    perform auth.put_job(org, 'send_mail', jsonb_build_object('mail', finish_mail.id), null, again, 3);
  end if;
end $$;

-- Keys of forms are remembered for a week: until then a second delivery may arrive. They are the one history that forgets, and only what is
-- older than a day.
create or replace function app.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_level = 'ROW' and tg_table_name = 'idempotency_keys' then
    if old.created_at < clock_timestamp() - interval '1 day' then
      return old;
    end if;
  end if;
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'GA001';
end $$;
create index idempotency_keys_oldest on public.idempotency_keys (org_id, created_at);

create function auth.forget_form_keys(org uuid, before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform set_config('app.org_id', org::text, true);
  delete from public.idempotency_keys k where k.org_id = org and k.created_at < forget_form_keys.before;
  get diagnostics gone = row_count;
  perform set_config('app.org_id', '', true);
  return gone;
end $$;

-- Letters say what they said for so long; that they were sent stays.
create function auth.forget_letters(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  update auth.mails m set letter = '{}' where m.state <> 'queued' and m.created_at < forget_letters.before and m.letter <> '{}';
  get diagnostics gone = row_count;
  return gone;
end $$;

-- A piece of work for each workshop.
create function auth.queue_for_all(name text, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(o.id, queue_for_all.name, '{}', queue_for_all.name || ' ' || o.id, interval '0', tries) from auth.organizations o;
end $$;

create function auth.platform_job_lag(out waiting bigint, out oldest_s double precision, out given_up bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  select l.waiting, l.oldest_s, l.given_up into waiting, oldest_s, given_up from auth.job_lag() l;
end $$;

revoke all on function auth.put_job(uuid, text, jsonb, text, interval, int), auth.queue_job(text, jsonb, text, interval, int), auth.job_lag(),
  auth.forget_jobs(timestamptz), auth.queue_sending(), auth.queue_waiting_mail(), auth.take_mail(uuid),
  auth.finish_mail(uuid, timestamptz, text, interval), auth.forget_form_keys(uuid, timestamptz), auth.forget_letters(timestamptz),
  auth.queue_for_all(text, int), auth.platform_job_lag() from public;
grant execute on function auth.job_lag(), auth.forget_jobs(timestamptz), auth.take_mail(uuid), auth.finish_mail(uuid, timestamptz, text, interval),
  auth.forget_form_keys(uuid, timestamptz), auth.forget_letters(timestamptz), auth.queue_for_all(text, int) to gantry_app;
grant execute on function auth.queue_job(text, jsonb, text, interval, int) to gantry_tenant;
grant execute on function auth.platform_job_lag() to gantry_platform;

-- 0361_read_histories_once

-- What was done on an order is read with two looks into indexes, one for its jobs and one for all their lines, instead of one for
-- each job. A function of one statement in `from`, so that the planner folds it in.
drop view app.past_work;
create function app.work_done(work_order uuid) returns table (jobs jsonb) language sql stable parallel safe
  as $$
    select jsonb_agg(jsonb_build_object('title', j.title, 'payer', j.payer, 'lines', coalesce(l.lines, '[]')) order by j.position, j.id)
      from public.jobs j
      left join (
        select l.job_id, jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'part_number', l.part_number,
                 'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor, 'tax_rate', l.tax_basis_points) order by l.position, l.id) as lines
          from public.lines l where l.work_order_id = work_done.work_order
         group by l.job_id) l on l.job_id = j.id
     where j.work_order_id = work_done.work_order and j.decision <> 'declined'
  $$;
grant execute on function app.work_done(uuid) to gantry_tenant;

-- When each of a customer's vehicles was last in: as far as the history beside it reads, which is the organization's where
-- branches share customers.
create function app.last_visits(customer uuid) returns table (asset_id uuid, at timestamptz) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select a.id, (select max(w.created_at) from public.work_orders w where w.org_id = a.org_id and w.asset_id = a.id)
      from public.assets a where a.customer_id = last_visits.customer and a.archived_at is null;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.last_visits(uuid) to gantry_tenant;

-- A page shows fewer visits than the history on paper.
drop function app.customer_history(uuid);
create function app.customer_history(customer uuid, most int) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, plate text, asset text,
  created_at timestamptz, odometer_in int, total_minor bigint
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, app.asset_mark(a.plate, a.serial), concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')),
           w.created_at, w.odometer_in, w.total_minor
      from ((select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is null order by w.created_at desc, w.id desc limit most)
            union all
            (select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is not null order by w.created_at desc, w.id desc limit most)) w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
     order by w.closed_at is null desc, w.created_at desc, w.id desc limit most;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.customer_history(uuid, int) to gantry_tenant;
