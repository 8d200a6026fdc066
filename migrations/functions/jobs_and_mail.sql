-- The queue of background work and the mail that it sends.

-- Inside a workshop's transaction the mail belongs to the workshop, whatever the caller says.
create or replace function auth.queue_mail(id uuid, recipient text, subject text, letter jsonb, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.mails (id, org_id, recipient, subject, letter, created_at)
  values (id, app.current_org(), recipient, subject, letter, at)
$$;

-- The workshop's own mail, newest first, without what it says.
create or replace function auth.list_mails(before timestamptz, most int)
returns table (id uuid, recipient text, subject text, state text, attempts int, error text, created_at timestamptz, sent_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.recipient, m.subject, m.state, m.attempts, m.error, m.created_at, m.sent_at
    from auth.mails m
   where m.org_id = app.current_org() and m.created_at < coalesce(list_mails.before, 'infinity')
   order by m.created_at desc, m.id limit most
$$;

create or replace function auth.check_key(fingerprint bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into auth.key_check as k (fingerprint) values (check_key.fingerprint) on conflict do nothing;
  return exists (select from auth.key_check k where k.fingerprint = check_key.fingerprint);
end $$;

-- What somebody's account is written to in: the language of the first workshop that they work in; null where they work in none.
create or replace function auth.account_language(account uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  bound text := current_setting('app.org_id', true);
  place record;
  spoken text;
begin
  for place in select f.org_id, f.member_id from auth.affiliations f where f.user_id = account order by f.org_id loop
    perform set_config('app.org_id', place.org_id::text, true);
    select s.language into spoken
      from public.members m join public.organization_settings s on s.org_id = m.org_id
     where m.org_id = place.org_id and m.id = place.member_id and m.deactivated_at is null;
    exit when found;
  end loop;
  perform set_config('app.org_id', coalesce(bound, ''), true);
  return spoken;
end $$;

-- A letter about an account belongs to no workshop. `letters` holds it by language; servers of the version before hand in one letter alone.
drop function if exists auth.post_letter(uuid, text, jsonb, timestamptz);
create or replace function auth.post_letter(mail_id uuid, account uuid, recipient text, letters jsonb, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  letter jsonb := coalesce(letters -> auth.account_language(account), letters -> 'en', letters);
begin
  insert into auth.mails (id, org_id, recipient, subject, letter, created_at)
  values (mail_id, null, post_letter.recipient, letter ->> 'subject', letter, post_letter.at);
end $$;

-- To whoever has this address.
create or replace function auth.write_to_account(email_norm text, mail_id uuid, letters jsonb, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.post_letter(mail_id, (select u.id from auth.users u where u.email_norm = write_to_account.email_norm),
    write_to_account.email_norm, letters, at);
end $$;

-- Queues one piece of work; jobs of one workshop run one after the other, so that a busy one does not keep the others waiting.
-- A `key` is queued once: while a job with it waits, another call changes nothing.
create or replace function auth.put_job(org uuid, name text, payload jsonb, key text, delay interval, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(
    identifier => name,
    payload => jsonb_build_object('org', org, 'job', payload)::json,
    queue_name => org::text,
    run_at => clock_timestamp() + delay,
    max_attempts => tries,
    job_key => key,
    job_key_mode => 'unsafe_dedupe');
end $$;

-- Inside a workshop's transaction the work belongs to the workshop, whatever the caller says.
create or replace function auth.queue_job(name text, payload jsonb, key text, delay interval, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(app.current_org(), name, payload, key, delay, tries);
end $$;

-- How the queue stands: work that is due and nobody does, for how long the oldest waits, and what was given up.
create or replace function auth.job_lag(out waiting bigint, out oldest_s double precision, out given_up bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  select count(*) filter (where due), coalesce(extract(epoch from clock_timestamp() - min(j.run_at) filter (where due)), 0),
         count(*) filter (where j.attempts >= j.max_attempts)
    into waiting, oldest_s, given_up
    from (select x.run_at, x.attempts, x.max_attempts,
                 x.run_at <= clock_timestamp() and x.locked_at is null and x.attempts < x.max_attempts as due
            from graphile_worker._private_jobs x) j;
end $$;

-- Work that was given up is kept for a while, for whoever looks why.
create or replace function auth.forget_jobs(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  delete from graphile_worker._private_jobs j
   where j.attempts >= j.max_attempts and j.locked_at is null and j.updated_at < forget_jobs.before;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Mail: the queue says when, the row says what and what became of it.
create or replace function auth.queue_sending() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(new.org_id, 'send_mail', jsonb_build_object('mail', new.id), 'mail ' || new.id, interval '0', 3);
  return null;
end $$;

-- For mail that waits since before there was a queue, and for a queue that was lost: what waits and is not queued is queued.
create or replace function auth.queue_waiting_mail() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(m.org_id, 'send_mail', jsonb_build_object('mail', m.id), 'mail ' || m.id, interval '0', 3)
     from auth.mails m
    where m.state = 'queued'
      and m.id not in (select (j.payload -> 'job' ->> 'mail')::uuid from graphile_worker._private_jobs j
                        where j.attempts < j.max_attempts and j.payload -> 'job' ->> 'mail' is not null);
end $$;

-- One that waits, with one more attempt counted; none when it was sent or given up.
create or replace function auth.take_mail(id uuid) returns table (recipient text, letter jsonb, attempts int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    update auth.mails m set attempts = m.attempts + 1 where m.id = take_mail.id and m.state = 'queued'
    returning m.recipient, m.letter, m.attempts;
end $$;

-- What became of it: sent, to be tried again after `again`, or given up.
create or replace function auth.finish_mail(id uuid, at timestamptz, error text, again interval) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  org uuid;
begin
  update auth.mails m
     set state = case when finish_mail.error = '' then 'sent' when again is null then 'failed' else 'queued' end,
         sent_at = case when finish_mail.error = '' then finish_mail.at end,
         error = left(finish_mail.error, 300)
   where m.id = finish_mail.id and m.state = 'queued'
  returning m.org_id into org;
  if found and finish_mail.error <> '' and again is not null then
    -- The one that is running keeps the key of the first.
    perform auth.put_job(org, 'send_mail', jsonb_build_object('mail', finish_mail.id), null, again, 3);
  end if;
end $$;

create or replace function auth.forget_form_keys(org uuid, before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform set_config('app.org_id', org::text, true);
  delete from public.idempotency_keys k where k.org_id = org and k.created_at < forget_form_keys.before;
  get diagnostics gone = row_count;
  perform set_config('app.org_id', '', true);
  return gone;
end $$;

-- Letters say what they said for so long; that they were sent stays.
create or replace function auth.forget_letters(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  update auth.mails m set letter = '{}' where m.state <> 'queued' and m.created_at < forget_letters.before and m.letter <> '{}';
  get diagnostics gone = row_count;
  return gone;
end $$;

-- A piece of work for each workshop.
create or replace function auth.queue_for_all(name text, tries int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform auth.put_job(o.id, queue_for_all.name, '{}', queue_for_all.name || ' ' || o.id, interval '0', tries) from auth.organizations o;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.queue_mail(uuid, text, text, jsonb, timestamptz), auth.list_mails(timestamptz, int),
  auth.check_key(bytea), auth.account_language(uuid), auth.post_letter(uuid, uuid, text, jsonb, timestamptz), auth.write_to_account(text, uuid, jsonb, timestamptz), auth.put_job(uuid, text, jsonb, text, interval, int),
  auth.queue_job(text, jsonb, text, interval, int), auth.job_lag(), auth.forget_jobs(timestamptz), auth.queue_sending(),
  auth.queue_waiting_mail(), auth.take_mail(uuid), auth.finish_mail(uuid, timestamptz, text, interval),
  auth.forget_form_keys(uuid, timestamptz), auth.forget_letters(timestamptz), auth.queue_for_all(text, int)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.queue_mail(uuid, text, text, jsonb, timestamptz), auth.list_mails(timestamptz, int),
  auth.write_to_account(text, uuid, jsonb, timestamptz), auth.check_key(bytea), auth.job_lag(), auth.forget_jobs(timestamptz), auth.take_mail(uuid),
  auth.finish_mail(uuid, timestamptz, text, interval), auth.forget_form_keys(uuid, timestamptz),
  auth.forget_letters(timestamptz), auth.queue_for_all(text, int)
  to gantry_app;
grant execute on function auth.queue_mail(uuid, text, text, jsonb, timestamptz), auth.list_mails(timestamptz, int),
  auth.queue_job(text, jsonb, text, interval, int)
  to gantry_tenant;
