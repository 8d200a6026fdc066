-- Documents and money: what guards them, and balances that follow.

-- A posted document never changes, nor does any part of it.
create or replace function app.guard_posted() returns trigger language plpgsql as $$
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if old.state = 'posted' then
    raise exception 'a posted document never changes' using errcode = 'GA004';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

create or replace function app.guard_posted_part() returns trigger language plpgsql as $$
declare
  part record := case when tg_op = 'DELETE' then old else new end;
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if exists (select from public.invoices i where i.org_id = part.org_id and i.id = part.invoice_id and i.state = 'posted') then
    raise exception 'a posted document never changes' using errcode = 'GA004';
  end if;
  return part;
end $$;

create or replace function app.guard_invoiced_job() returns trigger language plpgsql as $$
declare
  part record := case when tg_op = 'DELETE' then old else new end;
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if exists (select from public.invoices i where i.org_id = part.org_id and i.id = part.invoice_id and i.state = 'posted')
     and not exists (select from public.invoices c where c.org_id = part.org_id and c.corrects_id = part.invoice_id and c.state = 'posted') then
    raise exception 'a posted document never changes' using errcode = 'GA004';
  end if;
  return part;
end $$;

-- What was billed stays as it was billed, also on the work order.
create or replace function app.is_billed(org uuid, job uuid) returns boolean language sql stable as $$
  select exists (select from public.invoiced_jobs b join public.invoices i on (i.org_id, i.id) = (b.org_id, b.invoice_id)
                  where b.org_id = org and b.job_id = job and i.state = 'posted')
$$;

create or replace function app.guard_billed_line() returns trigger language plpgsql as $$
declare
  part record := case when tg_op = 'DELETE' then old else new end;
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if app.is_billed(part.org_id, part.job_id) then
    raise exception 'job is invoiced' using errcode = 'GA006';
  end if;
  return part;
end $$;

create or replace function app.guard_billed_job() returns trigger language plpgsql as $$
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if tg_op = 'DELETE' then
    if exists (select from public.invoice_lines l where l.org_id = old.org_id and l.job_id = old.id) then
      raise exception 'job is invoiced' using errcode = 'GA006';
    end if;
    return old;
  end if;
  if (new.payer, new.decision) is distinct from (old.payer, old.decision) and app.is_billed(old.org_id, old.id) then
    raise exception 'job is invoiced' using errcode = 'GA006';
  end if;
  return new;
end $$;

-- A document starts as a draft and is posted with the sums of its lines.
create or replace function app.guard_posting() returns trigger language plpgsql as $$
declare
  sums record;
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if new.state <> 'posted' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    raise exception 'a document starts as a draft' using errcode = 'GA004';
  end if;
  select coalesce(sum(l.net_minor), 0) as net, coalesce(sum(l.tax_minor), 0) as tax into sums
    from public.invoice_lines l where l.org_id = new.org_id and l.invoice_id = new.id;
  if (sums.net, sums.tax) is distinct from (new.net_minor::numeric, new.tax_minor::numeric) or new.total_minor < 0 then
    raise exception 'totals are not the sum of the lines' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function app.follow_posting() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if app.is_moving() then return null; end if;
  if new.kind = 'invoice' then
    insert into public.invoice_balances (org_id, invoice_id, branch_id, customer_id, due_on, total_minor)
    values (new.org_id, new.id, new.branch_id, new.customer_id, new.due_on, new.total_minor);
  else
    update public.invoice_balances b set credited_minor = b.credited_minor + new.total_minor
     where b.org_id = new.org_id and b.invoice_id = new.corrects_id;
    if not found then
      raise exception 'a credit note corrects a posted invoice' using errcode = 'check_violation';
    end if;
    delete from public.invoiced_jobs j where j.org_id = new.org_id and j.invoice_id = new.corrects_id;
  end if;
  return null;
end $$;

-- Allocations of a payment stay between nothing and its amount, of a reversed one at nothing; the balance moves with them.
create or replace function app.follow_allocation() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  allocated numeric;
  payment record;
begin
  if app.is_moving() then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended(new.payment_id::text, 0));
  select p.amount_minor as amount, p.customer_id as customer,
         exists (select from public.payments r where r.org_id = p.org_id and r.reverses_id = p.id) as reversed
    into payment from public.payments p where p.org_id = new.org_id and p.id = new.payment_id;
  select sum(a.amount_minor) into allocated from public.payment_allocations a where a.org_id = new.org_id and a.payment_id = new.payment_id;
  if allocated < 0 or allocated > payment.amount or (payment.reversed and allocated <> 0) then
    raise exception 'more is allocated than was paid' using errcode = 'check_violation';
  end if;
  update public.invoice_balances b set paid_minor = b.paid_minor + new.amount_minor
   where b.org_id = new.org_id and b.invoice_id = new.invoice_id and b.customer_id = payment.customer;
  if not found then
    raise exception 'only a posted invoice of the same customer is paid' using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- A reversal takes back a whole payment that pays nothing any more.
create or replace function app.guard_reversal() returns trigger language plpgsql as $$
declare
  paid public.payments;
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if new.reverses_id is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.reverses_id::text, 0));
  select * into paid from public.payments p where p.org_id = new.org_id and p.id = new.reverses_id;
  if (paid.amount_minor, paid.customer_id, paid.branch_id, paid.currency) is distinct from (-new.amount_minor, new.customer_id, new.branch_id, new.currency)
     or exists (select from public.payment_allocations a where a.org_id = new.org_id and a.payment_id = new.reverses_id having sum(a.amount_minor) <> 0) then
    raise exception 'a reversal is the whole payment, after what it paid was freed' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Where a document stands on a day: computed wherever it is shown or filtered, never stored.
create or replace function app.document_state(kind text, state text, voided boolean, open_minor bigint, paid_minor bigint, due_on date, today date)
returns text language sql immutable parallel safe as $$
  select case when state = 'draft' then 'draft'
              when kind = 'credit_note' then 'credit_note'
              when voided then 'void'
              when open_minor <= 0 then 'paid'
              when due_on < today then 'overdue'
              when paid_minor > 0 then 'part_paid'
              else 'open' end
$$;

create or replace function app.guard_posted_work() returns trigger language plpgsql as $$
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

-- Who may call them, and nobody else.
revoke all on function app.follow_posting(), app.follow_allocation()
  from public, gantry_app, gantry_tenant, gantry_platform;
