-- What was created, posted or paid has left its row in the trail.
select w.id::text as "id!", 'work order without a row in the trail' as "what!"
  from work_orders w where not exists (select from audit_events e where e.entity_id = w.id)
union all
select i.id::text, format('%s posted without a row in the trail', replace(i.kind, '_', ' '))
  from invoices i where i.state = 'posted' and not exists (select from audit_events e where e.entity_id = i.id)
union all
select p.id::text, 'payment without a row in the trail'
  from payments p where not exists (select from audit_events e where e.entity_id = p.id)
 limit 50
