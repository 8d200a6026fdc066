-- Mail waits in the queue of background work; nobody reads when its row is due or leased.
drop index auth.mails_due;
alter table auth.mails drop column due_at, drop column leased_until;
