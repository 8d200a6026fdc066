-- A branch's work orders are numbered 1 to n without a hole.
select w.id::text as "id!", format('number %s stands at place %s', w.number, w.place) as "what!"
  from (select id, number, row_number() over (partition by branch_id order by number) as place from work_orders) w
 where w.number <> w.place
union all
select b.id::text, format('%s work orders, but the series stands at %s', coalesce(w.count, 0), coalesce(s.last_number, 0))
  from branches b
  left join (select branch_id, count(*) from work_orders group by 1) w on w.branch_id = b.id
  left join number_series s on s.branch_id = b.id and s.series = 'work_order'
 where coalesce(w.count, 0) <> coalesce(s.last_number, 0)
 limit 50
