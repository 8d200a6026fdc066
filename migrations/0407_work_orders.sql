-- The work order: concerns, jobs, lines, notes, authorizations, and a phase that only moves along the table below.

create table app.phases (
  phase text primary key,
  position int not null unique,
  open boolean not null
);
insert into app.phases values
  ('received', 1, true), ('diagnosing', 2, true), ('awaiting_approval', 3, true), ('approved', 4, true), ('waiting_for_parts', 5, true),
  ('in_progress', 6, true), ('quality_check', 7, true), ('ready', 8, true), ('delivered', 9, false), ('cancelled', 10, false);

-- No other move exists, whoever asks.
create table app.phase_moves (
  from_phase text references app.phases,
  to_phase text references app.phases,
  primary key (from_phase, to_phase)
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
  finished_at timestamptz, -- completed: reached ready
  closed_at timestamptz, -- delivered or cancelled
  version int not null default 1,
  attention_since timestamptz, -- a note asks for attention since then; null once somebody took care
  urgent boolean not null default false,
  off_site boolean not null default false, -- the vehicle is not here (any more, or yet)
  key_tag text not null default '' check (length(key_tag) <= 20), -- where its key hangs
  -- Who brought what the order is about. The company of both is compared by `verify-invariants`: a merge of customers moves both.
  driver_id uuid,
  primary key (org_id, id),
  unique (org_id, branch_id, number),
  foreign key (org_id, branch_id) references branches (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  foreign key (org_id, asset_id) references assets (org_id, id),
  foreign key (org_id, advisor_id) references members (org_id, id),
  constraint work_orders_driver_fkey foreign key (org_id, driver_id) references drivers (org_id, id)
);
create index work_orders_open on work_orders (org_id, promised_at, id) where closed_at is null;
create index work_orders_newest on work_orders (org_id, branch_id, created_at desc, id desc);
create index work_orders_phase on work_orders (org_id, branch_id, phase, created_at desc, id desc);
-- Without it the list of a quiet workshop's open work walks through everything that was ever closed.
create index work_orders_open_newest on work_orders (org_id, branch_id, created_at desc, id desc) where closed_at is null;
create index work_orders_customer on work_orders (org_id, customer_id, created_at desc, id desc);
create index work_orders_open_customer on work_orders (org_id, customer_id, created_at desc, id desc) where closed_at is null;
create index work_orders_asset on work_orders (org_id, asset_id, created_at desc, id desc);
create index work_orders_driver on work_orders (org_id, driver_id) where driver_id is not null;
call app.tenant_table('work_orders');
call app.branch_table('work_orders');
create trigger work_orders_guard before update on work_orders for each row execute function app.guard_work_order();
alter table work_orders enable always trigger work_orders_guard;
create trigger work_orders_announce after insert or update on work_orders for each row execute function app.announce_work_order();
create trigger work_orders_search after insert on work_orders for each row execute function search.follow_work_order();
create trigger work_orders_search_moved after update on work_orders for each row
  when ((old.customer_id, old.asset_id) is distinct from (new.customer_id, new.asset_id)) execute function search.follow_work_order();
create trigger work_orders_seen after insert or update of customer_id, asset_id on work_orders
  for each row execute function app.seen_with_order();
create trigger work_orders_parties before insert or update of customer_id, asset_id on work_orders
  for each row execute function app.guard_order_parties();
comment on table work_orders is 'The job that a vehicle or device is in the workshop for.';

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
create trigger concerns_guard before insert or update or delete on concerns for each row execute function app.guard_work_order_part();
comment on table concerns is 'What the customer said, with its cause and its correction.';

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
create index jobs_finished on jobs (org_id, finished_at) where finished_at is not null;
call app.tenant_table('jobs', 'full');
create trigger jobs_guard before insert or update or delete on jobs for each row execute function app.guard_work_order_part();
create trigger jobs_start_guard before update on jobs for each row execute function app.guard_job_start();
create trigger jobs_billed_guard before update or delete on jobs for each row execute function app.guard_billed_job();
alter table jobs enable always trigger jobs_billed_guard;
comment on table jobs is 'What is done on a work order: the customer approves or declines it.';

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
create trigger lines_guard before insert or update or delete on lines for each row execute function app.guard_work_order_part();
create trigger lines_billed_guard before insert or update or delete on lines for each row execute function app.guard_billed_line();
alter table lines enable always trigger lines_billed_guard;
comment on table lines is 'Labor, parts and fees of a job.';
comment on column lines.quantity_milli is '1500 is 1.5';

create table job_technicians (
  org_id uuid not null default app.current_org(),
  job_id uuid not null,
  work_order_id uuid not null,
  member_id uuid not null,
  -- What changed on a technician's work stays marked until they say that they saw it.
  seen_at timestamptz,
  -- The order's: a technician's own past is read in the order of the list.
  opened_at timestamptz not null,
  primary key (org_id, job_id, member_id),
  foreign key (org_id, job_id) references jobs (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index job_technicians_member on job_technicians (org_id, member_id, work_order_id);
create index job_technicians_order on job_technicians (org_id, work_order_id);
create index job_technicians_newest on job_technicians (org_id, member_id, opened_at desc, work_order_id desc);
call app.tenant_table('job_technicians', 'full');
-- A technician sees the orders that name them, unless their role sees all, everywhere or in the branch. Asked order by order: with "offset 0" the planner
-- cannot read a technician's whole past into memory for every statement.
create policy assigned on work_orders as restrictive for select using ((select app.sees_all_orders())
  or branch_id = any ((select app.open_branch_ids())::uuid[])
  or exists (select from job_technicians t where t.org_id = work_orders.org_id and t.work_order_id = work_orders.id
     and t.member_id = (select app.current_member()) offset 0));
create trigger job_technicians_guard before insert or update or delete on job_technicians for each row execute function app.guard_work_order_part();
create trigger job_technicians_opened before insert on job_technicians for each row execute function app.note_opening();
comment on table job_technicians is 'Who works on which job.';

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
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index work_order_moves_order on work_order_moves (org_id, work_order_id, at);
call app.tenant_table('work_order_moves', 'append');
comment on table work_order_moves is 'Each phase that a work order went through, with who moved it and why.';

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
create trigger authorizations_guard before insert on authorizations for each row execute function app.guard_work_order_part();
comment on table authorizations is 'What a customer was shown and decided, and how.';
comment on column authorizations.shown is 'Exactly what the customer was shown';

create table notes (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  work_order_id uuid not null,
  audience text not null check (audience in ('internal', 'customer')),
  body text not null check (length(body) between 1 and 4000),
  member_id uuid not null,
  at timestamptz not null,
  -- It calls for somebody; see `attention_since` of its work order.
  attention boolean not null default false,
  primary key (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index notes_order on notes (org_id, work_order_id, at);
call app.tenant_table('notes', 'append');
create trigger notes_guard before insert on notes for each row execute function app.guard_work_order_part();
comment on table notes is 'Notes on work orders.';

create table note_mentions (
  org_id uuid not null default app.current_org(),
  note_id uuid not null,
  work_order_id uuid not null,
  member_id uuid not null,
  seen_at timestamptz,
  primary key (org_id, note_id, member_id),
  foreign key (org_id, note_id) references notes (org_id, id),
  foreign key (org_id, work_order_id) references work_orders (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index note_mentions_unseen on note_mentions (org_id, member_id) where seen_at is null;
create index note_mentions_order on note_mentions (org_id, work_order_id);
call app.tenant_table('note_mentions');
comment on table note_mentions is 'Whose attention a note asks for.';

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
create index odometer_readings_asset on odometer_readings (org_id, asset_id, at desc, id desc);
call app.tenant_table('odometer_readings', 'append');
comment on table odometer_readings is 'What odometers said, when, and who read them.';

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
comment on table hand_overs is 'To whom a vehicle or device was handed over.';
