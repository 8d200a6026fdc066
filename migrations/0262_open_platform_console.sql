-- Our own people and their console. They belong to no workshop and read no row of one: a role of its own may call the functions below,
-- which say who the workshops are, how they stand and how much there is, and nothing else.

do $$
begin
  if not exists (select from pg_roles where rolname = 'gantry_platform') then
    create role gantry_platform nologin nosuperuser nobypassrls;
  end if;
  grant gantry_platform to gantry_app;
exception when unique_violation or duplicate_object then null; -- two databases migrating at once
end $$;
grant usage on schema auth to gantry_platform;

create table auth.platform_admins (
  id uuid primary key,
  email text not null,
  email_norm text not null unique,
  name text not null check (length(name) between 1 and 120),
  password_hash text not null,
  created_at timestamptz not null,
  deactivated_at timestamptz
);

create table auth.platform_sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  admin_id uuid not null references auth.platform_admins,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  address text not null,
  user_agent text not null
);

-- Whatever one of us does. Nobody alters it.
create table auth.platform_events (
  id uuid primary key,
  at timestamptz not null,
  admin_id uuid references auth.platform_admins,
  admin_name text not null,
  action text not null,
  org_id uuid references auth.organizations,
  summary text not null,
  detail jsonb,
  request_id text not null default ''
);
create index platform_events_newest on auth.platform_events (at desc, id desc);
create index platform_events_org on auth.platform_events (org_id, at desc, id desc) where org_id is not null;
create trigger platform_events_append_only before update or delete on auth.platform_events for each row execute function app.refuse_change();
create trigger platform_events_no_truncate before truncate on auth.platform_events for each statement execute function app.refuse_change();
alter table auth.platform_events enable always trigger platform_events_append_only;
alter table auth.platform_events enable always trigger platform_events_no_truncate;

create index organizations_newest on auth.organizations (created_at desc, id desc);

-- The same limits as at the workshops' door, counted together for an address and apart for an account.
create function auth.begin_platform_sign_in(email_norm text, email_hash bytea, address text, at timestamptz,
  out attempt bigint, out retry_after_s int, out admin_id uuid, out password_hash text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(7101, hashtext(address));
  perform pg_advisory_xact_lock(7102, hashtext(encode(email_hash, 'hex')));
  retry_after_s := greatest(
    auth.wait_seconds(array(
      select a.at from auth.sign_in_attempts a
       where a.address = begin_platform_sign_in.address and a.at > begin_platform_sign_in.at - interval '1 minute'
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

create function auth.finish_platform_sign_in(attempt bigint, token_hash bytea, former_hash bytea, admin uuid, at timestamptz,
  expires_at timestamptz, address text, user_agent text, event_id uuid, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  update auth.sign_in_attempts a set outcome = case when admin is null then 'wrong' else 'ok' end where a.id = attempt;
  if admin is null then return; end if;
  update auth.platform_sessions s set revoked_at = finish_platform_sign_in.at where s.token_hash = former_hash and s.revoked_at is null;
  insert into auth.platform_sessions (token_hash, admin_id, created_at, expires_at, address, user_agent)
  values (finish_platform_sign_in.token_hash, admin, finish_platform_sign_in.at, finish_platform_sign_in.expires_at,
          finish_platform_sign_in.address, left(finish_platform_sign_in.user_agent, 300));
  insert into auth.platform_events (id, at, admin_id, admin_name, action, summary, detail, request_id)
  select event_id, finish_platform_sign_in.at, a.id, a.name, 'session.opened', 'Signed in',
         jsonb_build_object('address', finish_platform_sign_in.address), finish_platform_sign_in.request_id
    from auth.platform_admins a where a.id = admin;
end $$;

create function auth.sign_out_platform(token_hash bytea, at timestamptz, event_id uuid, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  admin uuid;
begin
  update auth.platform_sessions s set revoked_at = sign_out_platform.at
   where s.token_hash = sign_out_platform.token_hash and s.revoked_at is null returning s.admin_id into admin;
  insert into auth.platform_events (id, at, admin_id, admin_name, action, summary, request_id)
  select event_id, sign_out_platform.at, a.id, a.name, 'session.closed', 'Signed out', sign_out_platform.request_id
    from auth.platform_admins a where a.id = admin;
end $$;

-- Opens a request of one of us; NULL when the session is unknown, ended or expired, or the person left.
create function auth.enter_platform(token_hash bytea, at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb;
begin
  select jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email) into answer
    from auth.platform_sessions s join auth.platform_admins a on a.id = s.admin_id
   where s.token_hash = enter_platform.token_hash and s.revoked_at is null and s.expires_at > enter_platform.at and a.deactivated_at is null;
  perform set_config('app.platform_admin', coalesce(answer ->> 'id', ''), true);
  return answer;
end $$;

-- Who asks, or nobody: then every function below gives nothing.
create function auth.platform_admin() returns uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from auth.platform_admins a
   where a.id = nullif(current_setting('app.platform_admin', true), '')::uuid and a.deactivated_at is null
$$;

-- How much is in a workshop: numbers given to work orders, and rows counted up to a limit.
create function auth.platform_size(org uuid, most int, out orders bigint, out customers bigint, out assets bigint, out invoices bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('app.org_id', org::text, true), set_config('app.branches', 'all', true);
  select coalesce(sum(s.last_number), 0) into orders from public.number_series s where s.series = 'work_order';
  if most > 0 then
    select count(*) into customers from (select from public.customers c limit most) x;
    select count(*) into assets from (select from public.assets a limit most) x;
    select count(*) into invoices from (select from public.invoices i limit most) x;
  end if;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
end $$;

-- Workshops, newest first; `query` looks in names and addresses.
create function auth.platform_organizations(query text, at timestamptz, before timestamptz, before_id uuid, most int)
returns table (id uuid, name text, slug text, state text, on_trial boolean, expires_at timestamptz, created_at timestamptz,
  last_seen_at timestamptz, members bigint, orders bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o auth.organizations;
begin
  if auth.platform_admin() is null then return; end if;
  for o in select x.* from auth.organizations x
            where (x.created_at, x.id) < (before, before_id)
              and (platform_organizations.query = '' or strpos(lower(x.name), lower(platform_organizations.query)) > 0
                   or strpos(x.slug, lower(platform_organizations.query)) > 0)
            order by x.created_at desc, x.id desc limit most
  loop
    id := o.id; name := o.name; slug := o.slug; on_trial := o.state = 'trial'; expires_at := o.expires_at; created_at := o.created_at;
    select s.state into state from auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s;
    select max(f.last_seen_at), count(*) filter (where f.left_at is null) into last_seen_at, members
      from auth.affiliations f where f.org_id = o.id;
    select s.orders into orders from auth.platform_size(o.id, 0) s;
    return next;
  end loop;
end $$;

create function auth.platform_organization(org uuid, at timestamptz,
  out name text, out slug text, out state text, out state_until timestamptz, out on_trial boolean, out expires_at timestamptz, out cancelled_at timestamptz,
  out suspended_at timestamptz, out suspended_reason text, out created_at timestamptz, out last_seen_at timestamptz, out members bigint,
  out orders bigint, out customers bigint, out assets bigint, out invoices bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o auth.organizations;
begin
  if auth.platform_admin() is null then return; end if;
  select * into o from auth.organizations x where x.id = org;
  if not found then return; end if;
  name := o.name; slug := o.slug; on_trial := o.state = 'trial'; expires_at := o.expires_at; cancelled_at := o.cancelled_at;
  suspended_at := o.suspended_at; suspended_reason := o.suspended_reason; created_at := o.created_at;
  select s.state, s.until into state, state_until from auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s;
  select max(f.last_seen_at), count(*) filter (where f.left_at is null) into last_seen_at, members from auth.affiliations f where f.org_id = o.id;
  select s.orders, s.customers, s.assets, s.invoices into orders, customers, assets, invoices from auth.platform_size(o.id, 10001) s;
end $$;

-- What we did, in one workshop or everywhere, newest first.
create function auth.platform_history(org uuid, before timestamptz, before_id uuid, most int)
returns table (id uuid, at timestamptz, who text, org_id uuid, org_name text, summary text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.at, e.admin_name, e.org_id, o.name, e.summary
    from auth.platform_events e left join auth.organizations o on o.id = e.org_id
   where auth.platform_admin() is not null and (platform_history.org is null or e.org_id = platform_history.org)
     and (e.at, e.id) < (platform_history.before, platform_history.before_id)
   order by e.at desc, e.id desc limit platform_history.most
$$;

-- Told twice: to ourselves, and to the workshop in its own trail, where we are "Gantry support".
create function auth.platform_tell(org uuid, action text, summary text, detail jsonb, at timestamptz, event_id uuid, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  insert into auth.platform_events (id, at, admin_id, admin_name, action, org_id, summary, detail, request_id)
  select event_id, platform_tell.at, a.id, a.name, platform_tell.action, platform_tell.org, platform_tell.summary, platform_tell.detail, platform_tell.request_id
    from auth.platform_admins a where a.id = auth.platform_admin();
  perform set_config('app.org_id', org::text, true);
  insert into public.audit_events (id, at, member_name, action, entity, entity_id, summary, detail, request_id)
  values (event_id, platform_tell.at, 'Gantry support', platform_tell.action, 'organization', platform_tell.org, platform_tell.summary,
          platform_tell.detail, platform_tell.request_id);
  perform set_config('app.org_id', '', true);
end $$;

-- Plan and end by hand. The acts below are false when there is no such workshop, or nothing to do.
create function auth.platform_set_plan(org uuid, trial boolean, expires_at timestamptz, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o auth.organizations;
begin
  if auth.platform_admin() is null then return false; end if;
  select * into o from auth.organizations x where x.id = org for update;
  if not found then return false; end if;
  -- Whoever left and gets a plan that runs is back.
  update auth.organizations x set state = case when trial then 'trial' else 'active' end, expires_at = platform_set_plan.expires_at,
         cancelled_at = case when platform_set_plan.expires_at <= platform_set_plan.at then x.cancelled_at end
   where x.id = org;
  perform auth.platform_tell(org, 'organization.plan_set',
    format('Set the plan: %s, %s', case when trial then 'trial' else 'standard' end,
      coalesce('until ' || to_char((platform_set_plan.expires_at - interval '1 second') at time zone 'UTC', 'YYYY-MM-DD'), 'without end')
      || case when o.cancelled_at is not null and (platform_set_plan.expires_at > platform_set_plan.at) is not false then ', taken back in' else '' end),
    jsonb_build_object('before', jsonb_build_object('Plan', case o.state when 'trial' then 'Trial' else 'Standard' end, 'Until', o.expires_at),
      'after', jsonb_build_object('Plan', case when trial then 'Trial' else 'Standard' end, 'Until', platform_set_plan.expires_at)),
    at, event_id, request_id);
  return true;
end $$;

create function auth.platform_suspend(org uuid, reason text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return false; end if;
  update auth.organizations x set suspended_at = platform_suspend.at, suspended_reason = reason where x.id = org and x.suspended_at is null;
  if not found then return false; end if;
  perform auth.platform_tell(org, 'organization.suspended', 'Suspended the workshop: ' || reason, null, at, event_id, request_id);
  return true;
end $$;

create function auth.platform_resume(org uuid, reason text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return false; end if;
  update auth.organizations x set suspended_at = null, suspended_reason = '' where x.id = org and x.suspended_at is not null;
  if not found then return false; end if;
  perform auth.platform_tell(org, 'organization.resumed', 'Opened the workshop again: ' || reason, null, at, event_id, request_id);
  return true;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'auth' and p.proname ~ 'platform' loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function auth.begin_platform_sign_in(text, bytea, text, timestamptz),
  auth.finish_platform_sign_in(bigint, bytea, bytea, uuid, timestamptz, timestamptz, text, text, uuid, text),
  auth.sign_out_platform(bytea, timestamptz, uuid, text), auth.enter_platform(bytea, timestamptz) to gantry_app;
grant execute on function auth.platform_organizations(text, timestamptz, timestamptz, uuid, int), auth.platform_organization(uuid, timestamptz),
  auth.platform_history(uuid, timestamptz, uuid, int), auth.platform_set_plan(uuid, boolean, timestamptz, timestamptz, uuid, text),
  auth.platform_suspend(uuid, text, timestamptz, uuid, text), auth.platform_resume(uuid, text, timestamptz, uuid, text) to gantry_platform;
