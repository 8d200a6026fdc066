-- A preset that reads and writes nothing, and "sees all work orders" as a right of a role instead of a switch of the organization.

alter table members drop constraint members_role_check;
alter table members add constraint members_role_check
  check (role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'));
alter table invites drop constraint invites_role_check;
alter table invites add constraint invites_role_check
  check (role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'));
alter table custom_roles drop constraint custom_roles_base_role_check;
alter table custom_roles add constraint custom_roles_base_role_check
  check (base_role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer'));
alter table role_rights drop constraint role_rights_role_check;
alter table role_rights add constraint role_rights_role_check
  check (role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer'));
alter table organization_settings drop constraint organization_settings_second_factor_roles_check;
alter table organization_settings add constraint organization_settings_second_factor_roles_check
  check (second_factor_roles <@ array['owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer']);
alter table announcements drop constraint announcements_roles_check;
alter table announcements add constraint announcements_roles_check
  check (roles <@ array['owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer']);
alter table announcement_addresses drop constraint announcement_addresses_of_role_check;
alter table announcement_addresses add constraint announcement_addresses_of_role_check
  check (of_role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'));

-- Where technicians saw all work orders, the preset and every role made from it have the right now.
alter table organization_settings no force row level security;
alter table custom_roles no force row level security;
alter table role_rights no force row level security;
insert into role_rights (org_id, role, custom_role_id, right_name, granted)
select t.org_id, 'technician', null, 'ViewAllOrders', true from organization_settings t where t.technicians_see_all
union all
select c.org_id, 'technician', c.id, 'ViewAllOrders', true
  from organization_settings t join custom_roles c on c.org_id = t.org_id and c.base_role = 'technician' where t.technicians_see_all;
alter table role_rights force row level security;
alter table custom_roles force row level security;
alter table organization_settings force row level security;

-- Whether a role sees work orders that do not name its holder: the one right that the database has to know, because row security hides
-- those orders. A test compares it with the server's table of rights.
create function app.role_sees_all_orders(org uuid, of_role text, custom_role uuid) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return of_role = 'owner' or coalesce(
    (select r.granted from public.role_rights r
      where r.org_id = org and r.role = of_role and r.custom_role_id is not distinct from custom_role and r.right_name = 'ViewAllOrders'),
    of_role <> 'technician');
end $$;
grant execute on function app.role_sees_all_orders(uuid, text, uuid) to gantry_tenant;

create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - least(idle, x.own_idle);
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'login', u.email,
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
      'sees_all_orders', app.role_sees_all_orders(s.org_id, m.role, m.custom_role_id),
      'settings', to_jsonb(t) - 'org_id',
      'workshops', case when s.tablet_id is null then
                     (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                        from auth.affiliations f join auth.organizations w on w.id = f.org_id
                       where f.user_id = s.user_id and f.left_at is null)
                   else jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)) end,
      'stale', s.last_seen_at < at - interval '1 minute',
      'confirmed_at', s.confirmed_at, 'by_pin', s.tablet_id is not null, 'unverified', u.unverified_since is not null,
      'factor_due', m.role = any (t.second_factor_roles)
        and not exists (select from auth.second_factors f where f.user_id = u.id and f.confirmed_at is not null))
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case when (answer ->> 'sees_all_orders')::boolean then 'all' else 'assigned' end, true),
    set_config('app.shares', case when (answer #>> '{settings,share_customers}')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;

alter table organization_settings drop column technicians_see_all;
