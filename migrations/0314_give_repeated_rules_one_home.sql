-- What many statements said each in its own words: how a work order and what it is about are called, and what was done
-- on an order. Functions of one expression and views, so that the planner sees through them.

create function app.order_number(branch_code text, number bigint) returns text language sql immutable parallel safe
  as $$ select branch_code || '-' || number::text $$;
create function app.asset_mark(plate text, serial text) returns text language sql immutable parallel safe
  as $$ select coalesce(nullif(plate, ''), serial) $$;
grant execute on function app.order_number(text, bigint), app.asset_mark(text, text) to gantry_tenant;

-- A customer's credit is what they paid less what it pays: two sums that are read from indexes alone.
create index payments_sum on payments (org_id, customer_id) include (branch_id, amount_minor);
create index invoice_balances_paid on invoice_balances (org_id, customer_id) include (branch_id, paid_minor) where paid_minor <> 0;

-- Jobs that were not declined, each with its lines, in their order.
create view app.past_work with (security_invoker = true) as
  select j.org_id, j.work_order_id, jsonb_agg(jsonb_build_object('title', j.title, 'payer', j.payer, 'lines', (
           select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'part_number', l.part_number,
                    'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor, 'tax_rate', l.tax_basis_points) order by l.position, l.id), '[]')
             from public.lines l where (l.org_id, l.job_id) = (j.org_id, j.id))) order by j.position, j.id) as jobs
    from public.jobs j
   where j.decision <> 'declined'
   group by j.org_id, j.work_order_id;
grant select on app.past_work to gantry_tenant;

-- A customer's history: the organization's where branches share customers, else that of the member's branches. Open orders first.
create function app.customer_history(customer uuid) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, plate text, asset text,
  created_at timestamptz, odometer_in int, total_minor bigint
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, app.asset_mark(a.plate, a.serial), concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')),
           w.created_at, w.odometer_in, w.total_minor
      from ((select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is null order by w.created_at desc, w.id desc limit 50)
            union all
            (select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is not null order by w.created_at desc, w.id desc limit 50)) w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
     order by w.closed_at is null desc, w.created_at desc, w.id desc limit 50;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.customer_history(uuid) to gantry_tenant;
