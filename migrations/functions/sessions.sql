-- Sessions: how a request comes in, how signing in begins and ends, and what a session may be told.

create or replace function auth.touch_session(token_hash bytea, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set last_seen_at = greatest(s.last_seen_at, at) where s.token_hash = touch_session.token_hash and s.revoked_at is null
$$;

create or replace function auth.open_session(token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz, expires_at timestamptz, address text, user_agent text)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.sessions (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, address, user_agent)
  values (token_hash, user_id, org_id, member_id, at, at, expires_at, address, left(user_agent, 300))
$$;

-- Seconds until one more is allowed: `most` within `span`, and from `free` on 1, 2, 4 … seconds after the last one. 0 is now.
create or replace function auth.wait_seconds(times timestamptz[], at timestamptz, span interval, free int, most int) returns int
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select greatest(0, ceil(extract(epoch from case
    when cardinality(times) >= most then times[most] + span - at
    when cardinality(times) >= free then times[1] + make_interval(secs => 2 ^ (cardinality(times) - free)) - at
    else interval '0' end)))::int
$$;

-- Ends a session at its member's wish, and says so in the trail.
create or replace function auth.sign_out(token_hash bytea, at timestamptz, event_id uuid, request_id text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own auth.sessions;
begin
  update auth.sessions s set revoked_at = sign_out.at
   where s.token_hash = sign_out.token_hash and s.revoked_at is null
  returning * into own;
  if not found then return; end if;
  perform set_config('app.org_id', own.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, sign_out.at, m.id, m.name, 'session.closed', 'member', m.id, 'Signed out', sign_out.request_id
    from public.members m where m.id = own.member_id;
end $$;

-- Opens a session, remembers the browser and ends its former session. A browser that is new to an account which knows others
-- brings the person a letter.
create or replace function auth.admit(token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz, expires_at timestamptz, address text,
  user_agent text, device_hash bytea, former_hash bytea, event_id uuid, request_id text, mail_id uuid, letter jsonb)
returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update auth.sessions s set revoked_at = admit.at where s.token_hash = admit.former_hash and s.revoked_at is null;
  insert into auth.sessions (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, confirmed_at, address, user_agent)
  values (admit.token_hash, admit.user_id, admit.org_id, admit.member_id, admit.at, admit.at, admit.expires_at, admit.at, admit.address,
          left(admit.user_agent, 300));
  if exists (select from auth.devices d where d.user_id = admit.user_id)
     and not exists (select from auth.devices d where d.user_id = admit.user_id and d.token_hash = admit.device_hash) then
    perform auth.post_letter(admit.mail_id, u.id, u.email, admit.letter, admit.at) from auth.users u where u.id = admit.user_id;
  end if;
  insert into auth.devices as d (token_hash, user_id, created_at, last_seen_at)
  values (admit.device_hash, admit.user_id, admit.at, admit.at)
  on conflict (token_hash, user_id) do update set last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at);
  perform set_config('app.org_id', admit.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select admit.event_id, admit.at, m.id, m.name, 'session.opened', 'member', m.id, 'Signed in', admit.request_id
    from public.members m where m.id = admit.member_id;
end $$;

-- Ends what begin_sign_in began. A guess that fits opens a session, remembers the browser and ends its former session.
create or replace function auth.finish_sign_in(attempt bigint, token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz,
  expires_at timestamptz, address text, user_agent text, device_hash bytea, former_hash bytea, event_id uuid, request_id text,
  proven boolean, mail_id uuid, letter jsonb)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  code_due boolean := not proven and exists (
    select from auth.second_factors f where f.user_id = finish_sign_in.user_id and f.confirmed_at is not null);
begin
  update auth.sign_in_attempts a
     set outcome = case when finish_sign_in.user_id is null then 'wrong' when code_due then 'code_due' else 'ok' end,
         user_agent = left(finish_sign_in.user_agent, 300)
   where a.id = finish_sign_in.attempt;
  if finish_sign_in.user_id is null then return 'wrong'; end if;
  if code_due then
    insert into auth.pending_sign_ins (token_hash, attempt, user_id, org_id, member_id, device_hash, former_hash, created_at, expires_at)
    values (finish_sign_in.token_hash, finish_sign_in.attempt, finish_sign_in.user_id, finish_sign_in.org_id, finish_sign_in.member_id,
            finish_sign_in.device_hash, finish_sign_in.former_hash, finish_sign_in.at, finish_sign_in.at + interval '10 minutes');
    return 'code';
  end if;
  perform auth.admit(finish_sign_in.token_hash, finish_sign_in.user_id, finish_sign_in.org_id, finish_sign_in.member_id, finish_sign_in.at,
    finish_sign_in.expires_at, finish_sign_in.address, finish_sign_in.user_agent, finish_sign_in.device_hash, finish_sign_in.former_hash,
    finish_sign_in.event_id, finish_sign_in.request_id, finish_sign_in.mail_id, finish_sign_in.letter);
  return 'open';
end $$;

-- The password was given again on this session, or not.
create or replace function auth.confirm_session(token_hash bytea, attempt bigint, fits boolean, user_agent text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.sign_in_attempts a set outcome = case when fits then 'ok' else 'wrong' end, user_agent = left(confirm_session.user_agent, 300)
   where a.id = confirm_session.attempt;
  update auth.sessions s set confirmed_at = confirm_session.at
   where fits and s.token_hash = confirm_session.token_hash and s.revoked_at is null;
end $$;

create or replace function auth.choose_branch(token_hash bytea, branch uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set branch_id = branch where s.token_hash = choose_branch.token_hash;
  update auth.support_sessions s set branch_id = branch where s.token_hash = choose_branch.token_hash;
$$;

-- Opens a request: what `auth.enter` knows of the session, and how its workshop stands. In a suspended one the transaction belongs to
-- nobody, so that even a forgotten question finds no row.
create or replace function auth.authenticate(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb := auth.enter(token_hash, at, idle);
  stands jsonb;
begin
  if answer is null then
    answer := auth.enter_support(token_hash, at);
    if answer is null then return null; end if;
  end if;
  select jsonb_build_object('org_state', s.state, 'state_until', s.until, 'on_trial', o.state = 'trial',
                            'expires_at', o.expires_at, 'cancelled_at', o.cancelled_at)
    into stands
    from auth.organizations o
   cross join lateral auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s
   where o.id = (answer ->> 'org_id')::uuid;
  if stands ->> 'org_state' = 'suspended' then
    perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  end if;
  return answer || stands;
end $$;

-- Limits by address go by the network that one customer of a provider has: of version 6 that is a /64, where whoever is refused could
-- otherwise come back from another of 2^64 addresses. The addresses themselves stay as they were, for whoever reads the history.
create or replace function auth.network(address text) returns text
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  -- Version 4 written as version 6 is one address, not a network.
  if family(address::inet) = 4 or address::inet <<= '::ffff:0:0/96'::inet then return address; end if;
  return text(network(set_masklen(address::inet, 64)));
exception when invalid_text_representation then
  return address;
end $$;

-- Reserves a guess and gives the person behind the address, or the seconds to wait. The workshop is the one of the slug, or
-- the first whose membership still stands.
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

-- What roles, sharing, workshops, second factors and tablets each added to a request stands in one function, and a PIN opens the tablet's
-- workshop only.
create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
  sees boolean;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - least(idle, x.own_idle);
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'login', u.email,
      'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = m.custom_role_id),
      'rights', app.departures(s.org_id, m.role, m.custom_role_id),
      'org_name', o.name, 'org_slug', o.slug, 'org_state', o.state,
      'all_branches', m.all_branches or m.role = 'owner',
      'branch_id', s.branch_id,
      'branches', coalesce((
        select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone, 'country', b.country,
                 'own_role', case when x.role is not null and m.role <> 'owner' then jsonb_build_object('role', x.role,
                   'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = x.custom_role_id),
                   'rights', app.departures(s.org_id, x.role, x.custom_role_id),
                   'sees_all_orders', app.role_sees_all_orders(s.org_id, x.role, x.custom_role_id)) end) order by b.name)
          from public.branches b
          left join public.member_branches x on (x.org_id, x.member_id, x.branch_id) = (s.org_id, m.id, b.id)
         where b.org_id = s.org_id and (m.all_branches or m.role = 'owner' or x.branch_id is not null)), '[]'::jsonb),
      'sees_all_orders', app.role_sees_all_orders(s.org_id, m.role, m.custom_role_id),
      'settings', to_jsonb(t) - 'org_id',
      'workshops', case when s.tablet_id is null then
                     (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                        from auth.affiliations f join auth.organizations w on w.id = f.org_id
                       where f.user_id = s.user_id and f.left_at is null)
                   else jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)) end,
      'stale', s.last_seen_at < at - interval '1 minute',
      'confirmed_at', s.confirmed_at, 'by_pin', s.tablet_id is not null, 'unverified', u.unverified_since is not null,
      'factor_due', (m.role = any (t.second_factor_roles)
          or exists (select from public.member_branches x where (x.org_id, x.member_id) = (s.org_id, m.id) and x.role = any (t.second_factor_roles)))
        and not exists (select from auth.second_factors f where f.user_id = u.id and f.confirmed_at is not null))
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  sees := (answer ->> 'sees_all_orders')::boolean;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case
      when not answer @? '$.branches[*].own_role.role' then case when sees then 'all' else 'assigned' end
      else (select case when bool_and(coalesce((b #>> '{own_role,sees_all_orders}')::boolean, sees)) then 'all'
                        else concat_ws(',', 'assigned', string_agg(b ->> 'id', ',')
                               filter (where coalesce((b #>> '{own_role,sees_all_orders}')::boolean, sees))) end
              from jsonb_array_elements(answer -> 'branches') b) end, true),
    set_config('app.shares', case when (answer #>> '{settings,share_customers}')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.touch_session(bytea, timestamptz),
  auth.open_session(bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text),
  auth.wait_seconds(timestamptz[], timestamptz, interval, int, int), auth.sign_out(bytea, timestamptz, uuid, text),
  auth.admit(bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text, bytea, bytea, uuid, text, uuid, jsonb),
  auth.finish_sign_in(bigint, bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text, bytea, bytea, uuid, text, boolean, uuid, jsonb),
  auth.confirm_session(bytea, bigint, boolean, text, timestamptz), auth.choose_branch(bytea, uuid),
  auth.authenticate(bytea, timestamptz, interval), auth.network(text),
  auth.begin_sign_in(text, bytea, text, bytea, text, timestamptz), auth.enter(bytea, timestamptz, interval)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.touch_session(bytea, timestamptz),
  auth.open_session(bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text),
  auth.wait_seconds(timestamptz[], timestamptz, interval, int, int), auth.sign_out(bytea, timestamptz, uuid, text),
  auth.finish_sign_in(bigint, bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text, bytea, bytea, uuid, text, boolean, uuid, jsonb),
  auth.confirm_session(bytea, bigint, boolean, text, timestamptz), auth.choose_branch(bytea, uuid),
  auth.authenticate(bytea, timestamptz, interval), auth.begin_sign_in(text, bytea, text, bytea, text, timestamptz),
  auth.enter(bytea, timestamptz, interval)
  to gantry_app;
