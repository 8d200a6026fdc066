-- Signing up ends by signing in with the password just given: a form sent twice, or by somebody who has a workshop already,
-- leads into it. The answer to a wrong password is the same, only that its session opens nothing.

drop function auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, text, text, text, uuid, text, text, text, text, uuid,
  text[], int[], timestamptz, bytea, timestamptz, text, text, bytea, uuid, text);

-- Makes a workshop with its first branch and owner, if the address has no account, and gives the account of the address. For
-- a taken address the same rows are written and taken back, so that both take the same time.
create function auth.sign_up(attempt bigint, new_user uuid, email text, email_norm text, person text, new_hash text,
  new_org uuid, org_name text, slug text, asset_word text, distance_unit text, currency text,
  branch_id uuid, branch_name text, branch_code text, branch_address text, time_zone text, new_member uuid,
  tax_names text[], tax_points int[], at timestamptz, event_id uuid, request_id text,
  out made boolean, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  free_slug text := slug;
  tries int := 1;
begin
  made := true;
  begin
    loop
      insert into auth.organizations as o (id, name, slug, created_at) values (new_org, org_name, free_slug, at)
      on conflict on constraint organizations_slug_key do nothing;
      exit when found;
      tries := tries + 1;
      free_slug := slug || '-' || case when tries <= 50 then tries::text else left(md5(new_org::text), 4) end;
    end loop;
    perform set_config('app.org_id', new_org::text, true);
    insert into public.organization_settings as s (name, asset_word, distance_unit, currency, require_odometer)
    values (org_name, asset_word, distance_unit, currency, asset_word = 'vehicle');
    insert into public.branches as b (id, name, code, address, time_zone, created_at)
    values (branch_id, branch_name, branch_code, branch_address, time_zone, at);
    insert into public.members as m (id, user_id, name, email, role, all_branches, created_at)
    values (new_member, new_user, person, email, 'owner', true, at);
    insert into public.tax_rates as t (id, name, basis_points, is_default, position)
    select gen_random_uuid(), r.name, r.points, r.n = 1, r.n::int from unnest(tax_names, tax_points) with ordinality r (name, points, n);
    insert into public.audit_events as e (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, at, new_member, person, 'organization.created', 'organization', new_org, 'Opened the workshop ' || org_name, request_id);
    insert into auth.users as u (id, email, email_norm, name, password_hash, created_at)
    values (new_user, email, email_norm, person, new_hash, at);
    insert into auth.affiliations as f (user_id, org_id, member_id) values (new_user, new_org, new_member);
  exception when unique_violation then
    made := false;
  end;
  update auth.sign_up_attempts a set outcome = case when made then 'made' else 'taken' end where a.id = attempt;
  select l.user_id, l.password_hash, l.org_id, l.member_id into user_id, password_hash, org_id, member_id
    from auth.find_account(email_norm, null) l;
end $$;

-- The person behind an address and the workshop to open: that of the slug, or the first whose membership still stands.
create function auth.find_account(email_norm text, slug text, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  place record;
begin
  for place in
    select u.id, u.password_hash, f.org_id, f.member_id
      from auth.users u join auth.affiliations f on f.user_id = u.id join auth.organizations o on o.id = f.org_id
     where u.email_norm = find_account.email_norm and u.deactivated_at is null
       and o.slug = coalesce(find_account.slug, o.slug)
     order by f.org_id
  loop
    perform set_config('app.org_id', place.org_id::text, true);
    if exists (select from public.members m where m.id = place.member_id and m.deactivated_at is null) then
      user_id := place.id; password_hash := place.password_hash; org_id := place.org_id; member_id := place.member_id;
      return;
    end if;
  end loop;
end $$;

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
  select l.user_id, l.password_hash, l.org_id, l.member_id into user_id, password_hash, org_id, member_id
    from auth.find_account(email_norm, slug) l;
end $$;

revoke all on function auth.find_account(text, text) from public;
do $$
declare f regprocedure;
begin
  select p.oid::regprocedure into f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = 'auth' and p.proname = 'sign_up';
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to gantry_app', f);
end $$;
