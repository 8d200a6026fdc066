-- What was done on an order is read with two looks into indexes, one for its jobs and one for all their lines, instead of one for
-- each job. A function of one statement in `from`, so that the planner folds it in.
drop view app.past_work;
create function app.work_done(work_order uuid) returns table (jobs jsonb) language sql stable parallel safe
  as $$
    select jsonb_agg(jsonb_build_object('title', j.title, 'payer', j.payer, 'lines', coalesce(l.lines, '[]')) order by j.position, j.id)
      from public.jobs j
      left join (
        select l.job_id, jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'part_number', l.part_number,
                 'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor, 'tax_rate', l.tax_basis_points) order by l.position, l.id) as lines
          from public.lines l where l.work_order_id = work_done.work_order
         group by l.job_id) l on l.job_id = j.id
     where j.work_order_id = work_done.work_order and j.decision <> 'declined'
  $$;
grant execute on function app.work_done(uuid) to gantry_tenant;

-- When each of a customer's vehicles was last in: as far as the history beside it reads, which is the organization's where
-- branches share customers.
create function app.last_visits(customer uuid) returns table (asset_id uuid, at timestamptz) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select a.id, (select max(w.created_at) from public.work_orders w where w.org_id = a.org_id and w.asset_id = a.id)
      from public.assets a where a.customer_id = last_visits.customer and a.archived_at is null;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.last_visits(uuid) to gantry_tenant;

-- A page shows fewer visits than the history on paper.
drop function app.customer_history(uuid);
create function app.customer_history(customer uuid, most int) returns table (
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
      from ((select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is null order by w.created_at desc, w.id desc limit most)
            union all
            (select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is not null order by w.created_at desc, w.id desc limit most)) w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
     order by w.closed_at is null desc, w.created_at desc, w.id desc limit most;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.customer_history(uuid, int) to gantry_tenant;
