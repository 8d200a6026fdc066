-- Who works in which branch: those whose membership lists it, and everybody who works in all. One rule for everything that asks.
create view app.workplaces with (security_invoker = true) as
  select b.org_id, b.member_id, b.branch_id from public.member_branches b
  union all
  select m.org_id, m.id, b.id from public.members m join public.branches b on b.org_id = m.org_id where m.all_branches or m.role = 'owner';
grant select on app.workplaces to gantry_tenant;
