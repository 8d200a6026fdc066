-- The trail's chain of hashes, and the history of sign-ins.

-- After a statement, because only then all its rows are at hand. Writers of one organization queue here until they commit, so
-- the trail is the last thing that a transaction writes.
create or replace function auth.chain_audit() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  org uuid;
  e public.audit_events;
  head auth.audit_heads;
begin
  if app.is_moving() then return null; end if;
  for org in select distinct a.org_id from added a order by a.org_id loop
    select * into head from auth.audit_heads h where h.org_id = org for update;
    if not found then
      insert into auth.audit_heads (org_id, seq, hash) values (org, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
      select * into head from auth.audit_heads h where h.org_id = org for update;
    end if;
    for e in select * from added a where a.org_id = org order by a.at, a.id loop
      head.seq := head.seq + 1;
      head.hash := sha256(head.hash || auth.audit_form(e, head.seq));
      insert into auth.audit_chain (org_id, seq, event_id, hash) values (org, head.seq, e.id, head.hash);
    end loop;
    update auth.audit_heads h set seq = head.seq, hash = head.hash where h.org_id = org;
  end loop;
  return null;
end $$;

-- Whatever opens a session leaves its row.
create or replace function auth.note_session() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.is_moving() then return null; end if;
  insert into auth.sign_ins (at, outcome, user_id, org_id, address, user_agent)
  values (new.created_at, 'ok', new.user_id, new.org_id, new.address, left(new.user_agent, 300));
  return null;
end $$;

-- A guess that failed. Those that were not even looked at leave one row a minute for an address.
create or replace function auth.note_failed_sign_in(email_norm text, email_hash bytea, address text, user_agent text, at timestamptz, outcome text)
returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.sign_ins (at, outcome, user_id, email_hash, address, user_agent)
  select note_failed_sign_in.at, note_failed_sign_in.outcome, (select u.id from auth.users u where u.email_norm = note_failed_sign_in.email_norm),
         note_failed_sign_in.email_hash, note_failed_sign_in.address, left(note_failed_sign_in.user_agent, 300)
   where note_failed_sign_in.outcome = 'wrong'
      or note_failed_sign_in.outcome = 'throttled' and not exists (
           select from auth.sign_ins s where s.email_hash = note_failed_sign_in.email_hash and s.outcome = 'throttled'
              and s.at > note_failed_sign_in.at - interval '1 minute')
$$;

create or replace function auth.forget_strangers(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  delete from auth.sign_ins s where s.user_id is null and s.at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- The workshop's own, newest first: what opened it, and what was tried at the accounts of its people while they were its people.
create or replace function auth.list_sign_ins(before timestamptz, before_id uuid, of_member uuid, of_outcome text, most int)
returns table (id uuid, at timestamptz, member_name text, outcome text, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.at, m.name, s.outcome, s.address, s.user_agent
    from public.members m cross join lateral (
      select x.* from auth.sign_ins x
       where x.user_id = m.user_id and (x.at, x.id) < (list_sign_ins.before, list_sign_ins.before_id)
         and case when x.outcome = 'ok' then x.org_id = m.org_id
                  else x.at between m.created_at and coalesce(m.deactivated_at, 'infinity') end
         and (list_sign_ins.of_outcome = '' or x.outcome = list_sign_ins.of_outcome)
       order by x.at desc, x.id desc limit list_sign_ins.most) s
   where m.org_id = app.current_org() and (list_sign_ins.of_member is null or m.id = list_sign_ins.of_member)
   order by s.at desc, s.id desc limit list_sign_ins.most
$$;

-- A line in the trail of every workshop that the person belongs to; always in the same order, because each trail has a lock.
drop function if exists auth.note_deed(uuid, timestamptz, text, text, text);
create or replace function auth.note_deed(account uuid, at timestamptz, action text, summary text, detail jsonb, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  place record;
  before text := current_setting('app.org_id', true);
begin
  for place in select f.org_id, f.member_id from auth.affiliations f
                where f.user_id = account and f.left_at is null order by f.org_id loop
    perform set_config('app.org_id', place.org_id::text, true);
    insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, detail, request_id)
    select gen_random_uuid(), note_deed.at, m.id, m.name, note_deed.action, 'member', m.id, note_deed.summary, note_deed.detail, note_deed.request_id
      from public.members m where m.org_id = place.org_id and m.id = place.member_id;
  end loop;
  perform set_config('app.org_id', coalesce(before, ''), true);
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.chain_audit(), auth.note_session(),
  auth.note_failed_sign_in(text, bytea, text, text, timestamptz, text), auth.forget_strangers(timestamptz),
  auth.list_sign_ins(timestamptz, uuid, uuid, text, int), auth.note_deed(uuid, timestamptz, text, text, jsonb, text)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.note_failed_sign_in(text, bytea, text, text, timestamptz, text),
  auth.forget_strangers(timestamptz)
  to gantry_app;
grant execute on function auth.list_sign_ins(timestamptz, uuid, uuid, text, int)
  to gantry_tenant;
