-- What an owner decided about rights: a role's own deviations from its preset, and roles of the workshop's own on top of a preset.

create table custom_roles (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  base_role text not null check (base_role in ('manager', 'receptionist', 'technician', 'accountant')),
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (org_id, id),
  unique (org_id, id, base_role)
);
create unique index custom_roles_name on custom_roles (org_id, name) where archived_at is null;
call app.tenant_table('custom_roles');

-- Only deviations: a right without a row here is as the preset says.
create table role_rights (
  org_id uuid not null default app.current_org() references auth.organizations,
  role text not null check (role in ('manager', 'receptionist', 'technician', 'accountant')),
  custom_role_id uuid,
  right_name text not null check (length(right_name) between 1 and 40),
  granted boolean not null,
  -- A preset's name, or the id of the workshop's own role.
  role_key text not null generated always as (coalesce(custom_role_id::text, role)) stored,
  primary key (org_id, role_key, right_name),
  foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role)
);
call app.tenant_table('role_rights', 'full');

-- A member of a role of the workshop's own has its preset as `role`, so that every older rule still holds.
alter table members add column custom_role_id uuid;
alter table members add foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role);

create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
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
      'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = m.custom_role_id),
      'rights', coalesce((select jsonb_object_agg(r.right_name, r.granted) from public.role_rights r
                           where r.org_id = s.org_id and r.role = m.role and r.custom_role_id is not distinct from m.custom_role_id), '{}'::jsonb),
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
