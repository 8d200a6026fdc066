-- A document is posted for work that the customer approved, pays for and that was done: finished, or begun on an order that is ready.
-- What was billed before and credited may be billed again, as it is.

-- Whether a job is the customer's to pay; the same rule as `chargeable` of the program.
create function app.chargeable(payer text, decision text) returns boolean language sql immutable parallel safe
  as $$ select payer = 'customer' and decision = 'approved' $$;
grant execute on function app.chargeable(text, text) to gantry_tenant;

create function app.guard_posted_work() returns trigger language plpgsql as $$
declare
  undone text;
begin
  select string_agg(format('%L', j.title), ', ' order by j.position) into undone
    from public.invoiced_jobs b
    join public.jobs j on (j.org_id, j.id) = (b.org_id, b.job_id)
   where b.org_id = new.org_id and b.invoice_id = new.id
     and (not app.chargeable(j.payer, j.decision)
          or j.work_state <> 'finished'
             and not (j.work_state = 'started' and exists (
               select from public.work_orders w where (w.org_id, w.id) = (j.org_id, j.work_order_id) and w.phase in ('ready', 'delivered')))
             and not exists (
               select from public.invoice_lines l join public.invoices c on (c.org_id, c.id) = (l.org_id, l.invoice_id)
                where l.org_id = j.org_id and l.job_id = j.id and c.kind = 'credit_note' and c.state = 'posted'));
  if undone is not null then
    raise exception 'work was not done: %', undone using errcode = 'GA009';
  end if;
  return new;
end $$;
create trigger invoices_posted_work before update on invoices
  for each row when (old.state = 'draft' and new.state = 'posted' and new.kind = 'invoice') execute function app.guard_posted_work();
