-- What a list reads is a page, not a history: an index in the order of each list, branch by branch, and a planner that knows
-- that rows are in memory.

-- Rows of lists are read one by one through indexes; the default, made for spinning disks, prefers to read whole tables.
alter role gantry_app set random_page_cost = 1.1;

-- A list takes the first rows of each branch that it shows: a young branch does not walk through an old one's past.
drop index work_orders_newest, work_orders_phase;
create index work_orders_newest on work_orders (org_id, branch_id, created_at desc, id desc);
create index work_orders_phase on work_orders (org_id, branch_id, phase, created_at desc, id desc);
-- Without it the list of a quiet workshop's open work walks through everything that was ever closed.
create index work_orders_open_newest on work_orders (org_id, branch_id, created_at desc, id desc) where closed_at is null;

-- Months are read by day, what is open by the day on which it is due.
drop index invoices_newest, invoices_drafts, invoices_issued, invoice_balances_open;
create index invoices_newest on invoices (org_id, branch_id, created_at desc, id desc);
create index invoices_drafts on invoices (org_id, branch_id, created_at desc, id desc) where state = 'draft';
create index invoices_issued on invoices (org_id, branch_id, issued_on desc, id desc) where state = 'posted';
create index invoice_balances_open on invoice_balances (org_id, branch_id, due_on desc, invoice_id desc) where open_minor > 0;

drop index payments_newest, payments_received;
create index payments_newest on payments (org_id, branch_id, at desc, id desc);
create index payments_received on payments (org_id, branch_id, received_on desc, id desc);

-- What a customer or a vehicle shows of its past, to the last key: without it everything of a fleet is read and sorted.
drop index work_orders_customer, work_orders_asset, invoices_customer, odometer_readings_asset, audit_events_customer;
create index work_orders_customer on work_orders (org_id, customer_id, created_at desc, id desc);
create index work_orders_open_customer on work_orders (org_id, customer_id, created_at desc, id desc) where closed_at is null;
create index work_orders_asset on work_orders (org_id, asset_id, created_at desc, id desc);
create index invoices_customer on invoices (org_id, customer_id, created_at desc, id desc);
create index odometer_readings_asset on odometer_readings (org_id, asset_id, at desc, id desc);
create index audit_events_customer on audit_events (org_id, customer_id, at desc, id desc) where customer_id is not null;

-- A technician's own past in the order of the list: when each order was opened stands beside who works on it.
alter table job_technicians add column opened_at timestamptz;
alter table job_technicians disable trigger job_technicians_guard;
-- Forced row security binds the owner too: without this the update finds nothing.
alter table job_technicians no force row level security;
alter table work_orders no force row level security;
update job_technicians t set opened_at = w.created_at from work_orders w where (w.org_id, w.id) = (t.org_id, t.work_order_id);
alter table job_technicians force row level security;
alter table work_orders force row level security;
alter table job_technicians enable trigger job_technicians_guard;
alter table job_technicians alter column opened_at set not null;
create index job_technicians_newest on job_technicians (org_id, member_id, opened_at desc, work_order_id desc);

-- Also for a technician who opened the order himself and does not see it before he is named.
create function app.note_opening() returns trigger language plpgsql as $$
declare
  own text := coalesce(current_setting('app.sees', true), '');
begin
  perform set_config('app.sees', 'all', true);
  select w.created_at into new.opened_at from public.work_orders w where (w.org_id, w.id) = (new.org_id, new.work_order_id);
  perform set_config('app.sees', own, true);
  return new;
end $$;
create trigger job_technicians_opened before insert on job_technicians for each row execute function app.note_opening();

-- Asked order by order: with "offset 0" the planner cannot read a technician's whole past into memory for every statement.
drop policy assigned on work_orders;
create policy assigned on work_orders as restrictive for select using ((select app.sees_all_orders()) or exists (
  select from job_technicians t where t.org_id = work_orders.org_id and t.work_order_id = work_orders.id
     and t.member_id = (select app.current_member()) offset 0));
