-- Limits by address go by the network that one customer of a provider has: of version 6 that is a /64, where whoever is refused could
-- otherwise come back from another of 2^64 addresses. The addresses themselves stay as they were, for whoever reads the history.

create function auth.network(address text) returns text
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  -- Version 4 written as version 6 is one address, not a network.
  if family(address::inet) = 4 or address::inet <<= '::ffff:0:0/96'::inet then return address; end if;
  return text(network(set_masklen(address::inet, 64)));
exception when invalid_text_representation then
  return address;
end $$;
revoke all on function auth.network(text) from public;

alter table auth.sign_in_attempts add column network text not null generated always as (auth.network(address)) stored;
alter table auth.sign_up_attempts add column network text not null generated always as (auth.network(address)) stored;
alter table auth.join_attempts add column network text not null generated always as (auth.network(address)) stored;
drop index auth.sign_in_attempts_address, auth.sign_up_attempts_address, auth.join_attempts_address;
create index sign_in_attempts_network on auth.sign_in_attempts (network, at);
create index sign_up_attempts_network on auth.sign_up_attempts (network, at);
create index join_attempts_network on auth.join_attempts (network, at);

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

create or replace function auth.begin_sign_up(address text, at timestamptz, out attempt bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7103, hashtext(auth.network(begin_sign_up.address)));
  retry_after_s := auth.wait_seconds(array(
    select a.at from auth.sign_up_attempts a
     where a.network = auth.network(begin_sign_up.address) and a.at > begin_sign_up.at - interval '1 hour'
     order by a.at desc limit 60), begin_sign_up.at, interval '1 hour', 60, 60);
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_up_attempts (address, at) values (begin_sign_up.address, begin_sign_up.at) returning id into attempt;
end $$;

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
    insert into public.audit_events (id, at, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, request_to_join.at, request_to_join.person, 'join_request.made', 'join_request', request,
            'Asked to join with the code', request_to_join.request_id);
  end if;
end $$;

create or replace function auth.begin_platform_sign_in(email_norm text, email_hash bytea, address text, at timestamptz,
  out attempt bigint, out retry_after_s int, out admin_id uuid, out password_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(7101, hashtext(auth.network(begin_platform_sign_in.address)));
  perform pg_advisory_xact_lock(7102, hashtext(encode(email_hash, 'hex')));
  retry_after_s := greatest(
    auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.network = auth.network(begin_platform_sign_in.address) and a.at > begin_platform_sign_in.at - interval '1 minute'
         and a.outcome in ('pending', 'wrong') and a.device_hash is null
       order by a.at desc limit 30), begin_platform_sign_in.at, interval '1 minute', 30, 30),
    auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.email_hash = begin_platform_sign_in.email_hash and a.at > begin_platform_sign_in.at - interval '15 minutes'
         and a.outcome in ('pending', 'wrong')
       order by a.at desc limit 10), begin_platform_sign_in.at, interval '15 minutes', 5, 10));
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_in_attempts (email_hash, address, at, outcome) values (email_hash, address, at, 'pending') returning id into attempt;
  select a.id, a.password_hash into admin_id, password_hash
    from auth.platform_admins a where a.email_norm = begin_platform_sign_in.email_norm and a.deactivated_at is null;
end $$;
