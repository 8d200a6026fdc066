-- A credit note corrects one posted invoice of the same customer and branch, and takes back no more than it charged.
select c.id::text as "id!", case
    when i.kind <> 'invoice' or i.state <> 'posted' then 'corrects what is no posted invoice'
    when (c.customer_id, c.branch_id, c.currency) is distinct from (i.customer_id, i.branch_id, i.currency) then 'corrects another customer''s or branch''s invoice'
    else format('takes back %s of %s', c.total_minor, i.total_minor) end as "what!"
  from invoices c join invoices i on (i.org_id, i.id) = (c.org_id, c.corrects_id)
 where i.kind <> 'invoice' or i.state <> 'posted' or c.total_minor > i.total_minor
    or (c.customer_id, c.branch_id, c.currency) is distinct from (i.customer_id, i.branch_id, i.currency)
 limit 50
