-- Data that left the workshop in one piece: who took what, how many rows, when. Nobody alters it.

create table export_events (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  at timestamptz not null,
  member_id uuid,
  member_name text not null,
  what text not null check (length(what) between 1 and 200),
  row_count bigint not null check (row_count >= 0),
  request_id text not null default '',
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index export_events_newest on export_events (org_id, at desc, id desc);
call app.tenant_table('export_events', 'append');
