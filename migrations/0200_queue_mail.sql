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

-- Inside a workshop's transaction the mail belongs to the workshop, whatever the caller says.
create function auth.queue_mail(id uuid, recipient text, subject text, letter jsonb, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.mails (id, org_id, recipient, subject, letter, due_at, created_at)
  values (id, app.current_org(), recipient, subject, letter, at, at)
$$;

-- Takes up to `most` mails that are due. A server that dies gives them back when its lease ends.
create function auth.claim_mails(at timestamptz, lease interval, most int)
returns table (id uuid, recipient text, subject text, letter jsonb, attempts int)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.mails m set leased_until = claim_mails.at + lease, attempts = m.attempts + 1
   where m.id in (select x.id from auth.mails x
                   where x.state = 'queued' and x.due_at <= claim_mails.at and coalesce(x.leased_until, '-infinity') <= claim_mails.at
                   order by x.due_at limit most for update skip locked)
  returning m.id, m.recipient, m.subject, m.letter, m.attempts
$$;

-- What became of one: sent, to be tried again at `again`, or given up.
create function auth.settle_mail(id uuid, at timestamptz, error text, again timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.mails m
     set state = case when settle_mail.error = '' then 'sent' when again is null then 'failed' else 'queued' end,
         sent_at = case when settle_mail.error = '' then settle_mail.at end,
         error = left(settle_mail.error, 300), due_at = coalesce(again, m.due_at), leased_until = null
   where m.id = settle_mail.id and m.state = 'queued'
$$;

-- The workshop's own mail, newest first, without what it says.
create function auth.list_mails(before timestamptz, most int)
returns table (id uuid, recipient text, subject text, state text, attempts int, error text, created_at timestamptz, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient, m.subject, m.state, m.attempts, m.error, m.created_at, m.sent_at
    from auth.mails m
   where m.org_id = app.current_org() and m.created_at < coalesce(list_mails.before, 'infinity')
   order by m.created_at desc, m.id limit most
$$;

-- What a link in a mail opens. Only the hash of its secret is here, and the secret follows from a key outside the database.
create table auth.links (
  id uuid primary key,
  purpose text not null check (purpose in ('verify_email', 'reset_password', 'invite')),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  user_id uuid references auth.users,
  org_id uuid references auth.organizations,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index links_user on auth.links (user_id, purpose) where user_id is not null;
create index links_org on auth.links (org_id, created_at desc) where org_id is not null;

-- The fingerprint of the key that the servers of this database share: another key could open nothing that this one made.
create table auth.key_check (
  one boolean primary key default true check (one),
  fingerprint bytea not null check (octet_length(fingerprint) = 32)
);
create function auth.check_key(fingerprint bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into auth.key_check as k (fingerprint) values (check_key.fingerprint) on conflict do nothing;
  return exists (select from auth.key_check k where k.fingerprint = check_key.fingerprint);
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'auth' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to gantry_app', f);
  end loop;
end $$;
grant execute on function auth.queue_mail(uuid, text, text, jsonb, timestamptz) to gantry_tenant;
grant execute on function auth.list_mails(timestamptz, int) to gantry_tenant;
