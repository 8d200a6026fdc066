-- Doors for a tablet that a branch shares: who is there, a session for the right PIN, and who may set up and retire tablets.

-- Whether a member works in a branch.
create function auth.works_in(org uuid, member uuid, branch uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from public.members m
     where m.org_id = org and m.id = member and m.deactivated_at is null
       and (m.all_branches or m.role = 'owner'
            or exists (select from public.member_branches b where (b.org_id, b.member_id, b.branch_id) = (org, member, branch))))
$$;

-- The tablet behind a secret and the people of its branch, by name; no row when there is no such tablet (any more).
create function auth.look_at_tablet(token_hash bytea, out org_name text, out branch_name text, out name text, out people jsonb)
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
create function auth.begin_pin(token_hash bytea, member uuid, at timestamptz,
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
  select * into of_all from auth.take_turn('tablet', uuid_send(here.id), begin_pin.at, interval '15 minutes', 20, 200);
  retry_after_s := of_all.retry_after_s;
  if of_all.turn is null then return; end if;
  select t.turn, t.retry_after_s into turn, retry_after_s
    from auth.take_turn('pin', uuid_send(here.id) || uuid_send(begin_pin.member), begin_pin.at, interval '15 minutes', 5, 30) t;
  if turn is null then return; end if;
  perform set_config('app.org_id', here.org_id::text, true);
  select p.pin_hash into pin_hash from auth.pins p
   where p.org_id = here.org_id and p.member_id = begin_pin.member and auth.works_in(here.org_id, begin_pin.member, here.branch_id);
end $$;

-- Ends what begin_pin began. The right PIN opens a session of its own on this tablet and ends the one before it.
create function auth.finish_pin(tablet uuid, member uuid, turn bigint, fits boolean, token_hash bytea, former_hash bytea, at timestamptz,
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
create function auth.own_pin(token_hash bytea) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.set_at from auth.sessions s join auth.pins p on (p.org_id, p.member_id) = (s.org_id, s.member_id)
   where s.token_hash = own_pin.token_hash and s.revoked_at is null
$$;

create function auth.set_pin(token_hash bytea, pin_hash text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.pins (org_id, member_id, pin_hash, set_at)
  select s.org_id, s.member_id, set_pin.pin_hash, set_pin.at from auth.sessions s
   where s.token_hash = set_pin.token_hash and s.revoked_at is null
  on conflict (org_id, member_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at
$$;

create function auth.drop_pin(token_hash bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from auth.pins p using auth.sessions s
   where s.token_hash = drop_pin.token_hash and s.revoked_at is null and (p.org_id, p.member_id) = (s.org_id, s.member_id)
$$;

-- Inside a workshop's transaction these know its tablets only, and of those the asking member's branches.
create function auth.enrol_tablet(tablet uuid, token_hash bytea, branch uuid, name text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.tablets (id, token_hash, org_id, branch_id, name, enrolled_by, enrolled_at)
  select tablet, enrol_tablet.token_hash, app.current_org(), branch, enrol_tablet.name, app.current_member(), enrol_tablet.at
   where app.all_branches() or branch = any (app.branch_ids())
$$;

create function auth.list_tablets()
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
create function auth.retire_tablet(tablet uuid, at timestamptz) returns text
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

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'auth'
            and p.proname in ('works_in', 'look_at_tablet', 'begin_pin', 'finish_pin', 'own_pin', 'set_pin', 'drop_pin', 'enrol_tablet',
                              'list_tablets', 'retire_tablet') loop
    execute format('revoke all on function %s from public', f);
    if f::text ~ '^auth\.(look_at_tablet|begin_pin|finish_pin)\(' then
      execute format('grant execute on function %s to gantry_app', f);
    elsif f::text !~ '^auth\.works_in\(' then
      execute format('grant execute on function %s to gantry_tenant', f);
    end if;
  end loop;
end $$;
