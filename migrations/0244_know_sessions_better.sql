-- A request learns when the password was last given, whether a second factor is due and whether the address is confirmed; members see
-- their sessions one by one and who tried to sign in as them; cleaning up knows the new tables.

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
    set_config('app.sees', case when answer ->> 'role' = 'technician' and not (answer ->> 'technicians_see_all')::boolean then 'assigned' else 'all' end, true);
  return answer;
end $$;

-- The account's address and its open sessions, newest use first; `here` is the asking one.
drop function auth.own_account(bytea, timestamptz, interval);
create function auth.own_account(token_hash bytea, at timestamptz, idle interval)
returns table (email text, id uuid, here boolean, by_pin boolean, created_at timestamptz, last_seen_at timestamptz, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, s.id, s.token_hash = own_account.token_hash, s.tablet_id is not null, s.created_at, s.last_seen_at, s.address, s.user_agent
    from auth.sessions o join auth.users u on u.id = o.user_id join auth.sessions s on s.user_id = o.user_id
   where o.token_hash = own_account.token_hash and o.revoked_at is null
     and s.revoked_at is null and s.expires_at > own_account.at and s.last_seen_at > own_account.at - least(own_account.idle, s.own_idle)
   order by s.token_hash = own_account.token_hash desc, s.last_seen_at desc
   limit 50
$$;

-- Ends one other session of the account; whether there was one.
create function auth.end_session(token_hash bytea, session uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.sessions s set revoked_at = end_session.at
    from auth.sessions o
   where o.token_hash = end_session.token_hash and o.revoked_at is null
     and s.user_id = o.user_id and s.id = end_session.session and s.id <> o.id and s.revoked_at is null;
  return found;
end $$;

-- Who tried to sign in as this session's person, and how it went, newest first.
create function auth.own_sign_ins(token_hash bytea, most int)
returns table (at timestamptz, outcome text, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.outcome, a.address, a.user_agent
    from auth.sessions s join auth.users u on u.id = s.user_id
    join auth.sign_in_attempts a on a.email_hash = sha256(convert_to(u.email_norm, 'UTF8'))
   where s.token_hash = own_sign_ins.token_hash and s.revoked_at is null and a.outcome <> 'pending'
   order by a.at desc, a.id desc limit most
$$;

-- Forgets what no longer counts: ended sessions after a week, sign-ins after ninety days, browsers after a year without use.
create or replace function auth.clean_up(at timestamptz, idle interval) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
  total bigint := 0;
begin
  delete from auth.sessions s where least(s.expires_at, s.last_seen_at + least(clean_up.idle, s.own_idle), s.revoked_at) < at - interval '7 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_in_attempts a where a.at < clean_up.at - interval '90 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_up_attempts a where a.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.turns t where t.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.pending_sign_ins p where p.expires_at < at;
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.second_factors f where f.confirmed_at is null and f.created_at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.links l where l.purpose in ('verify_email', 'reset_password') and l.expires_at < at - interval '30 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.devices d where d.last_seen_at < at - interval '400 days';
  get diagnostics gone = row_count;
  return total + gone;
end $$;

revoke all on function auth.own_account(bytea, timestamptz, interval), auth.end_session(bytea, uuid, timestamptz),
  auth.own_sign_ins(bytea, int) from public;
grant execute on function auth.own_account(bytea, timestamptz, interval), auth.end_session(bytea, uuid, timestamptz),
  auth.own_sign_ins(bytea, int) to gantry_tenant;
