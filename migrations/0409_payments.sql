-- Money that came in, and which invoice it pays.

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
create index payments_customer on payments (org_id, customer_id, at desc);
create unique index payments_reversed_once on payments (org_id, reverses_id) where reverses_id is not null;
create index payments_newest on payments (org_id, branch_id, at desc, id desc);
create index payments_received on payments (org_id, branch_id, received_on desc, id desc) include (amount_minor);
-- A customer's credit is what they paid less what it pays: two sums that are read from indexes alone.
create index payments_sum on payments (org_id, customer_id) include (branch_id, amount_minor);
call app.tenant_table('payments', 'append');
call app.branch_table('payments');
create trigger payments_reversal before insert on payments for each row execute function app.guard_reversal();
alter table payments enable always trigger payments_reversal;
comment on table payments is 'Money in, and its reversals.';

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
create trigger payment_allocations_follow after insert on payment_allocations for each row execute function app.follow_allocation();
alter table payment_allocations enable always trigger payment_allocations_follow;
comment on table payment_allocations is 'Which payment pays which invoice.';
