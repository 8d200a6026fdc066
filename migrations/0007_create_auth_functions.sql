-- The only doors to identities. Each returns one person, one session or one organization.

-- Opens a request: binds the transaction to the session's organization, member and branches, and says who it is.
-- NULL when the session is unknown, revoked, expired or idle too long, or the member was deactivated.
create function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - idle;
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role,
      'org_name', o.name, 'org_slug', o.slug, 'org_state', o.state,
      'all_branches', m.all_branches or m.role = 'owner',
      'branch_id', s.branch_id,
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone) order by b.name)
                     from public.branches b
                    where m.all_branches or m.role = 'owner'
                       or exists (select from public.member_branches mb where mb.member_id = m.id and mb.branch_id = b.id)), '[]'::jsonb),
      'currency', t.currency, 'asset_word', t.asset_word, 'distance_unit', t.distance_unit, 'require_odometer', t.require_odometer,
      'technicians_see_all', t.technicians_see_all, 'technicians_create', t.technicians_create,
      'receptionists_take_payments', t.receptionists_take_payments, 'payment_terms_days', t.payment_terms_days,
      'stale', s.last_seen_at < at - interval '1 minute')
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case when answer ->> 'role' = 'technician' and not (answer ->> 'technicians_see_all')::boolean then 'assigned' else 'all' end, true);
  return answer;
end $$;

create function auth.touch_session(token_hash bytea, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set last_seen_at = greatest(s.last_seen_at, at) where s.token_hash = touch_session.token_hash and s.revoked_at is null
$$;

create function auth.choose_branch(token_hash bytea, branch uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set branch_id = branch where s.token_hash = choose_branch.token_hash
$$;

create function auth.revoke_session(token_hash bytea, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set revoked_at = at where s.token_hash = revoke_session.token_hash and s.revoked_at is null
$$;

-- The person behind an e-mail address and the workshop to open first; no row when there is none.
create function auth.find_login(email_norm text) returns table (user_id uuid, password_hash text, org_id uuid, member_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.password_hash, a.org_id, a.member_id
    from auth.users u join auth.affiliations a on a.user_id = u.id
   where u.email_norm = find_login.email_norm and u.deactivated_at is null
   order by a.org_id limit 1
$$;

create function auth.open_session(token_hash bytea, user_id uuid, org_id uuid, member_id uuid, at timestamptz, expires_at timestamptz, address text, user_agent text)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.sessions (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, address, user_agent)
  values (token_hash, user_id, org_id, member_id, at, at, expires_at, address, left(user_agent, 300))
$$;

-- Wrong guesses since the given times at one account (from other addresses than known ones too) and from one address.
create function auth.count_guesses(email_hash bytea, address text, account_since timestamptz, address_since timestamptz,
  out account bigint, out from_address bigint, out last_wrong timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from auth.sign_in_attempts a where a.email_hash = count_guesses.email_hash and a.at > account_since and a.outcome = 'wrong'),
         (select count(*) from auth.sign_in_attempts a where a.address = count_guesses.address and a.at > address_since and a.outcome = 'wrong'),
         (select max(a.at) from auth.sign_in_attempts a where a.email_hash = count_guesses.email_hash and a.at > account_since and a.outcome = 'wrong')
$$;

create function auth.note_attempt(email_hash bytea, address text, at timestamptz, outcome text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.sign_in_attempts (email_hash, address, at, outcome) values (email_hash, address, at, outcome)
$$;

-- A new workshop with its first branch and owner, in one step and one transaction.
create function auth.sign_up(user_id uuid, email text, email_norm text, person text, password_hash text,
  org_id uuid, org_name text, slug text, asset_word text, currency text, branch_id uuid, branch_name text, branch_code text, time_zone text,
  member_id uuid, tax_rate_id uuid, tax_name text, tax_basis_points int, at timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into auth.users (id, email, email_norm, name, password_hash, created_at) values (user_id, email, email_norm, person, password_hash, at);
  insert into auth.organizations (id, name, slug, created_at) values (org_id, org_name, slug, at);
  insert into auth.affiliations (user_id, org_id, member_id) values (user_id, org_id, member_id);
  perform set_config('app.org_id', org_id::text, true);
  insert into public.organization_settings (name, asset_word, currency, require_odometer) values (org_name, asset_word, currency, asset_word = 'vehicle');
  insert into public.branches (id, name, code, time_zone, created_at) values (branch_id, branch_name, branch_code, time_zone, at);
  insert into public.members (id, user_id, name, email, role, all_branches, created_at) values (member_id, user_id, person, email, 'owner', true, at);
  insert into public.tax_rates (id, name, basis_points, is_default) values (tax_rate_id, tax_name, tax_basis_points, true), (gen_random_uuid(), 'Untaxed', 0, false);
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'auth' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to gantry_app', f);
  end loop;
end $$;

-- Measured: replanning at every execution costs 1.7x on lists; and no statement may hold a connection for long.
alter role gantry_app set plan_cache_mode = 'force_generic_plan';
alter role gantry_app set statement_timeout = '15s';
alter role gantry_app set lock_timeout = '5s';
alter role gantry_app set idle_in_transaction_session_timeout = '10s';
alter role gantry_app set client_min_messages = 'error';
