-- What a database of the schema 0361 lacks: the steps up to 0373 of the former migrations, as they were. It runs once and is never edited.

-- 0370_add_viewers_and_the_right_to_see_all_orders

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

-- 0371_let_roles_differ_by_branch

-- A membership may have another role in one of its branches. Without one there the membership's own role holds; owners are owners everywhere.
-- For members of all branches such a row is an exception and takes no branch away.

alter table member_branches add column role text;
alter table member_branches add column custom_role_id uuid;
alter table member_branches add constraint member_branches_role_check
  check (role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer'));
alter table member_branches add constraint member_branches_own_role_is_whole check (role is not null or custom_role_id is null);
alter table member_branches add constraint member_branches_custom_role_fkey
  foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role);
comment on column member_branches.role is 'The role in this branch; null is the membership''s.';

-- `[{"branch_id", "role", "custom_role_id"}]`: the branches in which another role is offered.
alter table invites add column branch_roles jsonb not null default '[]'
  constraint invites_branch_roles_check check (jsonb_array_length(branch_roles) >= 0);

-- Who works in which branch, now also as what: one row for a member and a branch.
create or replace view app.workplaces with (security_invoker = true) as
select m.org_id, m.id as member_id, b.id as branch_id,
       case when m.role = 'owner' then m.role else coalesce(x.role, m.role) end as role,
       case when m.role = 'owner' or x.role is null then m.custom_role_id else x.custom_role_id end as custom_role_id
  from members m
  join branches b on b.org_id = m.org_id
  left join member_branches x on (x.org_id, x.member_id, x.branch_id) = (m.org_id, m.id, b.id)
 where m.all_branches or m.role = 'owner' or x.branch_id is not null;

-- `app.sees` is 'all', 'assigned', or 'assigned' and the branches in which all orders are seen.
create or replace function app.sees_all_orders() returns boolean language sql stable parallel safe
  as $$ select split_part(coalesce(current_setting('app.sees', true), ''), ',', 1) <> 'assigned' $$;
create function app.open_branch_ids() returns uuid[] language sql stable parallel safe
  as $$ select case when coalesce(current_setting('app.sees', true), '') like 'assigned,%'
                    then string_to_array(substr(current_setting('app.sees', true), 10), ',')::uuid[] else '{}'::uuid[] end $$;

drop policy assigned on work_orders;
create policy assigned on work_orders as restrictive for select using ((select app.sees_all_orders())
  or branch_id = any ((select app.open_branch_ids())::uuid[])
  or exists (select from job_technicians t where t.org_id = work_orders.org_id and t.work_order_id = work_orders.id
     and t.member_id = (select app.current_member()) offset 0));

-- The search index follows the same rule.
do $$
declare
  f record;
  after text;
begin
  for f in select p.proname, pg_get_functiondef(p.oid) as before from pg_proc p
            where p.pronamespace = 'search'::regnamespace and p.proname in ('find', 'near', 'brought') loop
    after := replace(f.before, 'all_orders boolean := app.sees_all_orders();',
                     E'all_orders boolean := app.sees_all_orders();\n  open_branches uuid[] := app.open_branch_ids();');
    after := replace(after, '(e.kind <> ''work_order'' or all_orders or exists (',
                     '(e.kind <> ''work_order'' or all_orders or e.seen_by && open_branches or exists (');
    after := replace(after, '(all_orders or exists (', '(all_orders or w.branch_id = any (open_branches) or exists (');
    after := replace(after, '(app.sees_all_orders() or exists (',
                     '(app.sees_all_orders() or w.branch_id = any (app.open_branch_ids()) or exists (');
    if after = f.before or after not like '%open_branch%' then
      raise exception 'search.% is not as expected', f.proname;
    end if;
    execute after;
  end loop;
end $$;

-- Where a role departs from its preset.
create function app.departures(org uuid, of_role text, custom_role uuid) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select jsonb_object_agg(r.right_name, r.granted) from public.role_rights r
                    where r.org_id = org and r.role = of_role and r.custom_role_id is not distinct from custom_role), '{}'::jsonb);
end $$;

create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
  sees boolean;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - least(idle, x.own_idle);
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'login', u.email,
      'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = m.custom_role_id),
      'rights', app.departures(s.org_id, m.role, m.custom_role_id),
      'org_name', o.name, 'org_slug', o.slug, 'org_state', o.state,
      'all_branches', m.all_branches or m.role = 'owner',
      'branch_id', s.branch_id,
      'branches', coalesce((
        select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone,
                 'own_role', case when x.role is not null and m.role <> 'owner' then jsonb_build_object('role', x.role,
                   'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = x.custom_role_id),
                   'rights', app.departures(s.org_id, x.role, x.custom_role_id),
                   'sees_all_orders', app.role_sees_all_orders(s.org_id, x.role, x.custom_role_id)) end) order by b.name)
          from public.branches b
          left join public.member_branches x on (x.org_id, x.member_id, x.branch_id) = (s.org_id, m.id, b.id)
         where b.org_id = s.org_id and (m.all_branches or m.role = 'owner' or x.branch_id is not null)), '[]'::jsonb),
      'sees_all_orders', app.role_sees_all_orders(s.org_id, m.role, m.custom_role_id),
      'settings', to_jsonb(t) - 'org_id',
      'workshops', case when s.tablet_id is null then
                     (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                        from auth.affiliations f join auth.organizations w on w.id = f.org_id
                       where f.user_id = s.user_id and f.left_at is null)
                   else jsonb_build_array(jsonb_build_object('id', s.org_id, 'name', o.name)) end,
      'stale', s.last_seen_at < at - interval '1 minute',
      'confirmed_at', s.confirmed_at, 'by_pin', s.tablet_id is not null, 'unverified', u.unverified_since is not null,
      'factor_due', (m.role = any (t.second_factor_roles)
          or exists (select from public.member_branches x where (x.org_id, x.member_id) = (s.org_id, m.id) and x.role = any (t.second_factor_roles)))
        and not exists (select from auth.second_factors f where f.user_id = u.id and f.confirmed_at is not null))
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  sees := (answer ->> 'sees_all_orders')::boolean;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case
      when not answer @? '$.branches[*].own_role.role' then case when sees then 'all' else 'assigned' end
      else (select case when bool_and(coalesce((b #>> '{own_role,sees_all_orders}')::boolean, sees)) then 'all'
                        else concat_ws(',', 'assigned', string_agg(b ->> 'id', ',')
                               filter (where coalesce((b #>> '{own_role,sees_all_orders}')::boolean, sees))) end
              from jsonb_array_elements(answer -> 'branches') b) end, true),
    set_config('app.shares', case when (answer #>> '{settings,share_customers}')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;

-- An accepted invitation gives its roles by branch too.
do $$
declare
  accept regprocedure := (select p.oid from pg_proc p where p.pronamespace = 'auth'::regnamespace and p.proname = 'accept_invite');
  before text := pg_get_functiondef(accept);
  after text := replace(before,
    'insert into public.member_branches (member_id, branch_id)
    select joined, b.id from public.branches b where b.id = any (i.branch_ids) and not i.all_branches;',
    'insert into public.member_branches (member_id, branch_id, role, custom_role_id)
    select joined, b.id, o.role, o.custom_role_id
      from public.branches b
      left join jsonb_to_recordset(i.branch_roles) o (branch_id uuid, role text, custom_role_id uuid) on o.branch_id = b.id
     where i.role <> ''owner'' and (b.id = any (i.branch_ids) and not i.all_branches or o.role is not null);');
begin
  if after = before then
    raise exception 'auth.accept_invite is not as expected';
  end if;
  execute after;
end $$;

-- 0372_log_prints

-- A printed document with somebody's data leaves a row in the log of exports. A row about one document is a print of it.

alter table export_events add column entity text not null default '' constraint export_events_entity_check check (length(entity) <= 40);
alter table export_events add column entity_id uuid;
alter table export_events add constraint export_events_prints_name_a_document check ((entity = '') = (entity_id is null));
comment on table export_events is 'What left the workshop: exports in one piece (this download too, from the next one on), and printed documents.';

-- 0373_add_drivers

-- Who drives for a company: a fleet's vehicles are brought by its drivers.

create table drivers (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  customer_id uuid not null,
  name text not null constraint drivers_name_check check (length(name) between 1 and 120),
  phone text not null default '',
  phone_norm text not null default '',
  email text not null default '',
  licence text not null default '',
  notes text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  archived_reason text not null default '',
  version int not null default 1,
  constraint drivers_pkey primary key (org_id, id),
  constraint drivers_customer_fkey foreign key (org_id, customer_id) references customers (org_id, id)
);
comment on table drivers is 'Who drives for a company and brings its vehicles.';
create index drivers_customer on drivers (org_id, customer_id, (lower(name)), id);
create index drivers_phone on drivers (org_id, phone_norm) where phone_norm <> '';
call app.tenant_table('drivers');
-- Seen where the company is seen.
create policy shared on drivers as restrictive using (
  exists (select from customers c where c.org_id = drivers.org_id and c.id = drivers.customer_id));

-- Who brought what the order is about. The company of both is compared by `verify-invariants`: a merge of customers moves both.
alter table work_orders add column driver_id uuid;
alter table work_orders add constraint work_orders_driver_fkey foreign key (org_id, driver_id) references drivers (org_id, id);
create index work_orders_driver on work_orders (org_id, driver_id) where driver_id is not null;

-- A company is found by its drivers' names and numbers, too.
create function search.put_customer(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('customer', c.id, c.seen_by, c.name, concat_ws(' ', c.name, c.contact_name, d.names),
                     concat_ws(' ', c.phone_norm, c.phone, c.email, c.city, d.marks))
     from public.customers c
    cross join lateral (
      select string_agg(d.name, ' ' order by d.id) as names, string_agg(concat_ws(' ', d.phone_norm, d.phone, d.email), ' ' order by d.id) as marks
        from public.drivers d where (d.org_id, d.customer_id) = (c.org_id, c.id) and d.archived_at is null) d
    where c.org_id = app.current_org() and c.id = put_customer.of and c.archived_at is null;
end $$;
revoke all on function search.put_customer(uuid) from public;

create or replace function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('customer', new.id);
    return null;
  end if;
  perform search.put_customer(new.id);
  if tg_op = 'UPDATE' and new.name <> old.name then
    perform search.put_open_orders(new.id, null);
  end if;
  return null;
end $$;

create function search.follow_driver() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put_customer(new.customer_id);
  if tg_op = 'UPDATE' and new.customer_id <> old.customer_id then
    perform search.put_customer(old.customer_id);
  end if;
  return null;
end $$;
revoke all on function search.follow_driver() from public;
create trigger drivers_search after insert or update of customer_id, name, phone, email, archived_at on drivers
  for each row execute function search.follow_driver();
