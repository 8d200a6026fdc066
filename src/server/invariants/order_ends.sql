-- A closed work order says when it closed; a delivered one who collected it; nothing else is closed or handed over.
select w.id::text as "id!", case
    when w.closed_at is null then format('%s, but without the time of closing', w.phase)
    when w.phase not in ('delivered', 'cancelled') then format('closed although it is %s', w.phase)
    when w.phase = 'delivered' and h.work_order_id is null then 'delivered without a hand-over'
    else format('handed over although it is %s', w.phase) end as "what!"
  from work_orders w
  left join hand_overs h on (h.org_id, h.work_order_id) = (w.org_id, w.id)
 where (w.closed_at is not null) <> (w.phase in ('delivered', 'cancelled'))
    or (h.work_order_id is not null) <> (w.phase = 'delivered')
union all
select w.id::text, 'delivered although it was never ready'
  from work_orders w where w.phase = 'delivered' and w.finished_at is null
 limit 50
