-- What members see and change of their own account. The first two are asked inside the workshop's transaction.

-- The account's address and its open sessions, newest use first; `here` is the asking one.
create function auth.own_account(token_hash bytea, at timestamptz, idle interval)
returns table (email text, here boolean, created_at timestamptz, last_seen_at timestamptz, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, s.token_hash = own_account.token_hash, s.created_at, s.last_seen_at, s.address, s.user_agent
    from auth.sessions o join auth.users u on u.id = o.user_id join auth.sessions s on s.user_id = o.user_id
   where o.token_hash = own_account.token_hash and o.revoked_at is null
     and s.revoked_at is null and s.expires_at > own_account.at and s.last_seen_at > own_account.at - own_account.idle
   order by s.token_hash = own_account.token_hash desc, s.last_seen_at desc
   limit 50
$$;

-- Ends the account's other sessions; how many there were.
create function auth.end_other_sessions(token_hash bytea, at timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended bigint;
begin
  update auth.sessions s set revoked_at = end_other_sessions.at
    from auth.sessions o
   where o.token_hash = end_other_sessions.token_hash and o.revoked_at is null
     and s.user_id = o.user_id and s.token_hash <> o.token_hash and s.revoked_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- A new password, as the session of this token: the account's other sessions end and its other browsers are forgotten.
create function auth.change_password(token_hash bytea, new_hash text, device_hash bytea, at timestamptz, event_id uuid, request_id text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own auth.sessions;
begin
  select * into own from auth.sessions s where s.token_hash = change_password.token_hash and s.revoked_at is null;
  if not found then return; end if;
  update auth.users u set password_hash = change_password.new_hash where u.id = own.user_id;
  perform auth.end_other_sessions(change_password.token_hash, change_password.at);
  delete from auth.devices d where d.user_id = own.user_id and d.token_hash <> change_password.device_hash;
  perform set_config('app.org_id', own.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, change_password.at, m.id, m.name, 'password.changed', 'member', m.id, 'Changed the password', change_password.request_id
    from public.members m where m.id = own.member_id;
end $$;

revoke all on function auth.own_account(bytea, timestamptz, interval), auth.end_other_sessions(bytea, timestamptz),
  auth.change_password(bytea, text, bytea, timestamptz, uuid, text) from public;
grant execute on function auth.own_account(bytea, timestamptz, interval), auth.end_other_sessions(bytea, timestamptz) to gantry_tenant;
grant execute on function auth.change_password(bytea, text, bytea, timestamptz, uuid, text) to gantry_app;
