-- The work order: concerns, jobs, lines, notes, authorizations, and a phase that only moves along the table below.

create table app.phases (phase text primary key, position int not null unique, open boolean not null);
insert into app.phases values
  ('received', 1, true), ('diagnosing', 2, true), ('awaiting_approval', 3, true), ('approved', 4, true), ('waiting_for_parts', 5, true),
  ('in_progress', 6, true), ('quality_check', 7, true), ('ready', 8, true), ('delivered', 9, false), ('cancelled', 10, false);

create table app.phase_moves (
  from_phase text references app.phases, to_phase text references app.phases, primary key (from_phase, to_phase)
);
insert into app.phase_moves values
  ('received', 'diagnosing'), ('received', 'awaiting_approval'), ('received', 'approved'), ('received', 'cancelled'),
  ('diagnosing', 'awaiting_approval'), ('diagnosing', 'approved'), ('diagnosing', 'cancelled'),
  ('awaiting_approval', 'approved'), ('awaiting_approval', 'diagnosing'), ('awaiting_approval', 'ready'), ('awaiting_approval', 'cancelled'),
  ('approved', 'in_progress'), ('approved', 'waiting_for_parts'), ('approved', 'cancelled'),
  ('in_progress', 'waiting_for_parts'), ('in_progress', 'awaiting_approval'), ('in_progress', 'quality_check'), ('in_progress', 'ready'),
  ('waiting_for_parts', 'in_progress'), ('waiting_for_parts', 'awaiting_approval'), ('waiting_for_parts', 'cancelled'),
  ('quality_check', 'ready'), ('quality_check', 'in_progress'),
  ('ready', 'delivered'), ('ready', 'in_progress');
grant select on app.phases, app.phase_moves to gantry_tenant;

create table work_orders (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  branch_id uuid not null,
  number bigint not null,
  customer_id uuid not null,
  asset_id uuid not null,
  phase text not null default 'received' references app.phases,
  waiting boolean not null default false, -- the customer waits in the shop
  promised_at timestamptz,
  advisor_id uuid,
  odometer_in int check (odometer_in between 0 and 9999999),
  odometer_out int check (odometer_out between 0 and 9999999),
  total_minor bigint not null default 0, -- with tax, of jobs not declined: follows the lines in the same transaction
  created_at timestamptz not null,
  phase_since timestamptz not null,
  finished_at timestamptz,  -- completed: reached ready
  closed_at timestamptz,    -- delivered or cancelled
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, branch_id, number),
  foreign key (org_id, branch_id) references branches (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  foreign key (org_id, asset_id) references assets (org_id, id),
  foreign key (org_id, advisor_id) references members (org_id, id)
);
create index work_orders_newest on work_orders (org_id, created_at desc, id desc);
create index work_orders_open on work_orders (org_id, promised_at, id) where closed_at is null;
create index work_orders_customer on work_orders (org_id, customer_id, created_at desc);
create index work_orders_asset on work_orders (org_id, asset_id, created_at desc);
call app.tenant_table('work_orders');
call app.branch_table('work_orders');

-- Final is final, and a phase moves only along the table, whoever asks.
create function app.guard_work_order() returns trigger language plpgsql as $$
begin
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
create trigger work_orders_guard before update on work_orders for each row execute function app.guard_work_order();
alter table work_orders enable always trigger work_orders_guard;

-- What hangs on a closed work order is closed with it.
create function app.guard_work_order_part() returns trigger language plpgsql as $$
declare
  parent record := case when tg_op = 'DELETE' then old else new end;
begin
  if exists (select from public.work_orders w
              where w.org_id = parent.org_id and w.id = parent.work_order_id and w.phase in ('delivered', 'cancelled')) then
    raise exception 'work order is closed' using errcode = 'GA002';
  end if;
  return parent;
end $$;

create table concerns (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  position int not null,
  concern text not null check (length(concern) between 1 and 2000),
  cause text not null default '',
  correction text not null default '',
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id)
);
create index concerns_order on concerns (org_id, work_order_id, position);
call app.tenant_table('concerns', 'full');

create table jobs (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  position int not null,
  title text not null check (length(title) between 1 and 200),
  payer text not null default 'customer' check (payer in ('customer', 'internal', 'warranty')),
  decision text not null default 'open' check (decision in ('open', 'approved', 'declined')),
  work_state text not null default 'not_started' check (work_state in ('not_started', 'started', 'finished')),
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id)
);
create index jobs_order on jobs (org_id, work_order_id, position);
call app.tenant_table('jobs', 'full');

create table lines (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  job_id uuid not null,
  position int not null,
  kind text not null check (kind in ('labor', 'part', 'sublet', 'fee', 'discount', 'text')),
  description text not null check (length(description) between 1 and 500),
  part_number text not null default '',
  quantity_milli bigint not null default 1000 check (quantity_milli between 0 and 1000000000), -- thousandths: 1.5 h = 1500
  unit_price_minor bigint not null default 0 check (unit_price_minor between 0 and 100000000000),
  tax_basis_points int not null default 0 check (tax_basis_points between 0 and 10000),
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, job_id) references jobs (org_id, id)
);
create index lines_order on lines (org_id, work_order_id, position);
create index lines_job on lines (org_id, job_id);
call app.tenant_table('lines', 'full');

create table job_technicians (
  org_id uuid not null default app.current_org(),
  job_id uuid not null,
  work_order_id uuid not null,
  member_id uuid not null,
  primary key (org_id, job_id, member_id),
  foreign key (org_id, job_id) references jobs (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index job_technicians_member on job_technicians (org_id, member_id, work_order_id);
create index job_technicians_order on job_technicians (org_id, work_order_id);
call app.tenant_table('job_technicians', 'full');

create trigger concerns_guard before insert or update or delete on concerns for each row execute function app.guard_work_order_part();
create trigger jobs_guard before insert or update or delete on jobs for each row execute function app.guard_work_order_part();
create trigger lines_guard before insert or update or delete on lines for each row execute function app.guard_work_order_part();
create trigger job_technicians_guard before insert or update or delete on job_technicians for each row execute function app.guard_work_order_part();

-- A technician sees the orders that name him, unless the workshop lets all see all.
create policy assigned on work_orders as restrictive for select using ((select app.sees_all_orders()) or exists (
  select from job_technicians t where t.org_id = work_orders.org_id and t.work_order_id = work_orders.id and t.member_id = (select app.current_member())));

create table work_order_moves (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  from_phase text references app.phases,
  to_phase text not null references app.phases,
  reason text not null default '',
  member_id uuid,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id)
);
create index work_order_moves_order on work_order_moves (org_id, work_order_id, at);
call app.tenant_table('work_order_moves', 'append');

-- What the customer said yes or no to, exactly as it was shown.
create table authorizations (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  decision text not null check (decision in ('approved', 'declined')),
  method text not null check (method in ('in_person', 'phone', 'text', 'email')),
  contact_name text not null,
  note text not null default '',
  amount_minor bigint not null,
  shown jsonb not null,
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index authorizations_order on authorizations (org_id, work_order_id, at);
call app.tenant_table('authorizations', 'append');

create table notes (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  audience text not null check (audience in ('internal', 'customer')),
  body text not null check (length(body) between 1 and 4000),
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index notes_order on notes (org_id, work_order_id, at);
call app.tenant_table('notes', 'append');

-- What an asset's meter showed, by whom and when; a lower value needs a reason.
create table odometer_readings (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  asset_id uuid not null,
  work_order_id uuid,
  value int not null check (value between 0 and 9999999),
  unit text not null check (unit in ('km', 'mi')),
  source text not null check (source in ('in', 'out', 'manual')),
  reason text not null default '',
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, asset_id) references assets (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index odometer_readings_asset on odometer_readings (org_id, asset_id, at desc);
call app.tenant_table('odometer_readings', 'append');

create table hand_overs (
  org_id uuid not null default app.current_org(),
  work_order_id uuid not null,
  collected_by text not null check (length(collected_by) between 1 and 120),
  signature text not null check (length(signature) between 1 and 20000),
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, work_order_id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
call app.tenant_table('hand_overs', 'append');

-- Every screen that shows an order hears of its change; ids only, the listener reads under its own rights.
create function app.announce_work_order() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.org_id, new.branch_id, 'work_order', new.id));
  return null;
end $$;
create trigger work_orders_announce after insert or update on work_orders for each row execute function app.announce_work_order();

create function search.follow_work_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('work_order', new.id, new.branch_id,
    b.code || '-' || new.number, concat_ws(' · ', coalesce(nullif(a.plate, ''), nullif(a.serial, ''), a.model), c.name),
    b.code || '-' || new.number || ' ' || new.number)
  from public.branches b, public.customers c, public.assets a
  where (b.org_id, b.id) = (new.org_id, new.branch_id) and (c.org_id, c.id) = (new.org_id, new.customer_id) and (a.org_id, a.id) = (new.org_id, new.asset_id);
  return null;
end $$;
create trigger work_orders_search after insert on work_orders for each row execute function search.follow_work_order();

-- A vehicle's history is the organization's: a member of one branch sees what was done in the others, summary only.
create function app.asset_history(asset uuid) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, created_at timestamptz, closed_at timestamptz,
  odometer_in int, total_minor bigint, jobs text
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  perform set_config('app.branches', 'all', true);
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, w.created_at, w.closed_at, w.odometer_in, w.total_minor,
           coalesce((select string_agg(j.title, ', ' order by j.position) from public.jobs j where j.org_id = w.org_id and j.work_order_id = w.id and j.decision <> 'declined'), '')
      from public.work_orders w join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
     where w.asset_id = asset
     order by w.created_at desc, w.id desc limit 100;
  perform set_config('app.branches', own, true);
end $$;
grant execute on function app.asset_history(uuid) to gantry_tenant;
