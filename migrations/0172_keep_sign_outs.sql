-- Ends a session at its member's wish, and says so in the trail.
create function auth.sign_out(token_hash bytea, at timestamptz, event_id uuid, request_id text)
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
revoke all on function auth.sign_out(bytea, timestamptz, uuid, text) from public;
grant execute on function auth.sign_out(bytea, timestamptz, uuid, text) to gantry_app;
