-- A work order stands where its last move led; its moves hang together and follow the table of moves.
with moves as (
  select m.*, lag(m.to_phase) over o as before, row_number() over o as step,
         row_number() over (partition by m.work_order_id order by m.at desc, m.id desc) as back
    from work_order_moves m
  window o as (partition by m.work_order_id order by m.at, m.id))
select w.id::text as "id!", format('phase is %s, the last move led to %s', w.phase, coalesce(m.to_phase, 'nowhere: there is none')) as "what!"
  from work_orders w left join moves m on m.work_order_id = w.id and m.back = 1
 where m.to_phase is distinct from w.phase
union all
select m.id::text, format('move from %s although the order stood at %s', coalesce(m.from_phase, 'nothing'), coalesce(m.before, 'nothing'))
  from moves m where m.from_phase is distinct from m.before
union all
select m.id::text, format('no such move: %s to %s', coalesce(m.from_phase, 'nothing'), m.to_phase)
  from moves m
 where (m.step = 1 and m.to_phase <> 'received')
    or (m.step > 1 and not exists (select from app.phase_moves p where (p.from_phase, p.to_phase) = (m.from_phase, m.to_phase)))
 limit 50
