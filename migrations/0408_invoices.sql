-- Money documents. A job is on one live invoice at most, totals are the sum of the lines, and what is owed follows documents and payments
-- by trigger: the application reads balances and cannot write them.

-- A draft has no number; posting gives the next one of (branch, type, fiscal year) and freezes it for ever.
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
  seller jsonb, -- the branch as it was on the day
  buyer jsonb, -- the customer as it was on the day
  subject text not null default '',
  net_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null default 0,
  created_at timestamptz not null,
  posted_at timestamptz,
  posted_by uuid,
  covers jsonb not null default '[]', -- the work orders and vehicles as they were on the day
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
  check (state <> 'draft' or (number is null and number_text is null and posted_at is null)),
  check (length(number_text) <= 16)
);
create unique index invoices_corrected_once on invoices (org_id, corrects_id) where corrects_id is not null;
create unique index invoices_number_text on invoices (org_id, number_text) where number_text is not null;
create index invoices_newest on invoices (org_id, branch_id, created_at desc, id desc);
create index invoices_drafts on invoices (org_id, branch_id, created_at desc, id desc) where state = 'draft';
create index invoices_customer on invoices (org_id, customer_id, created_at desc, id desc);
create index invoices_issued on invoices (org_id, branch_id, issued_on desc, id desc) include (kind, total_minor) where state = 'posted';
call app.tenant_table('invoices', 'full');
call app.branch_table('invoices');
create trigger invoices_guard before update or delete on invoices for each row execute function app.guard_posted();
alter table invoices enable always trigger invoices_guard;
create trigger invoices_no_truncate before truncate on invoices for each statement execute function app.refuse_truncate();
alter table invoices enable always trigger invoices_no_truncate;
create trigger invoices_posting before insert or update on invoices for each row execute function app.guard_posting();
alter table invoices enable always trigger invoices_posting;
create trigger invoices_follow after update on invoices for each row when (new.state = 'posted') execute function app.follow_posting();
alter table invoices enable always trigger invoices_follow;
create trigger invoices_posted_work before update on invoices
  for each row when (old.state = 'draft' and new.state = 'posted' and new.kind = 'invoice') execute function app.guard_posted_work();
comment on table invoices is 'Invoices and credit notes. Posted ones never change.';

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
  job_id uuid,
  primary key (org_id, id),
  foreign key (org_id, invoice_id) references invoices (org_id, id),
  foreign key (org_id, job_id) references jobs (org_id, id)
);
create index invoice_lines_invoice on invoice_lines (org_id, invoice_id, position);
create index invoice_lines_job on invoice_lines (org_id, job_id);
call app.tenant_table('invoice_lines', 'full');
create trigger invoice_lines_guard before insert or update or delete on invoice_lines for each row execute function app.guard_posted_part();
alter table invoice_lines enable always trigger invoice_lines_guard;
create trigger invoice_lines_no_truncate before truncate on invoice_lines for each statement execute function app.refuse_truncate();
alter table invoice_lines enable always trigger invoice_lines_no_truncate;
comment on table invoice_lines is 'Lines of invoices and credit notes, as they were written.';
comment on column invoice_lines.quantity_milli is '1500 is 1.5';

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
create trigger invoice_work_orders_guard before insert or update or delete on invoice_work_orders for each row execute function app.guard_posted_part();
alter table invoice_work_orders enable always trigger invoice_work_orders_guard;
create trigger invoice_work_orders_no_truncate before truncate on invoice_work_orders for each statement execute function app.refuse_truncate();
alter table invoice_work_orders enable always trigger invoice_work_orders_no_truncate;
comment on table invoice_work_orders is 'Which work orders an invoice is for.';

-- The live invoice of a job: gone with its draft, and when a credit note frees the work.
create table invoiced_jobs (
  org_id uuid not null default app.current_org(),
  job_id uuid not null,
  invoice_id uuid not null,
  primary key (org_id, job_id),
  foreign key (org_id, job_id) references jobs (org_id, id),
  foreign key (org_id, invoice_id) references invoices (org_id, id)
);
create index invoiced_jobs_invoice on invoiced_jobs (org_id, invoice_id);
call app.tenant_table('invoiced_jobs', 'full');
create trigger invoiced_jobs_guard before insert or update or delete on invoiced_jobs for each row execute function app.guard_invoiced_job();
alter table invoiced_jobs enable always trigger invoiced_jobs_guard;
create trigger invoiced_jobs_no_truncate before truncate on invoiced_jobs for each statement execute function app.refuse_truncate();
alter table invoiced_jobs enable always trigger invoiced_jobs_no_truncate;
comment on table invoiced_jobs is 'Which jobs an invoice is for.';

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
  check (paid_minor >= 0 and credited_minor between 0 and total_minor),
  check (paid_minor + credited_minor <= total_minor)
);
create index invoice_balances_customer on invoice_balances (org_id, customer_id) where open_minor <> 0;
create index invoice_balances_open on invoice_balances (org_id, branch_id, due_on desc, invoice_id desc) include (open_minor) where open_minor > 0;
create index invoice_balances_paid on invoice_balances (org_id, customer_id) include (branch_id, paid_minor) where paid_minor <> 0;
call app.tenant_table('invoice_balances');
call app.branch_table('invoice_balances');
revoke insert, update on invoice_balances from gantry_tenant;
create trigger invoice_balances_no_truncate before truncate on invoice_balances for each statement execute function app.refuse_truncate();
alter table invoice_balances enable always trigger invoice_balances_no_truncate;
comment on table invoice_balances is 'What is open on each invoice: made from invoices, credit notes and payments.';
