-- Second factors, and tablets that a branch shares. A code counts once: the step of the last one is raised, or the recovery code marked,
-- in the statement that admits.

-- Whose code is due, with a turn at it; all null when nobody's is.
create or replace function auth.begin_second_step(token_hash bytea, at timestamptz,
  out user_id uuid, out sealed bytea, out turn bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  select p.user_id, f.sealed into user_id, sealed
    from auth.pending_sign_ins p join auth.second_factors f on f.user_id = p.user_id and f.confirmed_at is not null
   where p.token_hash = begin_second_step.token_hash and p.expires_at > begin_second_step.at;
  if user_id is null then return; end if;
  select t.turn, t.retry_after_s into turn, retry_after_s
    from auth.consume_rate_limit('code', uuid_send(begin_second_step.user_id), begin_second_step.at, interval '15 minutes', 5, 40) t;
end $$;

-- Uses a code up, the app's by its step or one of the recovery codes; whether it counted.
create or replace function auth.use_code(account uuid, step bigint, code_hash bytea, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if use_code.step is not null then
    update auth.second_factors f set last_step = use_code.step
     where f.user_id = account and f.confirmed_at is not null and f.last_step < use_code.step;
  else
    update auth.recovery_codes c set used_at = use_code.at
     where c.user_id = account and c.code_hash = use_code.code_hash and c.used_at is null;
  end if;
  return found;
end $$;

-- Ends what finish_sign_in left pending: a session for a code that counts. False for any other.
create or replace function auth.finish_second_step(pending_hash bytea, turn bigint, step bigint, code_hash bytea, token_hash bytea, at timestamptz,
  expires_at timestamptz, address text, user_agent text, event_id uuid, request_id text, mail_id uuid, letter jsonb)
returns boolean language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  p auth.pending_sign_ins;
begin
  select * into p from auth.pending_sign_ins x
   where x.token_hash = pending_hash and x.expires_at > finish_second_step.at for update;
  if not found then return false; end if;
  if not auth.use_code(p.user_id, finish_second_step.step, finish_second_step.code_hash, finish_second_step.at) then
    insert into auth.sign_in_attempts (email_hash, device_hash, address, at, outcome, user_agent)
    select a.email_hash, a.device_hash, finish_second_step.address, finish_second_step.at, 'code_wrong', left(finish_second_step.user_agent, 300)
      from auth.sign_in_attempts a where a.id = p.attempt;
    return false;
  end if;
  delete from auth.pending_sign_ins x where x.token_hash = pending_hash;
  delete from auth.turns t where t.id = finish_second_step.turn;
  update auth.sign_in_attempts a set outcome = 'ok' where a.id = p.attempt;
  perform auth.admit(finish_second_step.token_hash, p.user_id, p.org_id, p.member_id, finish_second_step.at, finish_second_step.expires_at,
    finish_second_step.address, finish_second_step.user_agent, p.device_hash, p.former_hash, finish_second_step.event_id,
    finish_second_step.request_id, finish_second_step.mail_id, finish_second_step.letter);
  return true;
end $$;

-- The second factor of this session's account, if one was begun.
create or replace function auth.own_factor(token_hash bytea, out sealed bytea, out created_at timestamptz, out confirmed_at timestamptz, out codes_left bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.sealed, f.created_at, f.confirmed_at,
         (select count(*) from auth.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
    from auth.sessions s join auth.second_factors f on f.user_id = s.user_id
   where s.token_hash = own_factor.token_hash and s.revoked_at is null
$$;

-- Begins one; nothing changes while one is confirmed.
create or replace function auth.begin_factor(token_hash bytea, sealed bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.second_factors as f (user_id, sealed, created_at)
  select s.user_id, begin_factor.sealed, begin_factor.at from auth.sessions s
   where s.token_hash = begin_factor.token_hash and s.revoked_at is null
  on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0 where f.confirmed_at is null
$$;

-- Confirms it with its first code: recovery codes replace older ones, the session turns its token, the account's others end.
create or replace function auth.confirm_factor(token_hash bytea, new_hash bytea, step bigint, code_hashes bytea[], mail_id uuid, letter jsonb,
  at timestamptz, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own auth.sessions;
begin
  select * into own from auth.sessions s where s.token_hash = confirm_factor.token_hash and s.revoked_at is null;
  if not found then return false; end if;
  update auth.second_factors f set confirmed_at = confirm_factor.at, last_step = confirm_factor.step
   where f.user_id = own.user_id and f.confirmed_at is null;
  if not found then return false; end if;
  delete from auth.recovery_codes c where c.user_id = own.user_id;
  insert into auth.recovery_codes (user_id, code_hash) select own.user_id, h from unnest(code_hashes) h;
  perform auth.end_other_sessions(confirm_factor.token_hash, confirm_factor.at);
  delete from auth.pending_sign_ins p where p.user_id = own.user_id;
  update auth.sessions s set token_hash = confirm_factor.new_hash where s.token_hash = confirm_factor.token_hash;
  perform auth.post_letter(confirm_factor.mail_id, u.id, u.email, confirm_factor.letter, confirm_factor.at) from auth.users u where u.id = own.user_id;
  perform auth.note_deed(own.user_id, confirm_factor.at, 'second_factor.added', 'Set up a second factor',
    '{"before": {"Second factor": false}, "after": {"Second factor": true}}', confirm_factor.request_id);
  return true;
end $$;

-- Takes it away for a code that counts.
create or replace function auth.drop_factor(token_hash bytea, turn bigint, step bigint, code_hash bytea, mail_id uuid, letter jsonb,
  at timestamptz, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own auth.sessions;
begin
  select * into own from auth.sessions s where s.token_hash = drop_factor.token_hash and s.revoked_at is null;
  if not found or not auth.use_code(own.user_id, drop_factor.step, drop_factor.code_hash, drop_factor.at) then return false; end if;
  delete from auth.turns t where t.id = drop_factor.turn;
  delete from auth.recovery_codes c where c.user_id = own.user_id;
  delete from auth.second_factors f where f.user_id = own.user_id;
  perform auth.post_letter(drop_factor.mail_id, u.id, u.email, drop_factor.letter, drop_factor.at) from auth.users u where u.id = own.user_id;
  perform auth.note_deed(own.user_id, drop_factor.at, 'second_factor.removed', 'Took the second factor away',
    '{"before": {"Second factor": true}, "after": {"Second factor": false}}', drop_factor.request_id);
  return true;
end $$;

-- Whether a member works in a branch.
create or replace function auth.works_in(org uuid, member uuid, branch uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.members m
     where m.org_id = org and m.id = member and m.deactivated_at is null
       and (m.all_branches or m.role = 'owner'
            or exists (select from public.member_branches b where (b.org_id, b.member_id, b.branch_id) = (org, member, branch))))
$$;

-- The tablet behind a secret and the people of its branch, by name; no row when there is no such tablet (any more).
create or replace function auth.look_at_tablet(token_hash bytea, out org_name text, out branch_name text, out name text, out people jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  tablet auth.tablets;
begin
  select * into tablet from auth.tablets t where t.token_hash = look_at_tablet.token_hash and t.retired_at is null;
  if not found then return; end if;
  perform set_config('app.org_id', tablet.org_id::text, true);
  select o.name, b.name, tablet.name into org_name, branch_name, name
    from auth.organizations o join public.branches b on b.org_id = o.id and b.id = tablet.branch_id where o.id = tablet.org_id;
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'has_pin', p.member_id is not null) order by m.name, m.id), '[]')
    into people
    from public.members m left join auth.pins p on (p.org_id, p.member_id) = (m.org_id, m.id)
   where m.org_id = tablet.org_id and auth.works_in(tablet.org_id, m.id, tablet.branch_id);
end $$;

-- A turn at somebody's PIN on a tablet, and what to verify. Somebody without a PIN, or from elsewhere, has none: no other answer.
create or replace function auth.begin_pin(token_hash bytea, member uuid, at timestamptz,
  out tablet uuid, out turn bigint, out retry_after_s int, out pin_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  here auth.tablets;
  of_all record;
begin
  select * into here from auth.tablets t where t.token_hash = begin_pin.token_hash and t.retired_at is null;
  if not found then return; end if;
  tablet := here.id;
  -- All guesses made on one tablet count too, so that nobody tries one PIN for everybody.
  select * into of_all from auth.consume_rate_limit('tablet', uuid_send(here.id), begin_pin.at, interval '15 minutes', 20, 200);
  retry_after_s := of_all.retry_after_s;
  if of_all.turn is null then return; end if;
  select t.turn, t.retry_after_s into turn, retry_after_s
    from auth.consume_rate_limit('pin', uuid_send(here.id) || uuid_send(begin_pin.member), begin_pin.at, interval '15 minutes', 5, 30) t;
  if turn is null then return; end if;
  perform set_config('app.org_id', here.org_id::text, true);
  select p.pin_hash into pin_hash from auth.pins p
   where p.org_id = here.org_id and p.member_id = begin_pin.member and auth.works_in(here.org_id, begin_pin.member, here.branch_id);
end $$;

-- Ends what begin_pin began. The right PIN opens a session of its own on this tablet and ends the one before it.
create or replace function auth.finish_pin(tablet uuid, member uuid, turn bigint, fits boolean, token_hash bytea, former_hash bytea, at timestamptz,
  idle interval, expires_at timestamptz, address text, user_agent text, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  here auth.tablets;
  person record;
begin
  select * into here from auth.tablets t where t.id = finish_pin.tablet and t.retired_at is null;
  if not found then return false; end if;
  perform set_config('app.org_id', here.org_id::text, true);
  select m.id, m.name, m.user_id, u.email_norm into person
    from public.members m join auth.users u on u.id = m.user_id and u.deactivated_at is null
    join auth.pins p on (p.org_id, p.member_id) = (m.org_id, m.id)
   where m.org_id = here.org_id and m.id = finish_pin.member and auth.works_in(here.org_id, m.id, here.branch_id);
  if not found then return false; end if;
  insert into auth.sign_in_attempts (email_hash, address, at, outcome, user_agent)
  values (sha256(convert_to(person.email_norm, 'UTF8')), finish_pin.address, finish_pin.at,
          case when fits then 'pin_ok' else 'pin_wrong' end, left(finish_pin.user_agent, 300));
  if not fits then return false; end if;
  delete from auth.turns t where t.id = finish_pin.turn;
  delete from auth.turns t where t.what = 'tablet' and t.subject = uuid_send(here.id) and t.at = finish_pin.at;
  update auth.tablets t set last_used_at = finish_pin.at where t.id = here.id;
  update auth.sessions s set revoked_at = finish_pin.at where s.token_hash = finish_pin.former_hash and s.revoked_at is null;
  insert into auth.sessions (token_hash, user_id, org_id, member_id, branch_id, created_at, last_seen_at, expires_at, own_idle, tablet_id,
                             address, user_agent)
  values (finish_pin.token_hash, person.user_id, here.org_id, person.id, here.branch_id, finish_pin.at, finish_pin.at, finish_pin.expires_at,
          finish_pin.idle, here.id, finish_pin.address, left(finish_pin.user_agent, 300));
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  values (finish_pin.event_id, finish_pin.at, person.id, person.name, 'session.opened', 'member', person.id,
          'Signed in by PIN on the tablet ' || here.name, finish_pin.request_id);
  return true;
end $$;

-- The PIN of this session's member: when it was set, setting it, taking it away.
create or replace function auth.own_pin(token_hash bytea) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.set_at from auth.sessions s join auth.pins p on (p.org_id, p.member_id) = (s.org_id, s.member_id)
   where s.token_hash = own_pin.token_hash and s.revoked_at is null
$$;

create or replace function auth.set_pin(token_hash bytea, pin_hash text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.pins (org_id, member_id, pin_hash, set_at)
  select s.org_id, s.member_id, set_pin.pin_hash, set_pin.at from auth.sessions s
   where s.token_hash = set_pin.token_hash and s.revoked_at is null
  on conflict (org_id, member_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at
$$;

create or replace function auth.drop_pin(token_hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from auth.pins p using auth.sessions s
   where s.token_hash = drop_pin.token_hash and s.revoked_at is null and (p.org_id, p.member_id) = (s.org_id, s.member_id)
$$;

-- Inside a workshop's transaction these know its tablets only, and of those the asking member's branches.
create or replace function auth.enrol_tablet(tablet uuid, token_hash bytea, branch uuid, name text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.tablets (id, token_hash, org_id, branch_id, name, enrolled_by, enrolled_at)
  select tablet, enrol_tablet.token_hash, app.current_org(), branch, enrol_tablet.name, app.current_member(), enrol_tablet.at
   where app.all_branches() or branch = any (app.branch_ids())
$$;

create or replace function auth.list_tablets()
returns table (id uuid, name text, branch_name text, enrolled_by text, enrolled_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.name, b.name, m.name, t.enrolled_at, t.last_used_at
    from auth.tablets t
    join public.branches b on (b.org_id, b.id) = (t.org_id, t.branch_id)
    join public.members m on (m.org_id, m.id) = (t.org_id, t.enrolled_by)
   where t.org_id = app.current_org() and t.retired_at is null and (app.all_branches() or t.branch_id = any (app.branch_ids()))
   order by b.name, t.name, t.id
$$;

-- The name of the tablet that went, with every session on it; null when there is none.
create or replace function auth.retire_tablet(tablet uuid, at timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone text;
begin
  update auth.tablets t set retired_at = retire_tablet.at
   where t.id = retire_tablet.tablet and t.org_id = app.current_org() and t.retired_at is null
     and (app.all_branches() or t.branch_id = any (app.branch_ids()))
  returning t.name into gone;
  if gone is not null then
    update auth.sessions s set revoked_at = retire_tablet.at where s.tablet_id = retire_tablet.tablet and s.revoked_at is null;
  end if;
  return gone;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.begin_second_step(bytea, timestamptz), auth.use_code(uuid, bigint, bytea, timestamptz),
  auth.finish_second_step(bytea, bigint, bigint, bytea, bytea, timestamptz, timestamptz, text, text, uuid, text, uuid, jsonb),
  auth.own_factor(bytea), auth.begin_factor(bytea, bytea, timestamptz),
  auth.confirm_factor(bytea, bytea, bigint, bytea[], uuid, jsonb, timestamptz, text),
  auth.drop_factor(bytea, bigint, bigint, bytea, uuid, jsonb, timestamptz, text), auth.works_in(uuid, uuid, uuid),
  auth.look_at_tablet(bytea), auth.begin_pin(bytea, uuid, timestamptz),
  auth.finish_pin(uuid, uuid, bigint, boolean, bytea, bytea, timestamptz, interval, timestamptz, text, text, uuid, text),
  auth.own_pin(bytea), auth.set_pin(bytea, text, timestamptz), auth.drop_pin(bytea),
  auth.enrol_tablet(uuid, bytea, uuid, text, timestamptz), auth.list_tablets(), auth.retire_tablet(uuid, timestamptz)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.begin_second_step(bytea, timestamptz),
  auth.finish_second_step(bytea, bigint, bigint, bytea, bytea, timestamptz, timestamptz, text, text, uuid, text, uuid, jsonb),
  auth.begin_factor(bytea, bytea, timestamptz),
  auth.confirm_factor(bytea, bytea, bigint, bytea[], uuid, jsonb, timestamptz, text),
  auth.drop_factor(bytea, bigint, bigint, bytea, uuid, jsonb, timestamptz, text), auth.look_at_tablet(bytea),
  auth.begin_pin(bytea, uuid, timestamptz),
  auth.finish_pin(uuid, uuid, bigint, boolean, bytea, bytea, timestamptz, interval, timestamptz, text, text, uuid, text)
  to gantry_app;
grant execute on function auth.own_factor(bytea), auth.own_pin(bytea), auth.set_pin(bytea, text, timestamptz),
  auth.drop_pin(bytea), auth.enrol_tablet(uuid, bytea, uuid, text, timestamptz), auth.list_tablets(),
  auth.retire_tablet(uuid, timestamptz)
  to gantry_tenant;
