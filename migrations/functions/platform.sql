-- The console of our own people: who the workshops are, how they stand, and what one of us did.

create or replace function auth.finish_platform_sign_in(attempt bigint, token_hash bytea, former_hash bytea, admin uuid, at timestamptz,
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

-- Opens a request of one of us; NULL when the session is unknown, ended or expired, or the person left.
create or replace function auth.enter_platform(token_hash bytea, at timestamptz) returns jsonb
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
create or replace function auth.platform_admin() returns uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from auth.platform_admins a
   where a.id = nullif(current_setting('app.platform_admin', true), '')::uuid and a.deactivated_at is null
$$;

-- How much is in a workshop: numbers given to work orders, and rows counted up to a limit.
create or replace function auth.platform_size(org uuid, most int, out orders bigint, out customers bigint, out assets bigint, out invoices bigint)
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
create or replace function auth.platform_organizations(query text, at timestamptz, before timestamptz, before_id uuid, most int)
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

create or replace function auth.platform_organization(org uuid, at timestamptz,
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
create or replace function auth.platform_history(org uuid, before timestamptz, before_id uuid, most int)
returns table (id uuid, at timestamptz, who text, org_id uuid, org_name text, summary text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.at, e.admin_name, e.org_id, o.name, e.summary
    from auth.platform_events e left join auth.organizations o on o.id = e.org_id
   where auth.platform_admin() is not null and (platform_history.org is null or e.org_id = platform_history.org)
     and (e.at, e.id) < (platform_history.before, platform_history.before_id)
   order by e.at desc, e.id desc limit platform_history.most
$$;

-- Told twice: to ourselves, and to the workshop in its own trail, where we are "Gantry support".
create or replace function auth.platform_tell(org uuid, action text, summary text, detail jsonb, at timestamptz, event_id uuid, request_id text) returns void
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
create or replace function auth.platform_set_plan(org uuid, trial boolean, expires_at timestamptz, at timestamptz, event_id uuid, request_id text) returns boolean
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

create or replace function auth.platform_suspend(org uuid, reason text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return false; end if;
  update auth.organizations x set suspended_at = platform_suspend.at, suspended_reason = reason where x.id = org and x.suspended_at is null;
  if not found then return false; end if;
  perform auth.platform_tell(org, 'organization.suspended', 'Suspended the workshop: ' || reason,
    jsonb_build_object('before', '{"Suspended": false}'::jsonb, 'after', jsonb_build_object('Suspended', true, 'Reason', reason)), at, event_id, request_id);
  return true;
end $$;

create or replace function auth.platform_resume(org uuid, reason text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return false; end if;
  update auth.organizations x set suspended_at = null, suspended_reason = '' where x.id = org and x.suspended_at is not null;
  if not found then return false; end if;
  perform auth.platform_tell(org, 'organization.resumed', 'Opened the workshop again: ' || reason,
    jsonb_build_object('before', '{"Suspended": true}'::jsonb, 'after', jsonb_build_object('Suspended', false, 'Reason', reason)), at, event_id, request_id);
  return true;
end $$;

-- Whoever signs out of the console looks at nothing any more.
create or replace function auth.sign_out_platform(token_hash bytea, at timestamptz, event_id uuid, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  admin uuid;
begin
  update auth.platform_sessions s set revoked_at = sign_out_platform.at
   where s.token_hash = sign_out_platform.token_hash and s.revoked_at is null returning s.admin_id into admin;
  update auth.support_sessions s set ended_at = sign_out_platform.at where s.admin_id = admin and s.ended_at is null;
  insert into auth.platform_events (id, at, admin_id, admin_name, action, summary, request_id)
  select event_id, sign_out_platform.at, a.id, a.name, 'session.closed', 'Signed out', sign_out_platform.request_id
    from auth.platform_admins a where a.id = admin;
end $$;

-- A workshop that nobody tried to measure since then, or nothing. Several servers may ask at once.
create or replace function auth.claim_storage(since timestamptz, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  org uuid;
begin
  insert into auth.storage (org_id, tried_at)
  select o.id, claim_storage.at from auth.organizations o
   where not exists (select from auth.storage s where s.org_id = o.id) order by o.id limit 1
  on conflict do nothing returning org_id into org;
  if org is null then
    update auth.storage s set tried_at = claim_storage.at
     where s.org_id = (select x.org_id from auth.storage x where x.tried_at < since order by x.tried_at limit 1 for update skip locked)
    returning s.org_id into org;
  end if;
  return org;
end $$;

-- What the workshop's rows take, in every table that knows workshops, the search index included. The rows themselves stay unread.
create or replace function auth.measure_storage(org uuid, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tab regclass;
  total bigint := 0;
  part bigint;
begin
  perform set_config('app.org_id', org::text, true), set_config('app.branches', 'all', true), set_config('app.sees', 'all', true),
    set_config('app.shares', 'all', true);
  for tab in select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
              where c.relnamespace in ('public'::regnamespace, 'search'::regnamespace) and c.relkind = 'r' loop
    execute format('select coalesce(sum(pg_column_size(t.*)), 0) from %s t where t.org_id = $1', tab) into part using org;
    total := total + part;
  end loop;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  update auth.storage s set bytes = total, measured_at = measure_storage.at where s.org_id = org;
end $$;

create or replace function auth.platform_storage(orgs uuid[]) returns table (org_id uuid, bytes bigint, measured_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.org_id, s.bytes, s.measured_at from auth.storage s
   where auth.platform_admin() is not null and s.org_id = any (orgs) and s.bytes is not null
$$;

-- False when there is no such workshop. The same words twice within a minute are one note: a double click.
create or replace function auth.platform_note(org uuid, note text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  words text := 'Noted: ' || platform_note.note;
begin
  if auth.platform_admin() is null then return false; end if;
  perform from auth.organizations o where o.id = org for no key update;
  if not found then return false; end if;
  insert into auth.platform_events (id, at, admin_id, admin_name, action, org_id, summary, request_id)
  select event_id, platform_note.at, a.id, a.name, 'note.written', org, words, platform_note.request_id
    from auth.platform_admins a
   where a.id = auth.platform_admin() and not exists (
     select from auth.platform_events e where e.org_id = org and e.admin_id = a.id and e.summary = words and e.at > platform_note.at - interval '1 minute');
  return true;
end $$;

-- Letters that wait for another try, and those given up since then.
create or replace function auth.platform_letters(org uuid, since timestamptz, out waiting bigint, out failed bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  select count(*) into waiting from auth.mails m where m.org_id = org and m.state = 'queued' and m.attempts > 0;
  select count(*) into failed from auth.mails m where m.org_id = org and m.state = 'failed' and m.created_at > since;
end $$;

-- The same limits as at the workshops' door, counted together for an address and apart for an account.
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

create or replace function auth.platform_job_lag(out waiting bigint, out oldest_s double precision, out given_up bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  select l.waiting, l.oldest_s, l.given_up into waiting, oldest_s, given_up from auth.job_lag() l;
end $$;

-- Who may call them, and nobody else.
revoke all on function
  auth.finish_platform_sign_in(bigint, bytea, bytea, uuid, timestamptz, timestamptz, text, text, uuid, text),
  auth.enter_platform(bytea, timestamptz), auth.platform_admin(), auth.platform_size(uuid, int),
  auth.platform_organizations(text, timestamptz, timestamptz, uuid, int), auth.platform_organization(uuid, timestamptz),
  auth.platform_history(uuid, timestamptz, uuid, int), auth.platform_tell(uuid, text, text, jsonb, timestamptz, uuid, text),
  auth.platform_set_plan(uuid, boolean, timestamptz, timestamptz, uuid, text),
  auth.platform_suspend(uuid, text, timestamptz, uuid, text), auth.platform_resume(uuid, text, timestamptz, uuid, text),
  auth.sign_out_platform(bytea, timestamptz, uuid, text), auth.claim_storage(timestamptz, timestamptz),
  auth.measure_storage(uuid, timestamptz), auth.platform_storage(uuid[]),
  auth.platform_note(uuid, text, timestamptz, uuid, text), auth.platform_letters(uuid, timestamptz),
  auth.begin_platform_sign_in(text, bytea, text, timestamptz), auth.platform_job_lag()
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function
  auth.finish_platform_sign_in(bigint, bytea, bytea, uuid, timestamptz, timestamptz, text, text, uuid, text),
  auth.enter_platform(bytea, timestamptz), auth.sign_out_platform(bytea, timestamptz, uuid, text),
  auth.claim_storage(timestamptz, timestamptz), auth.measure_storage(uuid, timestamptz),
  auth.begin_platform_sign_in(text, bytea, text, timestamptz)
  to gantry_app;
grant execute on function auth.platform_organizations(text, timestamptz, timestamptz, uuid, int),
  auth.platform_organization(uuid, timestamptz), auth.platform_history(uuid, timestamptz, uuid, int),
  auth.platform_set_plan(uuid, boolean, timestamptz, timestamptz, uuid, text),
  auth.platform_suspend(uuid, text, timestamptz, uuid, text), auth.platform_resume(uuid, text, timestamptz, uuid, text),
  auth.platform_storage(uuid[]), auth.platform_note(uuid, text, timestamptz, uuid, text),
  auth.platform_letters(uuid, timestamptz), auth.platform_job_lag()
  to gantry_platform;
