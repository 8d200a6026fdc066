-- Who or what is in the shop is not archived.
select w.id::text as "id!", case when c.archived_at is not null then 'open, but its customer is archived'
                                 else 'open, but what it is about is archived' end as "what!"
  from work_orders w
  join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
  join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
 where w.closed_at is null and (c.archived_at is not null or a.archived_at is not null)
 limit 50
