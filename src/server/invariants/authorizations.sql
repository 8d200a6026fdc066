-- A customer's yes or no is on record with what was shown; work begins only on what is authorized.
select j.id::text as "id!", format('%s, but nobody recorded the decision', j.decision) as "what!"
  from jobs j
 where j.decision <> 'open' and j.payer = 'customer'
   and not exists (select from authorizations a where a.work_order_id = j.work_order_id and a.decision = j.decision)
union all
select j.id::text, 'work runs without an authorization'
  from jobs j
 where j.work_state = 'started' and j.payer = 'customer' and j.decision <> 'approved'
union all
-- Finished work whose price changed waits for the customer's word on the new one; without it, it cannot be billed.
select j.id::text, 'work was done without an authorization'
  from jobs j
 where j.work_state = 'finished' and j.payer = 'customer' and j.decision <> 'approved'
   and not exists (select from authorizations a where a.work_order_id = j.work_order_id and a.decision = 'approved')
union all
select a.id::text, format('amount is %s, what was shown comes to %s', a.amount_minor, a.shown #>> '{asked,totals,gross}')
  from authorizations a
 where a.amount_minor is distinct from (a.shown #>> '{asked,totals,gross}')::bigint
 limit 50
