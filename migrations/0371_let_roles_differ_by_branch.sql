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
