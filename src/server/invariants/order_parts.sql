-- A line and an assignment belong to the work order of their job.
select l.id::text as "id!", 'line of another work order than its job' as "what!"
  from lines l join jobs j on (j.org_id, j.id) = (l.org_id, l.job_id)
 where j.work_order_id <> l.work_order_id
union all
select t.job_id::text, 'technician of another work order than the job'
  from job_technicians t join jobs j on (j.org_id, j.id) = (t.org_id, t.job_id)
 where j.work_order_id <> t.work_order_id
union all
select w.id::text, 'brought by a driver of another company'
  from work_orders w join drivers d on (d.org_id, d.id) = (w.org_id, w.driver_id)
 where d.customer_id <> w.customer_id
union all
select w.id::text, 'the vehicle is another customer''s than the order''s, and nobody recorded a change of owner'
  from work_orders w join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
 where a.customer_id <> w.customer_id
   and not exists (select from audit_events e where e.entity_id = a.id and e.action like 'asset.%' and e.at >= w.created_at)
 limit 50
