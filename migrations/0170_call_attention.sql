-- Notes that call for attention or for a colleague, and what somebody looks for before he goes to a vehicle.
alter table notes add column attention boolean not null default false;
alter table work_orders
  add column attention_since timestamptz, -- a note asks for attention since then; null once somebody took care
  add column urgent boolean not null default false,
  add column off_site boolean not null default false, -- the vehicle is not here (any more, or yet)
  add column key_tag text not null default '' check (length(key_tag) <= 20); -- where its key hangs
create index work_orders_attention on work_orders (org_id, attention_since) where attention_since is not null and closed_at is null;

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
