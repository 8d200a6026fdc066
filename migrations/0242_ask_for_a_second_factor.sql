-- Signing in in one step or two, and what members do with their own second factor. A code counts once: the step of the last one is
-- raised, or the recovery code marked, in the statement that admits.

-- Opens a session, remembers the browser and ends its former session. A browser that is new to an account which knows others
-- brings the person a letter.
create function auth.admit(token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz, expires_at timestamptz, address text,
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
    perform auth.post_letter(admit.mail_id, u.email, admit.letter, admit.at) from auth.users u where u.id = admit.user_id;
  end if;
  insert into auth.devices as d (token_hash, user_id, created_at, last_seen_at)
  values (admit.device_hash, admit.user_id, admit.at, admit.at)
  on conflict (token_hash, user_id) do update set last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at);
  perform set_config('app.org_id', admit.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select admit.event_id, admit.at, m.id, m.name, 'session.opened', 'member', m.id, 'Signed in', admit.request_id
    from public.members m where m.id = admit.member_id;
end $$;

-- Ends what begin_sign_in began: 'wrong', 'open' (there is a session), or 'code' (there is one after the code). `proven` skips
-- the code for somebody who is signed in already and gave the password again.
drop function auth.finish_sign_in(bigint, bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text, bytea, bytea, uuid, text);
create function auth.finish_sign_in(attempt bigint, token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz,
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

-- Whose code is due, with a turn at it; all null when nobody's is.
create function auth.begin_second_step(token_hash bytea, at timestamptz,
  out user_id uuid, out sealed bytea, out turn bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  select p.user_id, f.sealed into user_id, sealed
    from auth.pending_sign_ins p join auth.second_factors f on f.user_id = p.user_id and f.confirmed_at is not null
   where p.token_hash = begin_second_step.token_hash and p.expires_at > begin_second_step.at;
  if user_id is null then return; end if;
  select t.turn, t.retry_after_s into turn, retry_after_s
    from auth.take_turn('code', uuid_send(begin_second_step.user_id), begin_second_step.at, interval '15 minutes', 5, 40) t;
end $$;

-- Uses a code up, the app's by its step or one of the recovery codes; whether it counted.
create function auth.use_code(account uuid, step bigint, code_hash bytea, at timestamptz) returns boolean
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
create function auth.finish_second_step(pending_hash bytea, turn bigint, step bigint, code_hash bytea, token_hash bytea, at timestamptz,
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

-- The password was given again on this session, or not.
create function auth.confirm_session(token_hash bytea, attempt bigint, fits boolean, user_agent text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.sign_in_attempts a set outcome = case when fits then 'ok' else 'wrong' end, user_agent = left(confirm_session.user_agent, 300)
   where a.id = confirm_session.attempt;
  update auth.sessions s set confirmed_at = confirm_session.at
   where fits and s.token_hash = confirm_session.token_hash and s.revoked_at is null;
end $$;

-- The second factor of this session's account, if one was begun.
create function auth.own_factor(token_hash bytea, out sealed bytea, out created_at timestamptz, out confirmed_at timestamptz, out codes_left bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.sealed, f.created_at, f.confirmed_at,
         (select count(*) from auth.recovery_codes c where c.user_id = f.user_id and c.used_at is null)
    from auth.sessions s join auth.second_factors f on f.user_id = s.user_id
   where s.token_hash = own_factor.token_hash and s.revoked_at is null
$$;

-- Begins one; nothing changes while one is confirmed.
create function auth.begin_factor(token_hash bytea, sealed bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.second_factors as f (user_id, sealed, created_at)
  select s.user_id, begin_factor.sealed, begin_factor.at from auth.sessions s
   where s.token_hash = begin_factor.token_hash and s.revoked_at is null
  on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0 where f.confirmed_at is null
$$;

-- Confirms it with its first code: recovery codes replace older ones, the session turns its token, the account's others end.
create function auth.confirm_factor(token_hash bytea, new_hash bytea, step bigint, code_hashes bytea[], mail_id uuid, letter jsonb,
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
  perform auth.post_letter(confirm_factor.mail_id, u.email, confirm_factor.letter, confirm_factor.at) from auth.users u where u.id = own.user_id;
  perform auth.note_deed(own.user_id, confirm_factor.at, 'second_factor.added', 'Set up a second factor', confirm_factor.request_id);
  return true;
end $$;

-- Takes it away for a code that counts.
create function auth.drop_factor(token_hash bytea, turn bigint, step bigint, code_hash bytea, mail_id uuid, letter jsonb,
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
  perform auth.post_letter(drop_factor.mail_id, u.email, drop_factor.letter, drop_factor.at) from auth.users u where u.id = own.user_id;
  perform auth.note_deed(own.user_id, drop_factor.at, 'second_factor.removed', 'Took the second factor away', drop_factor.request_id);
  return true;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'auth'
            and p.proname in ('admit', 'finish_sign_in', 'begin_second_step', 'use_code', 'finish_second_step', 'confirm_session', 'own_factor',
                              'begin_factor', 'confirm_factor', 'drop_factor') loop
    execute format('revoke all on function %s from public', f);
    if f::text !~ '^auth\.(admit|use_code|own_factor)\(' then execute format('grant execute on function %s to gantry_app', f); end if;
  end loop;
end $$;
grant execute on function auth.own_factor(bytea) to gantry_tenant;
