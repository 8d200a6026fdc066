-- A workshop's owner lets our support look for an hour, a day or a week, and ends it at any time. Without such a grant one of us has no
-- way in; with it he reads, writes nothing, takes nothing along, and each page he opens stands in the workshop's own trail.

create table support_grants (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  granted_by uuid not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  foreign key (org_id, granted_by) references members (org_id, id),
  foreign key (org_id, ended_by) references members (org_id, id),
  check (expires_at between granted_at and granted_at + interval '168 hours')
);
comment on table support_grants is 'When Gantry''s support was allowed to look, and until when.';
create index support_grants_newest on support_grants (org_id, granted_at desc, id desc);
call app.tenant_table('support_grants');

-- Open streams of ours end with the grant.
create function app.tell_support() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.org_id, new.org_id, 'organization', new.id));
  return null;
end $$;
create trigger support_grants_tell after update of ended_at on support_grants for each row execute function app.tell_support();

-- One of us looks: bound to the grant, gone with it.
create table auth.support_sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  admin_id uuid not null references auth.platform_admins,
  org_id uuid not null,
  grant_id uuid not null,
  branch_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  foreign key (org_id, grant_id) references public.support_grants (org_id, id)
);

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

-- As `auth.enter`, for one of us: a manager of all branches who is nobody's member. The server lets him read what a short list of
-- rights reads.
create function auth.enter_support(token_hash bytea, at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.support_sessions;
  g public.support_grants;
  answer jsonb;
begin
  select x.* into s from auth.support_sessions x join auth.platform_admins a on a.id = x.admin_id
   where x.token_hash = enter_support.token_hash and x.ended_at is null and a.deactivated_at is null
     and x.created_at > enter_support.at - interval '8 hours'; -- no longer than the shift it began in
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true);
  select * into g from public.support_grants x where x.id = s.grant_id and x.ended_at is null and x.expires_at > enter_support.at;
  if not found then
    perform set_config('app.org_id', '', true);
    return null;
  end if;
  perform set_config('app.member_id', '00000000-0000-0000-0000-000000000000', true), set_config('app.branches', 'all', true),
    set_config('app.sees', 'all', true), set_config('app.shares', 'all', true);
  select jsonb_build_object(
      'user_id', s.admin_id, 'org_id', s.org_id, 'member_id', '00000000-0000-0000-0000-000000000000', 'name', 'Gantry support', 'email', '',
      'role', 'manager', 'login', '', 'custom_role', 'Gantry support', 'rights', '{}'::jsonb,
      'org_name', o.name, 'org_slug', o.slug, 'all_branches', true, 'branch_id', s.branch_id,
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone) order by b.name)
                     from public.branches b), '[]'::jsonb),
      'currency', t.currency, 'asset_word', t.asset_word, 'distance_unit', t.distance_unit, 'require_odometer', t.require_odometer,
      'technicians_see_all', t.technicians_see_all, 'technicians_create', t.technicians_create,
      'receptionists_take_payments', t.receptionists_take_payments, 'payment_terms_days', t.payment_terms_days,
      'share_customers', t.share_customers, 'stale', false)
    || jsonb_build_object('workshops', jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)),
      'confirmed_at', null, 'by_pin', false, 'unverified', false, 'factor_due', false, 'support_until', g.expires_at)
    into answer
    from auth.organizations o join public.organization_settings t on t.org_id = o.id where o.id = s.org_id;
  return answer;
end $$;

create or replace function auth.come_in(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb := coalesce(auth.enter(token_hash, at, idle), auth.enter_support(token_hash, at));
  o auth.organizations;
  now_state text;
  now_until timestamptz;
begin
  if answer is null then return null; end if;
  select * into o from auth.organizations x where x.id = (answer ->> 'org_id')::uuid;
  select s.state, s.until into now_state, now_until from auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s;
  if now_state = 'suspended' then
    perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  end if;
  return answer || jsonb_build_object('org_state', now_state, 'state_until', now_until, 'on_trial', o.state = 'trial',
    'expires_at', o.expires_at, 'cancelled_at', o.cancelled_at);
end $$;

-- Written before the page is shown: what cannot be told is not seen. False when the look is over.
create function auth.tell_support_look(token_hash bytea, what text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  s auth.support_sessions;
begin
  select * into s from auth.support_sessions x where x.token_hash = tell_support_look.token_hash and x.ended_at is null;
  if not found then return false; end if;
  perform set_config('app.org_id', s.org_id::text, true);
  insert into public.audit_events (id, at, member_name, action, entity, entity_id, summary, request_id)
  select event_id, tell_support_look.at, 'Gantry support', 'support.looked', 'organization', s.org_id, 'Looked at ' || left(what, 300),
         tell_support_look.request_id
    from public.support_grants g where g.id = s.grant_id and g.ended_at is null and g.expires_at > tell_support_look.at;
  if not found then return false; end if;
  -- Who of us it was is for us to know; what was searched for is not.
  insert into auth.platform_events (id, at, admin_id, admin_name, action, org_id, summary, request_id)
  select event_id, tell_support_look.at, a.id, a.name, 'support.looked', s.org_id, 'Looked at ' || left(split_part(what, '?', 1), 300),
         tell_support_look.request_id
    from auth.platform_admins a where a.id = s.admin_id;
  return true;
end $$;

create function auth.end_support_look(token_hash bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.support_sessions s set ended_at = at where s.token_hash = end_support_look.token_hash and s.ended_at is null
$$;

create or replace function auth.choose_branch(token_hash bytea, branch uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update auth.sessions s set branch_id = branch where s.token_hash = choose_branch.token_hash;
  update auth.support_sessions s set branch_id = branch where s.token_hash = choose_branch.token_hash;
$$;

-- What a workshop granted, newest first.
create function auth.platform_grants(org uuid) returns table (granted_at timestamptz, expires_at timestamptz, ended_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  perform set_config('app.org_id', org::text, true);
  return query select g.granted_at, g.expires_at, g.ended_at from public.support_grants g order by g.granted_at desc, g.id desc limit 20;
  perform set_config('app.org_id', '', true);
end $$;

-- Begins a look, with the grant that lasts longest. False without one.
create function auth.platform_look(org uuid, token_hash bytea, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  grant_of uuid;
begin
  if auth.platform_admin() is null then return false; end if;
  perform set_config('app.org_id', org::text, true);
  select g.id into grant_of from public.support_grants g
   where g.ended_at is null and g.expires_at > platform_look.at order by g.expires_at desc limit 1;
  perform set_config('app.org_id', '', true);
  if grant_of is null then return false; end if;
  insert into auth.support_sessions (token_hash, admin_id, org_id, grant_id, created_at)
  values (platform_look.token_hash, auth.platform_admin(), org, grant_of, platform_look.at);
  perform auth.platform_tell(org, 'support.began', 'Began to look at the workshop', null, platform_look.at, event_id, platform_look.request_id);
  return true;
end $$;

revoke all on function auth.enter_support(bytea, timestamptz), auth.tell_support_look(bytea, text, timestamptz, uuid, text),
  auth.end_support_look(bytea, timestamptz), auth.platform_grants(uuid), auth.platform_look(uuid, bytea, timestamptz, uuid, text) from public;
grant execute on function auth.tell_support_look(bytea, text, timestamptz, uuid, text), auth.end_support_look(bytea, timestamptz) to gantry_app;
grant execute on function auth.platform_grants(uuid), auth.platform_look(uuid, bytea, timestamptz, uuid, text) to gantry_platform;
