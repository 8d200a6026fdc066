-- What is owed on an invoice is what was posted, less what was credited, less what was allocated.
select i.id::text as "id!", case
    when b.invoice_id is null then 'posted without a balance'
    else format('balance of %s charged, %s credited, %s paid; the documents say %s, %s, %s', b.total_minor, b.credited_minor, b.paid_minor,
                i.total_minor, coalesce(c.credited, 0), coalesce(a.paid, 0)) end as "what!"
  from invoices i
  left join invoice_balances b on b.invoice_id = i.id
  left join (select corrects_id, sum(total_minor) as credited from invoices where kind = 'credit_note' and state = 'posted' group by 1) c on c.corrects_id = i.id
  left join (select invoice_id, sum(amount_minor) as paid from payment_allocations group by 1) a on a.invoice_id = i.id
 where i.kind = 'invoice' and i.state = 'posted'
   and (b.total_minor, b.credited_minor, b.paid_minor, b.branch_id, b.customer_id, b.due_on)
       is distinct from (i.total_minor, coalesce(c.credited, 0), coalesce(a.paid, 0), i.branch_id, i.customer_id, i.due_on)
union all
select b.invoice_id::text, 'a balance of what is no posted invoice'
  from invoice_balances b
 where not exists (select from invoices i where i.id = b.invoice_id and i.kind = 'invoice' and i.state = 'posted')
 limit 50
