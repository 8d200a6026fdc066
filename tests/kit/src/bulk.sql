-- A workshop's past, made of numbers: visits of vehicles with their work, papers and money. The size, the moment and the
-- people come as settings (bulk.rs); no trigger runs, so every sum, balance and search entry is said here.

create function pg_temp.made(kind text, n bigint) returns uuid language sql immutable as
  $$ select md5(current_setting('app.org_id') || kind || n)::uuid $$;

-- The first forty vehicles are a fleet's.
create function pg_temp.owner_of(asset bigint, customers bigint) returns bigint language sql immutable as
  $$ select case when asset <= 40 then 1 else 2 + asset % (customers - 1) end $$;
create function pg_temp.letters(n bigint) returns text language sql immutable as
  $$ select chr((65 + n * 7 % 26)::int) || chr((65 + n * 11 / 26 % 26)::int) $$;

create temp table people as
  select current_setting('bulk.now')::timestamptz as now, current_setting('bulk.owner')::uuid as owner,
         string_to_array(current_setting('bulk.technicians'), ',')::uuid[] as technicians,
         string_to_array(current_setting('bulk.branches'), ',')::uuid[] as branches,
         current_setting('bulk.customers')::bigint as customers, current_setting('bulk.assets')::bigint as assets,
         current_setting('bulk.orders')::bigint as orders, current_setting('bulk.open')::bigint as open,
         current_setting('bulk.days')::int as days;

insert into customers (id, kind, name, contact_name, phone, phone_norm, email, street, postal_code, city, home_branch_id, created_at, updated_at, archived_at)
select pg_temp.made('customer', n), case when n % 5 = 1 then 'company' else 'person' end,
       (array['Katharina', 'Johannes', 'Aylin', 'Bartosz', 'Giulia', 'Maximilian'])[1 + n % 6] || ' '
         || (array['Winkelmann', 'Brandt', 'Özdemir', 'Kowalczyk', 'Ferrari', 'Hohenstein', 'Lindqvist'])[1 + n % 7] || ' ' || n,
       case when n % 5 = 1 then 'Accounts payable' else '' end,
       '+49 30 ' || 1000000 + n, '4930' || 1000000 + n, 'customer' || n || '@post.example', 'Hauptstraße ' || n, (10000 + n % 9000)::text,
       (array['Hamburg', 'Bremen', 'Lüneburg', 'Buchholz'])[1 + n % 4], branches[1 + n % 2],
       now - (customers - n) * (interval '700 days' / customers), now, case when n % 25 = 9 then now end
  from people, generate_series(1, customers) n;

insert into assets (id, customer_id, kind, plate, plate_norm, vin, make, model, model_year, color, odometer, odometer_at, created_at, updated_at, archived_at)
select pg_temp.made('asset', n), pg_temp.made('customer', pg_temp.owner_of(n, customers)), 'vehicle', 'HH-' || pg_temp.letters(n) || ' ' || n, 'HH' || pg_temp.letters(n) || n,
       'WVWZZZ1KZ' || 10000000 + n, (array['Volkswagen', 'Mercedes-Benz', 'Škoda', 'Opel'])[1 + n % 4],
       (array['Golf Variant', 'Sprinter', 'Octavia Combi', 'Astra'])[1 + n % 4], 2000 + n % 25, 'Midnight blue', 10000 + n, now,
       now - (assets - n) * (interval '700 days' / assets), now, case when n % 25 = 9 then now end
  from people, generate_series(1, assets) n;

-- The fleet has forty drivers, every other company one.
insert into drivers (id, customer_id, name, phone, phone_norm, created_at, updated_at)
select pg_temp.made('driver', n), pg_temp.made('customer', case when n <= 40 then 1 else 1 + 5 * (n - 40) end),
       (array['Jo', 'Mireille', 'Stanisław', 'Ngozi'])[1 + n % 4] || ' Weber ' || n, '+49 171 ' || 2000000 + n, '49171' || 2000000 + n, now - interval '600 days', now
  from people, generate_series(1, 40 + (customers - 1) / 5) n;

-- Every tenth visit is of the fleet; the newest ones are still in the house.
create temp table visits as
select n, n > orders - open as here, asset, pg_temp.made('asset', asset) as asset_id, pg_temp.made('customer', pg_temp.owner_of(asset, customers)) as customer_id,
       pg_temp.made('order', n) as id, branches[1 + (n % 3 = 0)::int] as branch_id, (n % 3 = 0)::int as place, at, owner, now,
       technicians[1 + n / 3 % cardinality(technicians)] as technician,
       case when n > orders - open then (array['received', 'diagnosing', 'awaiting_approval', 'approved', 'waiting_for_parts', 'in_progress', 'quality_check', 'ready'])[1 + n % 8]
            when n % 30 = 0 then 'cancelled' else 'delivered' end as phase
  from (select p.*, n, case when n % 10 = 0 then 1 + n / 10 % 40 else 1 + n * 7919 % assets end as asset, p.now - (orders - n) * (make_interval(days => p.days) / orders) as at
          from people p, generate_series(1, orders) n) v;

insert into work_orders (id, branch_id, number, customer_id, asset_id, phase, waiting, promised_at, advisor_id, odometer_in, odometer_out, total_minor,
       created_at, phase_since, finished_at, closed_at, driver_id)
select id, branch_id, 1000 + n, customer_id, asset_id, phase, n % 9 = 0, case when n % 7 > 0 then case when here then now + (n % 90 - 30) * interval '1 hour' else at + interval '8 hours' end end,
       owner, 10000 + n, case when here then null else 10001 + n end, 47600, at, at, case when here then null else at + interval '7 hours' end,
       case when here then null else at + interval '9 hours' end, case when asset <= 40 then pg_temp.made('driver', asset) end
  from visits;

insert into concerns (id, work_order_id, position, concern, cause, correction)
select pg_temp.made('concern' || i, n), id, i, 'Front left grinds when braking downhill, since last week', 'Pads worn to the metal', 'Pads and discs renewed'
  from visits, generate_series(1, 2) i;

insert into jobs (id, work_order_id, position, title, payer, decision, work_state, started_at, finished_at, created_at)
select pg_temp.made('job' || i, n), id, i, (array['Renew brake pads and discs, front', 'Inspection by the maker''s list'])[i], 'customer',
       case when phase in ('received', 'diagnosing', 'awaiting_approval') then 'open' else 'approved' end,
       case when not here or phase in ('quality_check', 'ready') then 'finished' when phase = 'in_progress' and i = 1 then 'started' else 'not_started' end,
       case when not here or phase in ('quality_check', 'ready') or (phase = 'in_progress' and i = 1) then at end,
       case when not here then at + interval '6 hours' when phase in ('quality_check', 'ready') then now - interval '5 minutes' end, at
  from visits, generate_series(1, 2) i;

insert into job_technicians (job_id, work_order_id, member_id, seen_at, opened_at)
select pg_temp.made('job' || i, n), id, technician, at, at from visits, generate_series(1, 2) i;

insert into lines (id, work_order_id, job_id, position, kind, description, part_number, quantity_milli, unit_price_minor, tax_basis_points)
select pg_temp.made('line' || i || '.' || l, n), id, pg_temp.made('job' || i, n), l, (array['labor', 'part'])[l],
       (array['Labor, brakes front', 'Brake disc, coated, with screws'])[l], (array['', '5Q0 615 301 H'])[l], 1000, 10000, 1900
  from visits, generate_series(1, 2) i, generate_series(1, 2) l;

insert into work_order_moves (id, work_order_id, from_phase, to_phase, member_id, at)
select pg_temp.made('move', n), id, null, 'received', owner, at from visits
union all select pg_temp.made('moved', n), id, 'received', phase, owner, at + interval '1 hour' from visits where phase <> 'received';

insert into authorizations (id, work_order_id, decision, method, contact_name, amount_minor, shown, member_id, at)
select pg_temp.made('authorization', n), id, 'approved', 'phone', 'Katharina', 47600,
       '{"number":1,"version":1,"currency":"EUR","asked":{"jobs":[],"totals":{"net":0,"tax":0,"gross":0,"by_rate":[]}},"jobs":[],"totals":{"net":0,"tax":0,"gross":0,"by_rate":[]}}',
       owner, at from visits;

insert into notes (id, work_order_id, audience, body, member_id, at)
select pg_temp.made('note', n), id, 'internal', 'Keys are in the box by the door; please wash before hand-over', technician, at from visits;

insert into odometer_readings (id, asset_id, work_order_id, value, unit, source, member_id, at)
select pg_temp.made('reading', n), asset_id, id, 10000 + n, 'km', 'in', owner, at from visits;

insert into hand_overs (work_order_id, collected_by, signature, member_id, at)
select id, 'Katharina Winkelmann', 'M 0 0 L 10 10', owner, at + interval '9 hours' from visits where phase = 'delivered';

insert into audit_events (id, at, member_id, member_name, action, entity, entity_id, work_order_id, customer_id, summary)
select pg_temp.made('event' || i, n), at + i * interval '1 minute', technician, 'Tomas',
       (array['work_order.created', 'concern.added', 'line.added', 'decision.approved'])[i], 'work_order', id, id, customer_id, 'Renewed what the customer had asked for'
  from visits, generate_series(1, 4) i;

-- As many labels as there may be, and one on each order in the house.
insert into labels (id, phase, name, name_norm, color, position, is_default, created_at)
select pg_temp.made('label' || p.position, n), p.phase, 'Waiting for the insurer, ' || n, 'waiting for the insurer, ' || n,
       (array['slate', 'orange', 'blue', 'green', 'yellow', 'red', 'violet', 'teal', 'pink'])[1 + n % 9], n, n = 1, now
  from people, app.phases p, generate_series(1, 10) n where p.open;
insert into work_order_labels (work_order_id, label_id)
select v.id, pg_temp.made('label' || p.position, 1 + v.n % 10) from visits v join app.phases p on p.phase = v.phase where v.here;

-- Everybody's mornings, one in ten with a wrong password first; and what the owner took out of the house.
insert into auth.sign_ins (at, outcome, user_id, org_id, address, user_agent)
select now - n * interval '6 hours' - (m.technician * interval '1 minute'), case when n % 10 = 0 then 'wrong' else 'ok' end, m.user_id,
       case when n % 10 > 0 then app.current_org() end, '192.0.2.' || n % 250, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  from people p, (select user_id, row_number() over (order by id) as technician from members where org_id = app.current_org()) m, generate_series(1, least(orders, 600)) n;
insert into export_events (id, at, member_id, member_name, what, row_count)
select pg_temp.made('export', n), now - n * interval '7 days', owner, 'Owner', 'Customers, CSV', customers from people, generate_series(1, 60) n;

-- What the owner told everybody, a branch or a role; the newest are not read by all.
insert into announcements (id, title, body, until_on, branch_ids, roles, member_id, at)
select pg_temp.made('announcement', n), 'Closed between the years, part ' || n, repeat('Please promise no vehicle for these days, and tell customers who call. ', 12),
       (now - n * interval '5 days')::date + case when n % 10 = 0 then 365 else 21 end,
       case n % 3 when 1 then branches[2:2] else '{}' end, case n % 4 when 3 then array['receptionist'] else '{}' end, owner, now - n * interval '5 days'
  from people, generate_series(1, least(orders, 140)) n;
insert into announcement_addresses (announcement_id, of_branch_id, of_role, at, until_on)
select id, (branch_ids)[1], (roles)[1], at, until_on from announcements where org_id = app.current_org();
insert into announcement_receipts (announcement_id, member_id, at)
select a.id, m.id, a.at + interval '1 hour' from announcements a join members m on m.org_id = a.org_id and m.id <> a.member_id
 where a.org_id = app.current_org() and a.at < (select now from people) - interval '18 days';

-- Papers: an invoice for everything delivered, a draft for what is ready, a credit note for one in a hundred.
create temp table papers as
select v.*, pg_temp.made('invoice', n) as invoice_id, (at at time zone 'Europe/Berlin')::date as day, n % 100 = 7 as void,
       row_number() over (partition by branch_id, date_part('year', at at time zone 'Europe/Berlin') order by n) as number,
       date_part('year', at at time zone 'Europe/Berlin')::int as year,
       case when n % 100 = 7 then 0 when n % 40 = 3 then 0 when n % 40 = 23 then 20000 else 47600 end as paid
  from visits v where phase = 'delivered';

insert into invoices (id, branch_id, kind, state, customer_id, corrects_id, fiscal_year, number, number_text, issued_on, due_on, currency, seller, buyer,
       net_minor, tax_minor, total_minor, created_at, posted_at, posted_by)
select invoice_id, branch_id, 'invoice', 'posted', customer_id, null::uuid, year, number, format('%s-%s-%s', (array['M', 'W'])[1 + place], year, number), day, day + 14, 'EUR',
       '{"name":"Workshop"}'::jsonb, '{"name":"Katharina Winkelmann"}'::jsonb, 40000, 7600, 47600, at + interval '9 hours', at + interval '9 hours', owner from papers
union all
select pg_temp.made('credit', n), branch_id, 'credit_note', 'posted', customer_id, invoice_id, year, number, format('C%s-%s-%s', (array['M', 'W'])[1 + place], year, number),
       day + 1, day + 1, 'EUR', '{"name":"Workshop"}', '{"name":"Katharina Winkelmann"}', 40000, 7600, 47600, at + interval '33 hours', at + interval '33 hours', owner
  from papers where void
union all
select pg_temp.made('invoice', n), branch_id, 'invoice', 'draft', customer_id, null, null, null, null, null, null, 'EUR', null, null, 40000, 7600, 47600, at, null, null
  from visits where phase = 'ready';

insert into invoice_work_orders (invoice_id, work_order_id)
select i.id, v.id from visits v join invoices i on i.id in (pg_temp.made('invoice', v.n), pg_temp.made('credit', v.n));
insert into invoiced_jobs (job_id, invoice_id)
select pg_temp.made('job' || j, v.n), i.id from visits v join invoices i on i.id = pg_temp.made('invoice', v.n), generate_series(1, 2) j where v.phase = 'ready' or v.n % 100 <> 7;
insert into invoice_lines (id, invoice_id, position, job_title, kind, description, quantity_milli, unit_price_minor, tax_basis_points, net_minor, tax_minor, job_id)
select md5(i.id::text || j || l)::uuid, i.id, 2 * j + l, 'Renew brake pads and discs, front', 'labor', 'Labor, brakes front', 1000, 10000, 1900, 10000, 1900, pg_temp.made('job' || j, v.n)
  from visits v join invoices i on i.id in (pg_temp.made('invoice', v.n), pg_temp.made('credit', v.n)), generate_series(1, 2) j, generate_series(1, 2) l;

insert into invoice_balances (invoice_id, branch_id, customer_id, due_on, total_minor, credited_minor, paid_minor)
select invoice_id, branch_id, customer_id, day + 14, 47600, case when void then 47600 else 0 end, paid from papers;

insert into payments (id, branch_id, customer_id, method, amount_minor, currency, received_on, reverses_id, reason, member_id, at)
select pg_temp.made('payment', n), branch_id, customer_id, (array['card', 'cash', 'transfer'])[1 + n % 3], paid, 'EUR', day, null::uuid, '', owner, at + interval '10 hours'
  from papers where paid > 0
union all
select pg_temp.made('bounced', n), branch_id, customer_id, 'cheque', 47600, 'EUR', day, null, '', owner, at + interval '9 hours' from papers where n % 200 = 11
union all
select pg_temp.made('reversal', n), branch_id, customer_id, 'cheque', -47600, 'EUR', day, pg_temp.made('bounced', n), 'Not covered', owner, at + interval '9 hours 30 minutes'
  from papers where n % 200 = 11;

insert into payment_allocations (id, payment_id, invoice_id, amount_minor, at)
select pg_temp.made('allocation', n), pg_temp.made('payment', n), invoice_id, paid, at + interval '10 hours' from papers where paid > 0
union all
select pg_temp.made('allocated' || s, n), pg_temp.made('bounced', n), invoice_id, s * 47600, at + interval '9 hours 10 minutes'
  from papers, unnest(array[1, -1]) s where n % 200 = 11;

insert into number_series (branch_id, series, fiscal_year, last_number) select branch_id, 'work_order', 0, max(1000 + n) from visits group by 1
union all select branch_id, 'invoice', year, max(number) from papers group by 1, 3
union all select branch_id, 'credit_note', year, max(number) from papers group by 1, 3;

-- Where each customer and vehicle is seen, and the search index, as the triggers would have written them.
update customers c set seen_by = array(select c.home_branch_id union select v.branch_id from visits v where v.customer_id = c.id) where c.org_id = app.current_org();
update assets a set seen_by = array(select unnest(c.seen_by) union select v.branch_id from visits v where v.asset_id = a.id)
  from customers c where c.org_id = app.current_org() and a.org_id = c.org_id and c.id = a.customer_id;
insert into search.entries (org_id, kind, entity_id, seen_by, title, names, terms, plate, vin, near)
select app.current_org(), kind, id, seen_by, title, search.norm(names), ' ' || search.norm(names || ' ' || marks) || ' '
     , search.mark(plate), search.mark(vin), search.keys(search.mark(plate), search.mark(vin), '') from (
  select 'customer' as kind, id, seen_by, name as title, concat_ws(' ', name, contact_name) as names,
         concat_ws(' ', phone_norm, phone, email, city) as marks, '' as plate, '' as vin from customers where org_id = app.current_org() and archived_at is null
  union all
  select 'asset', id, seen_by, plate, concat_ws(' ', plate_norm, make, model), concat_ws(' ', plate, vin, serial, unit_number), plate, vin
    from assets where org_id = app.current_org() and archived_at is null
  union all
  select 'work_order', w.id, array[w.branch_id], b.code || '-' || w.number, concat_ws(' ', a.plate_norm, c.name), concat_ws(' ', b.code || '-' || w.number, w.number, a.plate), '', ''
    from work_orders w
    join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
    join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
    join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id) where w.org_id = app.current_org()) e;

drop table people, visits, papers;
