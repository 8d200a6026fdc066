-- Lists can be ordered otherwise than newest first: each order has an index that row security lets a page use.

-- `lower()` might leak, so an index over it is read through under row security; a plain column is not.
alter table customers add column name_key text collate "C" not null generated always as (lower(name)) stored;
create index customers_by_name on customers (org_id, name_key, id) where archived_at is null;
drop index customers_name; -- nothing was ordered by it

-- What has no plate comes last.
alter table assets add column plate_key text collate "C" not null generated always as (case when plate_norm = '' then '~' else plate_norm end) stored;
create index assets_by_plate on assets (org_id, plate_key, id) where archived_at is null;

-- What is not promised comes last.
alter table work_orders add column promised_key timestamptz not null generated always as (coalesce(promised_at, 'infinity'::timestamptz)) stored;
create index work_orders_by_promise on work_orders (org_id, branch_id, promised_key, id) where closed_at is null;

-- ">= 1" and not "> 0": sums of what is open say the latter, and shall go on reading it in the order of its days.
create index invoice_balances_by_amount on invoice_balances (org_id, branch_id, open_minor desc, invoice_id desc) where open_minor >= 1;
create index payments_by_amount on payments (org_id, branch_id, amount_minor desc, id desc);
