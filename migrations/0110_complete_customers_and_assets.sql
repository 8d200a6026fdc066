-- Why somebody was archived, one spelling per mailbox (a plain column, so that row security lets an index use it), and the
-- feed of a customer.

alter table customers
  add column archived_reason text not null default '',
  add column email_norm text not null generated always as (lower(email)) stored;
alter table assets add column archived_reason text not null default '';

create index customers_email on customers (org_id, email_norm) where email_norm <> '';
create index audit_events_customer on audit_events (org_id, customer_id, at desc) where customer_id is not null;

-- The list of those who left.
create index customers_archived on customers (org_id, created_at desc, id desc) where archived_at is not null;
create index assets_archived on assets (org_id, created_at desc, id desc) where archived_at is not null;
