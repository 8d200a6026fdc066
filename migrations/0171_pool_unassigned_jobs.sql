-- Work that nobody has: approved jobs without a technician on orders that are approved, in work or promised for today. A technician, who
-- sees only orders that name him, sees of these what he needs to choose: no customer, no price.
create function app.job_pool(branches uuid[], at timestamptz) returns table (
  work_order_id uuid, job_id uuid, number bigint, code text, time_zone text, phase text, promised_at timestamptz,
  waiting boolean, urgent boolean, off_site boolean, key_tag text, plate text, serial text, asset text, title text
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.sees', true), '');
begin
  perform set_config('app.sees', 'all', true);
  return query
    select w.id, j.id, w.number, b.code, b.time_zone, w.phase, w.promised_at, w.waiting, w.urgent, w.off_site, w.key_tag,
           a.plate, a.serial, concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')), j.title
      from public.work_orders w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
      join public.jobs j on (j.org_id, j.work_order_id) = (w.org_id, w.id)
     where w.closed_at is null and w.branch_id = any (branches) and w.phase not in ('ready', 'quality_check')
       and (w.phase in ('approved', 'in_progress')
            or w.promised_at < (date_trunc('day', job_pool.at at time zone b.time_zone) + interval '1 day') at time zone b.time_zone)
       and j.work_state <> 'finished' and (j.decision = 'approved' or j.decision = 'open' and j.payer <> 'customer')
       and not exists (select from public.job_technicians t where (t.org_id, t.job_id) = (j.org_id, j.id))
     order by w.urgent desc, w.promised_at, w.id, j.position, j.id;
  perform set_config('app.sees', own, true);
end $$;

-- Gives a free job to a member: true when it is his now, false when it is not free any more, null when there is no such order.
create function app.take_job(of_order uuid, wanted uuid, taker uuid, branches uuid[], at timestamptz) returns boolean
language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.sees', true), '');
  free boolean;
begin
  perform set_config('app.sees', 'all', true);
  -- As every write on an order: its row first, so that two hands never take one job.
  perform from public.work_orders w
    where w.id = of_order and w.branch_id = any (branches) and exists (select from public.jobs j where (j.org_id, j.id, j.work_order_id) = (w.org_id, wanted, w.id))
      for update of w;
  if found then
    free := exists (select from app.job_pool(branches, take_job.at) p where p.job_id = wanted);
    if free then
      insert into public.job_technicians (job_id, work_order_id, member_id, seen_at) values (wanted, of_order, taker, take_job.at);
    end if;
  end if;
  perform set_config('app.sees', own, true);
  return free;
end $$;
grant execute on function app.job_pool(uuid[], timestamptz), app.take_job(uuid, uuid, uuid, uuid[], timestamptz) to gantry_tenant;
