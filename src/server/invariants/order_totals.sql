-- What a work order shows as its total is the sum of its lines, per line rounded half away from zero, without declined jobs.
select w.id::text as "id!", format('total is %s, its lines add up to %s', w.total_minor, coalesce(l.total, 0)) as "what!"
  from work_orders w
  left join (
    select l.work_order_id, sum(n.net + round(n.net * l.tax_basis_points / 10000)) as total
      from lines l
      join jobs j on (j.org_id, j.id) = (l.org_id, l.job_id)
      cross join lateral (select case l.kind when 'text' then 0 when 'discount' then -1 else 1 end
                               * round(l.quantity_milli::numeric * l.unit_price_minor / 1000) as net) n
     where j.decision <> 'declined'
     group by l.work_order_id) l on l.work_order_id = w.id
 where w.total_minor <> coalesce(l.total, 0)
 limit 50
