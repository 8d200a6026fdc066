-- A payment settles no more than it brought, of the same customer, and nothing once it was reversed; a reversal takes back exactly
-- its payment and settles nothing itself.
select p.id::text as "id!", format('%s received, %s allocated', p.amount_minor, a.allocated) as "what!"
  from payments p
  join (select payment_id, sum(amount_minor) as allocated from payment_allocations group by 1) a on a.payment_id = p.id
 where a.allocated not between 0 and p.amount_minor
    or (a.allocated <> 0 and exists (select from payments r where (r.org_id, r.reverses_id) = (p.org_id, p.id)))
union all
select a.id::text, 'allocated to another customer''s invoice, or in another currency'
  from payment_allocations a
  join payments p on (p.org_id, p.id) = (a.org_id, a.payment_id)
  join invoices i on (i.org_id, i.id) = (a.org_id, a.invoice_id)
 where (p.customer_id, p.currency) is distinct from (i.customer_id, i.currency)
union all
select r.id::text, format('reverses %s of %s', -r.amount_minor, p.amount_minor)
  from payments r join payments p on (p.org_id, p.id) = (r.org_id, r.reverses_id)
 where r.amount_minor <> -p.amount_minor or r.customer_id <> p.customer_id
 limit 50
