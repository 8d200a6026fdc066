-- An order carries a label of its own phase, and a closed one carries none; closed phases have no labels.
select o.work_order_id::text as "id!", format('a work order in %s carries “%s” of %s', w.phase, l.name, l.phase) as "what!"
  from work_order_labels o
  join work_orders w on (w.org_id, w.id) = (o.org_id, o.work_order_id)
  join labels l on (l.org_id, l.id) = (o.org_id, o.label_id)
 where l.phase <> w.phase or w.closed_at is not null
union all
select l.id::text, format('a label of %s, which is no phase of open work orders', l.phase)
  from labels l join app.phases p on p.phase = l.phase where not p.open
 limit 50
