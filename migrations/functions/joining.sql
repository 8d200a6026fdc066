-- How people come into a workshop, change between workshops, and leave.

-- Sessions of a leaver end with the membership, and open streams look at their rights again.
create or replace function app.follow_member() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (old.deactivated_at is null) <> (new.deactivated_at is null) then
    update auth.affiliations f set left_at = new.deactivated_at where (f.user_id, f.org_id) = (new.user_id, new.org_id);
    if new.deactivated_at is not null then
      update auth.sessions s set revoked_at = new.deactivated_at
       where s.user_id = new.user_id and s.org_id = new.org_id and s.revoked_at is null;
    end if;
  end if;
  perform pg_notify('gantry', concat_ws('|', new.org_id, new.org_id, 'member', new.id));
  return null;
end $$;

-- Two owners who demote each other at the same moment wait for each other here.
create or replace function app.keep_an_owner() returns trigger language plpgsql as $$
begin
  perform 1 from public.organization_settings s where s.org_id = new.org_id for update;
  if not exists (select from public.members m where m.org_id = new.org_id and m.role = 'owner' and m.deactivated_at is null) then
    raise exception 'a workshop keeps an owner' using errcode = 'GA020';
  end if;
  return null;
end $$;

-- When each member of the transaction's workshop was there last.
create or replace function auth.members_seen() returns table (member_id uuid, last_seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.member_id, f.last_seen_at from auth.affiliations f where f.org_id = app.current_org()
$$;

create or replace function auth.add_invite_link(link uuid, token_hash bytea, at timestamptz, expires_at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.links (id, purpose, token_hash, org_id, created_at, expires_at)
  values (link, 'invite', token_hash, app.current_org(), at, expires_at)
$$;

create or replace function auth.revoke_invite_link(link uuid, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.links l set revoked_at = at
   where l.id = link and l.org_id = app.current_org() and l.purpose = 'invite' and l.used_at is null and l.revoked_at is null
$$;

-- The invitation that a secret opens, and the account of its address, if there is one. Nothing for any other secret; nothing changes.
create or replace function auth.open_invite(token_hash bytea, at timestamptz,
  out org_name text, out email text, out email_norm text, out person text, out role text, out user_id uuid, out password_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  l auth.links;
  i public.invites;
begin
  select * into l from auth.links x
   where x.token_hash = open_invite.token_hash and x.purpose = 'invite' and x.used_at is null and x.revoked_at is null
     and x.expires_at > open_invite.at;
  if not found then return; end if;
  perform set_config('app.org_id', l.org_id::text, true);
  select * into i from public.invites x where x.link_id = l.id and x.accepted_at is null and x.revoked_at is null;
  if not found then return; end if;
  select o.name into org_name from auth.organizations o where o.id = l.org_id;
  select c.name into role from public.custom_roles c where c.id = i.custom_role_id;
  role := coalesce(role, initcap(i.role));
  email := i.email; email_norm := i.email_norm; person := i.person;
  select u.id, u.password_hash into user_id, password_hash
    from auth.users u where u.email_norm = i.email_norm and u.deactivated_at is null;
end $$;

-- Uses an invitation up and makes the person a member: `who` proved to own the account, or is nobody yet and gets one.
-- Nothing happens and nothing is given when the secret opens nothing (any more).
create or replace function auth.accept_invite(token_hash bytea, who uuid, new_user uuid, person text, new_hash text, new_member uuid,
  at timestamptz, event_id uuid, request_id text, out user_id uuid, out org_id uuid, out member_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  l auth.links;
  i public.invites;
  joined uuid;
begin
  update auth.links x set used_at = accept_invite.at
   where x.token_hash = accept_invite.token_hash and x.purpose = 'invite' and x.used_at is null and x.revoked_at is null
     and x.expires_at > accept_invite.at
  returning * into l;
  if not found then return; end if;
  perform set_config('app.org_id', l.org_id::text, true);
  select * into i from public.invites x where x.link_id = l.id and x.accepted_at is null and x.revoked_at is null for update;
  if not found then return; end if;
  if who is null then
    -- An account of this address that came meanwhile is a conflict: its owner opens the link again and signs in.
    insert into auth.users (id, email, email_norm, name, password_hash, created_at)
    values (new_user, i.email, i.email_norm, accept_invite.person, new_hash, accept_invite.at);
    who := new_user;
  end if;
  insert into public.members as m (id, user_id, name, email, role, custom_role_id, all_branches, created_at)
  select new_member, u.id, u.name, u.email, i.role, i.custom_role_id, i.all_branches, accept_invite.at from auth.users u where u.id = who
  on conflict (org_id, user_id) do update
    set role = excluded.role, custom_role_id = excluded.custom_role_id, all_branches = excluded.all_branches,
        deactivated_at = null, deactivated_reason = '', version = m.version + 1
  where m.deactivated_at is not null
  returning id into joined;
  -- Somebody who is an active member already stays what they are.
  if joined is not null then
    delete from public.member_branches b where b.member_id = joined;
    insert into public.member_branches (member_id, branch_id, role, custom_role_id)
    select joined, b.id, o.role, o.custom_role_id
      from public.branches b
      left join jsonb_to_recordset(i.branch_roles) o (branch_id uuid, role text, custom_role_id uuid) on o.branch_id = b.id
     where i.role <> 'owner' and (b.id = any (i.branch_ids) and not i.all_branches or o.role is not null);
  end if;
  select m.id into member_id from public.members m where m.user_id = who;
  insert into auth.affiliations (user_id, org_id, member_id) values (who, l.org_id, member_id)
  on conflict (user_id, org_id) do update set left_at = null;
  update public.invites x set accepted_at = accept_invite.at, member_id = accept_invite.member_id where x.id = i.id;
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, detail, request_id)
  select event_id, accept_invite.at, m.id, m.name, 'invite.accepted', 'member', m.id, 'Accepted the invitation of ' || i.email,
         jsonb_build_object('invite', i.id, 'before', '{}'::jsonb, 'after', jsonb_build_object('role', m.role, 'all_branches', m.all_branches)), accept_invite.request_id
    from public.members m where m.id = member_id;
  user_id := who; org_id := l.org_id;
end $$;

-- The workshop's own code, and its change.
create or replace function auth.join_code(out seed uuid, out set_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.seed, c.set_at from auth.join_codes c where c.org_id = app.current_org()
$$;

create or replace function auth.set_join_code(seed uuid, code_hash bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.join_codes as c (org_id, seed, code_hash, set_at) values (app.current_org(), set_join_code.seed, set_join_code.code_hash, at)
  on conflict (org_id) do update set seed = excluded.seed, code_hash = excluded.code_hash, set_at = excluded.set_at
$$;

create or replace function auth.drop_join_code() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from auth.join_codes c where c.org_id = app.current_org();
  return found;
end $$;

-- The person of an approved request belongs to the workshop from now on, as the member just made.
create or replace function auth.affiliate(request uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.affiliations (user_id, org_id, member_id)
  select r.user_id, m.org_id, m.id from public.join_requests r join public.members m on m.org_id = r.org_id and m.user_id = r.user_id
   where r.org_id = app.current_org() and r.id = request and r.outcome = 'approved'
  on conflict (user_id, org_id) do update set left_at = null
$$;

-- Another workshop of the same person, in the same session. False when they are no active member there.
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

-- A request at the workshop of a code: its name, or nothing when the code is none; or the seconds to wait. Five wrong codes from one
-- address are free, twenty in a quarter of an hour are the end. Who asks twice, or is a member already, is answered alike.
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
    insert into public.audit_events (id, at, member_name, action, entity, entity_id, summary, detail, request_id)
    values (event_id, request_to_join.at, request_to_join.person, 'join_request.made', 'join_request', request,
            'Asked to join with the code',
            jsonb_build_object('before', '{}'::jsonb, 'after', jsonb_build_object('Name', request_to_join.person, 'E-mail', request_to_join.email)),
            request_to_join.request_id);
  end if;
end $$;

-- Whether a role sees work orders that do not name its holder: the one right that the database has to know, because row security hides
-- those orders. A test compares it with the server's table of rights.
create or replace function app.role_sees_all_orders(org uuid, of_role text, custom_role uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return of_role = 'owner' or coalesce(
    (select r.granted from public.role_rights r
      where r.org_id = org and r.role = of_role and r.custom_role_id is not distinct from custom_role and r.right_name = 'ViewAllOrders'),
    of_role <> 'technician');
end $$;

-- Where a role departs from its preset.
create or replace function app.departures(org uuid, of_role text, custom_role uuid) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select jsonb_object_agg(r.right_name, r.granted) from public.role_rights r
                    where r.org_id = org and r.role = of_role and r.custom_role_id is not distinct from custom_role), '{}'::jsonb);
end $$;

-- Who may call them, and nobody else.
revoke all on function app.follow_member(), auth.members_seen(), auth.add_invite_link(uuid, bytea, timestamptz, timestamptz),
  auth.revoke_invite_link(uuid, timestamptz), auth.open_invite(bytea, timestamptz),
  auth.accept_invite(bytea, uuid, uuid, text, text, uuid, timestamptz, uuid, text), auth.join_code(),
  auth.set_join_code(uuid, bytea, timestamptz), auth.drop_join_code(), auth.affiliate(uuid),
  auth.switch_workshop(bytea, uuid, timestamptz, uuid, text),
  auth.request_to_join(bytea, uuid, uuid, text, text, text, text, timestamptz, uuid, text)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.open_invite(bytea, timestamptz),
  auth.accept_invite(bytea, uuid, uuid, text, text, uuid, timestamptz, uuid, text),
  auth.switch_workshop(bytea, uuid, timestamptz, uuid, text),
  auth.request_to_join(bytea, uuid, uuid, text, text, text, text, timestamptz, uuid, text)
  to gantry_app;
grant execute on function auth.members_seen(), auth.add_invite_link(uuid, bytea, timestamptz, timestamptz),
  auth.revoke_invite_link(uuid, timestamptz), auth.join_code(), auth.set_join_code(uuid, bytea, timestamptz),
  auth.drop_join_code(), auth.affiliate(uuid), app.role_sees_all_orders(uuid, text, uuid)
  to gantry_tenant;
