-- What roles, sharing, workshops, second factors and tablets each added to a request stands in one function, and a PIN opens the tablet's
-- workshop only.

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
      'currency', t.currency, 'asset_word', t.asset_word, 'distance_unit', t.distance_unit, 'require_odometer', t.require_odometer,
      'technicians_see_all', t.technicians_see_all, 'technicians_create', t.technicians_create,
      'receptionists_take_payments', t.receptionists_take_payments, 'payment_terms_days', t.payment_terms_days,
      'share_customers', t.share_customers,
      'stale', s.last_seen_at < at - interval '1 minute')
    || jsonb_build_object(
      'workshops', case when s.tablet_id is null then
                     (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                        from auth.affiliations f join auth.organizations w on w.id = f.org_id
                       where f.user_id = s.user_id and f.left_at is null)
                   else jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)) end,
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
    set_config('app.sees', case when answer ->> 'role' = 'technician' and not (answer ->> 'technicians_see_all')::boolean then 'assigned' else 'all' end, true),
    set_config('app.shares', case when (answer ->> 'share_customers')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;

create or replace function auth.switch_workshop(token_hash bytea, org uuid, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  place auth.affiliations;
begin
  select f.* into place from auth.sessions s join auth.affiliations f on f.user_id = s.user_id
   where s.token_hash = switch_workshop.token_hash and s.revoked_at is null and s.tablet_id is null
     and f.org_id = switch_workshop.org and f.left_at is null;
  if not found then return false; end if;
  perform set_config('app.org_id', place.org_id::text, true);
  if not exists (select from public.members m where m.id = place.member_id and m.deactivated_at is null) then return false; end if;
  update auth.sessions s set org_id = place.org_id, member_id = place.member_id, branch_id = null
   where s.token_hash = switch_workshop.token_hash;
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, switch_workshop.at, m.id, m.name, 'session.opened', 'member', m.id, 'Came in from another workshop', switch_workshop.request_id
    from public.members m where m.id = place.member_id;
  return true;
end $$;
