-- What guards work orders and their parts, and what technicians find of them.

-- Final is final, and a phase moves only along the table, whoever asks.
create or replace function app.guard_work_order() returns trigger language plpgsql as $$
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if old.phase in ('delivered', 'cancelled') then
    raise exception 'work order is closed' using errcode = 'GA002';
  end if;
  if new.phase <> old.phase
     and not exists (select from app.phase_moves m where m.from_phase = old.phase and m.to_phase = new.phase) then
    raise exception 'no move from % to %', old.phase, new.phase using errcode = 'GA003';
  end if;
  if (new.org_id, new.id, new.branch_id, new.number, new.created_at) is distinct from (old.org_id, old.id, old.branch_id, old.number, old.created_at) then
    raise exception 'identity of a work order never changes' using errcode = 'GA001';
  end if;
  return new;
end $$;

-- What hangs on a closed work order is closed with it.
create or replace function app.guard_work_order_part() returns trigger language plpgsql as $$
declare
  parent record := case when tg_op = 'DELETE' then old else new end;
begin
  if exists (select from public.work_orders w
              where w.org_id = parent.org_id and w.id = parent.work_order_id and w.phase in ('delivered', 'cancelled')) then
    raise exception 'work order is closed' using errcode = 'GA002';
  end if;
  return parent;
end $$;

-- Every screen that shows an order hears of its change; ids only, the listener reads under its own rights.
create or replace function app.announce_work_order() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.org_id, new.branch_id, 'work_order', new.id));
  return null;
end $$;

create or replace function app.guard_job_start() returns trigger language plpgsql as $$
begin
  if new.work_state <> 'not_started' and old.work_state = 'not_started'
     and (new.decision = 'declined' or (new.decision = 'open' and new.payer = 'customer')) then
    raise exception 'job is not authorized' using errcode = 'GA005';
  end if;
  return new;
end $$;

-- When the order was opened stands beside who works on it.
create or replace function app.note_opening() returns trigger language plpgsql as $$
declare
  own text := coalesce(current_setting('app.sees', true), '');
begin
  perform set_config('app.sees', 'all', true);
  select w.created_at into new.opened_at from public.work_orders w where (w.org_id, w.id) = (new.org_id, new.work_order_id);
  perform set_config('app.sees', own, true);
  return new;
end $$;

-- Work that nobody has: approved jobs without a technician on orders that are approved, in work or promised for today. A technician, who
-- sees only orders that name them, sees of these what they need to choose: no customer, no price.
create or replace function app.job_pool(branches uuid[], at timestamptz) returns table (
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

-- Gives a free job to a member: true when it is theirs now, false when it is not free any more, null when there is no such order.
create or replace function app.take_job(of_order uuid, wanted uuid, taker uuid, branches uuid[], at timestamptz) returns boolean
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

create or replace function app.note_presence() returns trigger language plpgsql as $$
begin
  update auth.affiliations f set last_seen_at = greatest(f.last_seen_at, new.last_seen_at)
   where (f.user_id, f.org_id) = (new.user_id, new.org_id);
  return null;
end $$;

create or replace function app.guard_announcement() returns trigger language plpgsql as $$
begin
  if app.is_moving() then return coalesce(new, old); end if;
  if old.withdrawn_at is not null
     or to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[] <> to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[] then
    raise exception 'an announcement is taken back once and never changed' using errcode = 'GA001';
  end if;
  return new;
end $$;

create or replace function app.guard_order_parties() returns trigger language plpgsql as $$
declare
  customer_left timestamptz;
  asset_left timestamptz;
begin
  -- Not "for share": the same transaction writes both rows later (where they were seen, the meter), and two that share would wait for each other.
  select c.archived_at into customer_left from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id) for no key update;
  select a.archived_at into asset_left from public.assets a where (a.org_id, a.id) = (new.org_id, new.asset_id) for no key update;
  if new.closed_at is null and (customer_left is not null or asset_left is not null) then
    raise exception 'customer or asset is archived' using errcode = 'GA008';
  end if;
  return new;
end $$;

-- Whether a job is the customer's to pay; the same rule as `chargeable` of the program.
create or replace function app.chargeable(payer text, decision text) returns boolean language sql immutable parallel safe
  as $$ select payer = 'customer' and decision = 'approved' $$;

-- How a work order and what it is about are called: functions of one expression, so that the planner sees through them.
create or replace function app.order_number(branch_code text, number bigint) returns text language sql immutable parallel safe
  as $$ select branch_code || '-' || number::text $$;

-- Who may call them.
grant execute on function app.job_pool(uuid[], timestamptz), app.take_job(uuid, uuid, uuid, uuid[], timestamptz),
  app.chargeable(text, text), app.order_number(text, bigint)
  to gantry_tenant;
