-- Support that looks where an owner lets it: one of us, bound to a grant, reading only.

-- Open streams of ours end with the grant.
create or replace function app.tell_support() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.org_id, new.org_id, 'organization', new.id));
  return null;
end $$;

-- Written before the page is shown: what cannot be told is not seen. False when the look is over.
create or replace function auth.tell_support_look(token_hash bytea, what text, at timestamptz, event_id uuid, request_id text) returns boolean
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

create or replace function auth.end_support_look(token_hash bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.support_sessions s set ended_at = at where s.token_hash = end_support_look.token_hash and s.ended_at is null
$$;

-- What a workshop granted, newest first.
create or replace function auth.platform_grants(org uuid) returns table (granted_at timestamptz, expires_at timestamptz, ended_at timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  perform set_config('app.org_id', org::text, true);
  return query select g.granted_at, g.expires_at, g.ended_at from public.support_grants g order by g.granted_at desc, g.id desc limit 20;
  perform set_config('app.org_id', '', true);
end $$;

-- Begins a look, with the grant that lasts longest. False without one.
create or replace function auth.platform_look(org uuid, token_hash bytea, at timestamptz, event_id uuid, request_id text) returns boolean
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

-- As `auth.enter`, for one of us: a manager of all branches who is nobody's member. The server lets them read what a short list of
-- rights reads.
create or replace function auth.enter_support(token_hash bytea, at timestamptz) returns jsonb
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
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone, 'country', b.country) order by b.name)
                     from public.branches b), '[]'::jsonb),
      'settings', to_jsonb(t) - 'org_id', 'stale', false,
      'workshops', jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)),
      'confirmed_at', null, 'by_pin', false, 'unverified', false, 'factor_due', false, 'support_until', g.expires_at)
    into answer
    from auth.organizations o join public.organization_settings t on t.org_id = o.id where o.id = s.org_id;
  return answer;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.tell_support_look(bytea, text, timestamptz, uuid, text), auth.end_support_look(bytea, timestamptz),
  auth.platform_grants(uuid), auth.platform_look(uuid, bytea, timestamptz, uuid, text), auth.enter_support(bytea, timestamptz)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.tell_support_look(bytea, text, timestamptz, uuid, text),
  auth.end_support_look(bytea, timestamptz)
  to gantry_app;
grant execute on function auth.platform_grants(uuid), auth.platform_look(uuid, bytea, timestamptz, uuid, text)
  to gantry_platform;
