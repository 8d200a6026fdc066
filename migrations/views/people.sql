-- Who works in which branch: those whose membership lists it, and everybody who works in all. One rule for everything that asks.
create or replace view app.workplaces with (security_invoker = true) as
select m.org_id, m.id as member_id, b.id as branch_id,
       case when m.role = 'owner' then m.role else coalesce(x.role, m.role) end as role,
       case when m.role = 'owner' or x.role is null then m.custom_role_id else x.custom_role_id end as custom_role_id
  from members m
  join branches b on b.org_id = m.org_id
  left join member_branches x on (x.org_id, x.member_id, x.branch_id) = (m.org_id, m.id, b.id)
 where m.all_branches or m.role = 'owner' or x.branch_id is not null;
grant select on app.workplaces to gantry_tenant;
