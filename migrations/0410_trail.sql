-- Who did what: the trail with its chain of hashes, and what left a workshop in one piece.

-- Every change: who, when, what, before and after. Nobody alters it.
create table audit_events (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  at timestamptz not null,
  member_id uuid,
  member_name text not null,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  work_order_id uuid,
  customer_id uuid,
  summary text not null,
  detail jsonb,
  request_id text not null default '',
  primary key (org_id, id)
);
create index audit_events_order on audit_events (org_id, work_order_id, at desc) where work_order_id is not null;
create index audit_events_entity on audit_events (org_id, entity_id, at desc);
create index audit_events_customer on audit_events (org_id, customer_id, at desc, id desc) where customer_id is not null;
-- Each way of reading the trail is a range of an index of its own: everything, a person's deeds, a kind of thing; a customer's has one.
create index audit_events_newest on audit_events (org_id, at desc, id desc);
create index audit_events_member on audit_events (org_id, member_id, at desc, id desc);
create index audit_events_kind on audit_events (org_id, entity, at desc, id desc);
call app.tenant_table('audit_events', 'append');
create trigger audit_events_chain after insert on audit_events referencing new table as added
  for each statement execute function auth.chain_audit();
alter table audit_events enable always trigger audit_events_chain;
comment on table audit_events is 'Who did what, when: the trail.';
comment on column audit_events.detail is 'What stood there before and after';

-- Whoever changes the trail behind the product's back is found out: the rows of an organization form a chain of hashes. A link
-- stands beside its row, so that a thousand rows written by one statement are chained by one lock of the chain's head.
create table auth.audit_heads (
  org_id uuid primary key references auth.organizations,
  seq bigint not null check (seq >= 0),
  hash bytea not null check (octet_length(hash) = 32)
);
create trigger audit_heads_forward before update on auth.audit_heads for each row
  when (new.org_id <> old.org_id or new.seq <= old.seq) execute function app.refuse_change();
alter table auth.audit_heads enable always trigger audit_heads_forward;
create trigger audit_heads_stay before delete on auth.audit_heads for each row execute function app.refuse_change();
alter table auth.audit_heads enable always trigger audit_heads_stay;
create trigger audit_heads_no_truncate before truncate on auth.audit_heads for each statement execute function app.refuse_change();
alter table auth.audit_heads enable always trigger audit_heads_no_truncate;

create table auth.audit_chain (
  org_id uuid not null,
  seq bigint not null check (seq > 0),
  event_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (org_id, seq)
);
-- A chain only grows, a head only moves forward.
create trigger audit_chain_append_only before update or delete on auth.audit_chain for each row execute function app.refuse_change();
alter table auth.audit_chain enable always trigger audit_chain_append_only;
create trigger audit_chain_no_truncate before truncate on auth.audit_chain for each statement execute function app.refuse_change();
alter table auth.audit_chain enable always trigger audit_chain_no_truncate;

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
  -- A printed document with somebody's data leaves a row in the log of exports. A row about one document is a print of it.
  entity text not null default '' constraint export_events_entity_check check (length(entity) <= 40),
  entity_id uuid,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id),
  constraint export_events_prints_name_a_document check ((entity = '') = (entity_id is null))
);
create index export_events_newest on export_events (org_id, at desc, id desc);
call app.tenant_table('export_events', 'append');
comment on table export_events is 'What left the workshop: exports in one piece (this download too, from the next one on), and printed documents.';
