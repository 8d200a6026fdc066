-- Drafts that can be posted, half of them in each of two branches: as if every one had gone through the board to "ready".
-- Run for one organization; storm.drafts and storm.at say how many and when.
create temp table plan as
  select n, b.id as branch, row_number() over (partition by b.id order by n) as number, current_setting('storm.at')::timestamptz as at,
         (select id from members where org_id = app.current_org() limit 1) as member,
         gen_random_uuid() as customer, gen_random_uuid() as asset, gen_random_uuid() as work_order, gen_random_uuid() as job, gen_random_uuid() as invoice
    from generate_series(1, current_setting('storm.drafts')::int) n
    join (select id, row_number() over (order by code) - 1 as place from branches where org_id = app.current_org()) b on b.place = n % 2;

insert into customers (id, kind, name, home_branch_id, created_at, updated_at)
  select customer, 'person', 'Customer ' || n, branch, at, at from plan;
insert into assets (id, customer_id, kind, make, model, created_at, updated_at)
  select asset, customer, 'vehicle', 'VW', 'Golf', at, at from plan;
insert into work_orders (id, branch_id, number, customer_id, asset_id, phase, total_minor, created_at, phase_since, finished_at)
  select work_order, branch, number, customer, asset, 'ready', 11900, at, at, at from plan;
insert into number_series (branch_id, series, fiscal_year, last_number)
  select branch, 'work_order', 0, max(number) from plan group by branch;
insert into work_order_moves (id, work_order_id, from_phase, to_phase, member_id, at)
  select gen_random_uuid(), work_order, m.from_phase, m.to_phase, member, at + m.step * interval '1 second'
    from plan, (values (1, null, 'received'), (2, 'received', 'approved'), (3, 'approved', 'in_progress'), (4, 'in_progress', 'ready')) m (step, from_phase, to_phase);
insert into jobs (id, work_order_id, position, title, decision, work_state, created_at)
  select job, work_order, 1, 'Brakes', 'approved', 'finished', at from plan;
insert into lines (id, work_order_id, job_id, position, kind, description, unit_price_minor, tax_basis_points)
  select gen_random_uuid(), work_order, job, 1, 'labor', 'Work', 10000, 1900 from plan;
insert into authorizations (id, work_order_id, decision, method, contact_name, amount_minor, shown, member_id, at)
  select gen_random_uuid(), work_order, 'approved', 'phone', 'Ada', 11900, '{"asked": {"totals": {"gross": 11900}}}', member, at from plan;
insert into audit_events (id, at, member_id, member_name, action, entity, entity_id, work_order_id, summary)
  select gen_random_uuid(), at, member, 'owner', 'work_order.created', 'work_order', work_order, work_order, 'Opened' from plan;
insert into invoices (id, branch_id, kind, customer_id, currency, net_minor, tax_minor, total_minor, created_at)
  select invoice, branch, 'invoice', customer, 'EUR', 10000, 1900, 11900, at from plan;
insert into invoice_work_orders (invoice_id, work_order_id) select invoice, work_order from plan;
insert into invoiced_jobs (invoice_id, job_id) select invoice, job from plan;
insert into invoice_lines (id, invoice_id, position, job_id, job_title, kind, description, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor)
  select gen_random_uuid(), invoice, 1, job, 'Brakes', 'labor', 'Work', 1000, 10000, 1900, 10000, 1900 from plan;
