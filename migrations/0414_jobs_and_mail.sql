-- Background work waits in a queue of the library graphile_worker, whose tables `gantry migrate` makes in a schema of its own. A role
-- that owns that schema and nothing else works on it; everybody else queues through functions, in the transaction that causes the work.

-- The library would make the schema and this table itself, for which its role would need the right to make schemas.
create schema graphile_worker authorization gantry_jobs;
create table graphile_worker.migrations (
  id int primary key,
  ts timestamptz not null default now(),
  breaking boolean not null default false
);
alter table graphile_worker.migrations owner to gantry_jobs;

-- Mail waits here in the transaction that caused it and is sent by whichever server comes first. No row holds a secret: links are
-- made when the mail is sent, from the link's id and a key that is not in the database.
create table auth.mails (
  id uuid primary key,
  org_id uuid references auth.organizations,
  recipient text not null check (length(recipient) between 3 and 254),
  subject text not null,
  letter jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null,
  leased_until timestamptz,
  error text not null default '',
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mails_due on auth.mails (due_at) where state = 'queued';
create index mails_org on auth.mails (org_id, created_at desc, id) where org_id is not null;
create index mails_failed on auth.mails (org_id, created_at) where state = 'failed';
create index mails_waiting on auth.mails (org_id) where state = 'queued';
create trigger queue_sending after insert on auth.mails for each row execute function auth.queue_sending();
