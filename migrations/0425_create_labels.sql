-- Labels: a workshop's own coloured words for where a work order stands within a phase, and which order carries which.

create table labels (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  phase text not null references app.phases, -- the column of the board that it belongs to, for good
  name text not null constraint labels_name_length check (length(name) between 1 and 30),
  name_norm text not null, -- in small letters: no two of a phase are read as the same
  color text not null
    constraint labels_color_check check (color in ('slate', 'orange', 'blue', 'green', 'yellow', 'red', 'violet', 'teal', 'pink')),
  position int not null, -- within the phase
  is_default boolean not null default false, -- goes on an order that enters the phase
  created_at timestamptz not null,
  archived_at timestamptz, -- offered no more; orders that carry it keep it
  version int not null default 1,
  primary key (org_id, id),
  constraint labels_default_offered check (not is_default or archived_at is null)
);
create unique index labels_name on labels (org_id, phase, name_norm) where archived_at is null;
create index labels_offered on labels (org_id, position, id) include (phase, name) where archived_at is null;
create unique index labels_default on labels (org_id, phase) where is_default;
call app.tenant_table('labels');
comment on table labels is 'The workshop''s own words for where a work order stands within a phase.';

create table work_order_labels (
  org_id uuid not null default app.current_org(),
  work_order_id uuid not null,
  label_id uuid not null,
  primary key (org_id, work_order_id) include (label_id), -- one: the order's place within its phase; a list reads the index alone
  constraint work_order_labels_order_fkey foreign key (org_id, work_order_id) references work_orders (org_id, id),
  constraint work_order_labels_label_fkey foreign key (org_id, label_id) references labels (org_id, id)
);
create index work_order_labels_label on work_order_labels (org_id, label_id);
call app.tenant_table('work_order_labels', 'full');
-- A closed order gets none; the move that closes it takes the last one away.
create trigger work_order_labels_guard before insert or update on work_order_labels
  for each row execute function app.guard_work_order_part();
comment on table work_order_labels is 'Which label an open work order carries: one of its phase, or none.';
