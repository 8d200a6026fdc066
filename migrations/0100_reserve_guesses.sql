-- A guess at a password is reserved before its hash is verified, one at a time for each account and address, so that a
-- thousand guesses sent at once are verified no oftener than a thousand sent one after the other.

drop function auth.count_guesses(bytea, text, timestamptz, timestamptz);
drop function auth.note_attempt(bytea, text, timestamptz, text);
drop function auth.find_login(text);
drop function auth.sign_up(uuid, text, text, text, text, uuid, text, text, text, text, uuid, text, text, text, uuid, uuid, text, int, timestamptz);

-- Browsers that somebody signed in with before: their guesses are counted apart, so that an attack on an account does not
-- lock its owner out.
create table auth.devices (
  token_hash bytea not null check (octet_length(token_hash) = 32),
  user_id uuid not null references auth.users,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (token_hash, user_id)
);

alter table auth.sign_in_attempts
  add column device_hash bytea,
  drop constraint sign_in_attempts_outcome_check,
  add constraint sign_in_attempts_outcome_check check (outcome in ('pending', 'ok', 'wrong', 'throttled'));

create table auth.sign_up_attempts (
  id bigint generated always as identity primary key,
  address text not null,
  at timestamptz not null,
  outcome text not null default 'pending' check (outcome in ('pending', 'made', 'taken'))
);
create index sign_up_attempts_address on auth.sign_up_attempts (address, at);

-- Seconds until one more is allowed: `most` within `span`, and from `free` on 1, 2, 4 … seconds after the last one. 0 is now.
create function auth.wait_seconds(times timestamptz[], at timestamptz, span interval, free int, most int) returns int
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select greatest(0, ceil(extract(epoch from case
    when cardinality(times) >= most then times[most] + span - at
    when cardinality(times) >= free then times[1] + make_interval(secs => 2 ^ (cardinality(times) - free)) - at
    else interval '0' end)))::int
$$;

-- Reserves a guess and gives the person behind the address, or the seconds to wait. The workshop is the one of the slug, or
-- the first whose membership still stands.
create function auth.begin_sign_in(email_norm text, email_hash bytea, slug text, device_hash bytea, address text, at timestamptz,
  out attempt bigint, out retry_after_s int, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid, out device_is_ours boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  known boolean;
  place record;
begin
  select bool_or(u.email_norm = begin_sign_in.email_norm), count(*) > 0 into known, device_is_ours
    from auth.devices d join auth.users u on u.id = d.user_id where d.token_hash = begin_sign_in.device_hash;
  known := coalesce(known, false);
  retry_after_s := 0;
  if not known then
    perform pg_advisory_xact_lock(7101, hashtext(address));
    retry_after_s := auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.address = begin_sign_in.address and a.at > begin_sign_in.at - interval '1 minute'
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
  for place in
    select u.id, u.password_hash, f.org_id, f.member_id
      from auth.users u join auth.affiliations f on f.user_id = u.id join auth.organizations o on o.id = f.org_id
     where u.email_norm = begin_sign_in.email_norm and u.deactivated_at is null
       and o.slug = coalesce(begin_sign_in.slug, o.slug)
     order by f.org_id
  loop
    perform set_config('app.org_id', place.org_id::text, true);
    if exists (select from public.members m where m.id = place.member_id and m.deactivated_at is null) then
      user_id := place.id; password_hash := place.password_hash; org_id := place.org_id; member_id := place.member_id;
      return;
    end if;
  end loop;
end $$;

-- Ends what begin_sign_in began. A guess that fits opens a session, remembers the browser and ends its former session.
create function auth.finish_sign_in(attempt bigint, token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz,
  expires_at timestamptz, address text, user_agent text, device_hash bytea, former_hash bytea, event_id uuid, request_id text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update auth.sign_in_attempts a set outcome = case when finish_sign_in.user_id is null then 'wrong' else 'ok' end
   where a.id = finish_sign_in.attempt;
  if finish_sign_in.user_id is null then return; end if;
  update auth.sessions s set revoked_at = finish_sign_in.at where s.token_hash = former_hash and s.revoked_at is null;
  insert into auth.sessions (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, address, user_agent)
  values (finish_sign_in.token_hash, finish_sign_in.user_id, finish_sign_in.org_id, finish_sign_in.member_id, at, at,
          finish_sign_in.expires_at, finish_sign_in.address, left(finish_sign_in.user_agent, 300));
  insert into auth.devices as d (token_hash, user_id, created_at, last_seen_at)
  values (finish_sign_in.device_hash, finish_sign_in.user_id, at, at)
  on conflict (token_hash, user_id) do update set last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at);
  perform set_config('app.org_id', finish_sign_in.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, finish_sign_in.at, m.id, m.name, 'session.opened', 'member', m.id, 'Signed in', finish_sign_in.request_id
    from public.members m where m.id = finish_sign_in.member_id;
end $$;

-- Sixty workshops an hour from one address: nobody founds more, and taken addresses cannot be listed faster.
create function auth.begin_sign_up(address text, at timestamptz, out attempt bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7103, hashtext(begin_sign_up.address));
  retry_after_s := auth.wait_seconds(array(
    select a.at from auth.sign_up_attempts a
     where a.address = begin_sign_up.address and a.at > begin_sign_up.at - interval '1 hour'
     order by a.at desc limit 60), begin_sign_up.at, interval '1 hour', 60, 60);
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_up_attempts (address, at) values (begin_sign_up.address, begin_sign_up.at) returning id into attempt;
end $$;

-- A new workshop with its first branch and owner, in one step. False when the address already has an account: then the same
-- rows were written and taken back, so that both take the same time.
create function auth.sign_up(attempt bigint, user_id uuid, email text, email_norm text, person text, password_hash text,
  org_id uuid, org_name text, slug text, asset_word text, distance_unit text, currency text,
  branch_id uuid, branch_name text, branch_code text, branch_address text, time_zone text, member_id uuid,
  tax_names text[], tax_points int[], at timestamptz,
  token_hash bytea, expires_at timestamptz, address text, user_agent text, device_hash bytea, event_id uuid, request_id text)
returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  made boolean := true;
  free_slug text := slug;
  tries int := 1;
begin
  begin
    loop
      insert into auth.organizations as o (id, name, slug, created_at) values (org_id, org_name, free_slug, at)
      on conflict on constraint organizations_slug_key do nothing;
      exit when found;
      tries := tries + 1;
      free_slug := slug || '-' || case when tries <= 50 then tries::text else left(md5(org_id::text), 4) end;
    end loop;
    perform set_config('app.org_id', org_id::text, true);
    insert into public.organization_settings as s (name, asset_word, distance_unit, currency, require_odometer)
    values (org_name, asset_word, distance_unit, currency, asset_word = 'vehicle');
    insert into public.branches as b (id, name, code, address, time_zone, created_at)
    values (branch_id, branch_name, branch_code, branch_address, time_zone, at);
    insert into public.members as m (id, user_id, name, email, role, all_branches, created_at)
    values (member_id, user_id, person, email, 'owner', true, at);
    insert into public.tax_rates as t (id, name, basis_points, is_default, position)
    select gen_random_uuid(), r.name, r.points, r.n = 1, r.n::int from unnest(tax_names, tax_points) with ordinality r (name, points, n);
    insert into public.audit_events as e (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, at, member_id, person, 'organization.created', 'organization', org_id, 'Opened the workshop ' || org_name, request_id);
    insert into auth.users as u (id, email, email_norm, name, password_hash, created_at)
    values (user_id, email, email_norm, person, password_hash, at);
    insert into auth.affiliations as f (user_id, org_id, member_id) values (user_id, org_id, member_id);
    if token_hash is not null then
      insert into auth.sessions as s (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, address, user_agent)
      values (token_hash, user_id, org_id, member_id, at, at, expires_at, address, left(user_agent, 300));
      insert into auth.devices as d (token_hash, user_id, created_at, last_seen_at) values (device_hash, user_id, at, at);
    end if;
  exception when unique_violation then
    made := false;
  end;
  update auth.sign_up_attempts a set outcome = case when made then 'made' else 'taken' end where a.id = attempt;
  return made;
end $$;

-- Forgets what no longer counts: ended sessions after a week, guesses after a day, browsers after a year without use.
create function auth.clean_up(at timestamptz, idle interval) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
  total bigint := 0;
begin
  delete from auth.sessions s where least(s.expires_at, s.last_seen_at + idle, s.revoked_at) < at - interval '7 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_in_attempts a where a.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_up_attempts a where a.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.devices d where d.last_seen_at < at - interval '400 days';
  get diagnostics gone = row_count;
  return total + gone;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'auth' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to gantry_app', f);
  end loop;
end $$;
