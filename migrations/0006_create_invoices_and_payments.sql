-- Money documents. A draft has no number; posting gives the next one of (branch, type, fiscal year) and freezes it for ever.

create table invoices (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  branch_id uuid not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  state text not null default 'draft' check (state in ('draft', 'posted')),
  customer_id uuid not null,
  corrects_id uuid,
  reason text not null default '',
  fiscal_year int,
  number bigint check (number > 0),
  number_text text,
  issued_on date,
  due_on date,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  seller jsonb,  -- the branch as it was on the day
  buyer jsonb,   -- the customer as it was on the day
  subject text not null default '',
  net_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null default 0,
  created_at timestamptz not null,
  posted_at timestamptz,
  posted_by uuid,
  primary key (org_id, id),
  foreign key (org_id, branch_id) references branches (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  foreign key (org_id, corrects_id) references invoices (org_id, id),
  foreign key (org_id, posted_by) references members (org_id, id),
  unique (org_id, branch_id, kind, fiscal_year, number),
  check (total_minor = net_minor + tax_minor),
  check ((kind = 'credit_note') = (corrects_id is not null)),
  check (state <> 'posted' or (number is not null and number_text is not null and fiscal_year is not null and issued_on is not null
    and due_on is not null and posted_at is not null and posted_by is not null and seller is not null and buyer is not null)),
  check (state <> 'draft' or (number is null and number_text is null and posted_at is null))
);
create index invoices_newest on invoices (org_id, created_at desc, id desc);
create index invoices_issued on invoices (org_id, issued_on) where state = 'posted';
create index invoices_customer on invoices (org_id, customer_id, created_at desc);
create unique index invoices_corrected_once on invoices (org_id, corrects_id) where corrects_id is not null;
call app.tenant_table('invoices', 'full');
call app.branch_table('invoices');

create table invoice_lines (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  invoice_id uuid not null,
  position int not null,
  job_title text not null default '',
  kind text not null check (kind in ('labor', 'part', 'sublet', 'fee', 'discount', 'text')),
  description text not null,
  part_number text not null default '',
  quantity_milli bigint not null,
  unit_price_minor bigint not null,
  tax_basis_points int not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  primary key (org_id, id),
  foreign key (org_id, invoice_id) references invoices (org_id, id)
);
create index invoice_lines_invoice on invoice_lines (org_id, invoice_id, position);
call app.tenant_table('invoice_lines', 'full');

create table invoice_work_orders (
  org_id uuid not null default app.current_org(),
  invoice_id uuid not null,
  work_order_id uuid not null,
  primary key (org_id, invoice_id, work_order_id),
  foreign key (org_id, invoice_id) references invoices (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id)
);
create index invoice_work_orders_order on invoice_work_orders (org_id, work_order_id);
call app.tenant_table('invoice_work_orders', 'full');

create function app.guard_posted() returns trigger language plpgsql as $$
begin
  if old.state = 'posted' then
    raise exception 'a posted document never changes' using errcode = 'GA004';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger invoices_guard before update or delete on invoices for each row execute function app.guard_posted();
alter table invoices enable always trigger invoices_guard;

create function app.guard_posted_part() returns trigger language plpgsql as $$
declare
  part record := case when tg_op = 'DELETE' then old else new end;
begin
  if exists (select from public.invoices i where i.org_id = part.org_id and i.id = part.invoice_id and i.state = 'posted') then
    raise exception 'a posted document never changes' using errcode = 'GA004';
  end if;
  return part;
end $$;
create trigger invoice_lines_guard before insert or update or delete on invoice_lines for each row execute function app.guard_posted_part();
alter table invoice_lines enable always trigger invoice_lines_guard;
create trigger invoice_work_orders_guard before insert or update or delete on invoice_work_orders for each row execute function app.guard_posted_part();
alter table invoice_work_orders enable always trigger invoice_work_orders_guard;

create function app.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'documents are never removed' using errcode = 'GA001';
end $$;
create trigger invoices_no_truncate before truncate on invoices for each statement execute function app.refuse_truncate();
alter table invoices enable always trigger invoices_no_truncate;
create trigger invoice_lines_no_truncate before truncate on invoice_lines for each statement execute function app.refuse_truncate();
alter table invoice_lines enable always trigger invoice_lines_no_truncate;

-- What is still owed on a posted invoice; follows allocations and credit notes in the same transaction.
create table invoice_balances (
  org_id uuid not null default app.current_org(),
  invoice_id uuid not null,
  branch_id uuid not null,
  customer_id uuid not null,
  due_on date not null,
  total_minor bigint not null,
  credited_minor bigint not null default 0,
  paid_minor bigint not null default 0,
  open_minor bigint not null generated always as (total_minor - credited_minor - paid_minor) stored,
  primary key (org_id, invoice_id),
  foreign key (org_id, invoice_id) references invoices (org_id, id),
  foreign key (org_id, branch_id) references branches (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  check (paid_minor >= 0 and credited_minor between 0 and total_minor)
);
create index invoice_balances_open on invoice_balances (org_id, due_on) where open_minor > 0;
create index invoice_balances_customer on invoice_balances (org_id, customer_id) where open_minor <> 0;
call app.tenant_table('invoice_balances');
call app.branch_table('invoice_balances');

-- Money in (positive) and its reversals (negative): never edited, only reversed.
create table payments (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  branch_id uuid not null,
  customer_id uuid not null,
  method text not null check (method in ('cash', 'card', 'transfer', 'cheque', 'upi', 'other')),
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  reference text not null default '',
  received_on date not null,
  reverses_id uuid,
  reason text not null default '',
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, branch_id) references branches (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  foreign key (org_id, reverses_id) references payments (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id),
  check ((amount_minor < 0) = (reverses_id is not null))
);
create index payments_newest on payments (org_id, at desc, id desc);
create index payments_received on payments (org_id, received_on);
create index payments_customer on payments (org_id, customer_id, at desc);
create unique index payments_reversed_once on payments (org_id, reverses_id) where reverses_id is not null;
call app.tenant_table('payments', 'append');
call app.branch_table('payments');

create table payment_allocations (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  payment_id uuid not null,
  invoice_id uuid not null,
  amount_minor bigint not null check (amount_minor <> 0),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, payment_id) references payments (org_id, id),
  foreign key (org_id, invoice_id) references invoices (org_id, id)
);
create index payment_allocations_payment on payment_allocations (org_id, payment_id);
create index payment_allocations_invoice on payment_allocations (org_id, invoice_id);
call app.tenant_table('payment_allocations', 'append');
