-- Why somebody was archived, one spelling per mailbox (a plain column, so that row security lets an index use it), and the
-- feed of a customer.

alter table customers
  add column archived_reason text not null default '',
  add column email_norm text not null generated always as (lower(email)) stored;
alter table assets add column archived_reason text not null default '';

create index customers_email on customers (org_id, email_norm) where email_norm <> '';
create index audit_events_customer on audit_events (org_id, customer_id, at desc) where customer_id is not null;
