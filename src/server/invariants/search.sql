-- Every customer, vehicle or device and work order that is not archived is found by the search, a company also by the name and number of
-- each of its drivers, and nothing else is.
with things as (
  select 'customer' as kind, id, null::uuid as branch_id from customers where archived_at is null
  union all select 'asset', id, null from assets where archived_at is null
  union all select 'work_order', id, branch_id from work_orders),
entries as (select * from search.entries where org_id = app.current_org())
select coalesce(t.id, e.entity_id)::text as "id!",
       case when e.entity_id is null then format('the search does not know this %s', t.kind)
            else format('the search knows a %s that is not there, or at another branch', e.kind) end as "what!"
  from things t
  full join entries e on e.kind = t.kind and e.entity_id = t.id
 where t.id is null or e.entity_id is null or (t.kind = 'work_order' and e.seen_by is distinct from array[t.branch_id])
union all
select d.id::text, 'the search does not know this driver'
  from drivers d
  join entries e on e.kind = 'customer' and e.entity_id = d.customer_id
 where d.archived_at is null
   and (position(search.norm(d.name) in e.names) = 0 or position(search.norm(d.phone_norm) in e.terms) = 0)
 limit 50
