-- Who signed in, who tried to, from where: kept for good, unlike the guesses that are counted for a day.

create table auth.sign_ins (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null,
  outcome text not null check (outcome in ('ok', 'wrong', 'throttled')),
  -- Whose account it was aimed at; nobody's, when no account has the address.
  user_id uuid references auth.users,
  -- The workshop that was opened.
  org_id uuid references auth.organizations,
  email_hash bytea,
  address text not null,
  user_agent text not null,
  check (outcome <> 'ok' or user_id is not null and org_id is not null)
);
create index sign_ins_user on auth.sign_ins (user_id, at desc, id desc) where user_id is not null;
create index sign_ins_nobody on auth.sign_ins (at) where user_id is null;
create index sign_ins_throttled on auth.sign_ins (email_hash, at) where outcome = 'throttled';

-- Guesses at addresses that nobody has are written like all others, because the time of an answer must not tell; they go again.
create trigger sign_ins_no_change before update on auth.sign_ins for each row execute function app.refuse_change();
create trigger sign_ins_no_delete before delete on auth.sign_ins for each row when (old.user_id is not null) execute function app.refuse_change();
create trigger sign_ins_no_truncate before truncate on auth.sign_ins for each statement execute function app.refuse_change();
alter table auth.sign_ins enable always trigger sign_ins_no_change;
alter table auth.sign_ins enable always trigger sign_ins_no_delete;
alter table auth.sign_ins enable always trigger sign_ins_no_truncate;

-- Whatever opens a session leaves its row.
create function auth.note_session() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into auth.sign_ins (at, outcome, user_id, org_id, address, user_agent)
  values (new.created_at, 'ok', new.user_id, new.org_id, new.address, left(new.user_agent, 300));
  return null;
end $$;
create trigger sessions_noted after insert on auth.sessions for each row execute function auth.note_session();
alter table auth.sessions enable always trigger sessions_noted;

-- A guess that failed. Those that were not even looked at leave one row a minute for an address.
create function auth.note_failed_sign_in(email_norm text, email_hash bytea, address text, user_agent text, at timestamptz, outcome text)
returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.sign_ins (at, outcome, user_id, email_hash, address, user_agent)
  select note_failed_sign_in.at, note_failed_sign_in.outcome, (select u.id from auth.users u where u.email_norm = note_failed_sign_in.email_norm),
         note_failed_sign_in.email_hash, note_failed_sign_in.address, left(note_failed_sign_in.user_agent, 300)
   where note_failed_sign_in.outcome = 'wrong'
      or note_failed_sign_in.outcome = 'throttled' and not exists (
           select from auth.sign_ins s where s.email_hash = note_failed_sign_in.email_hash and s.outcome = 'throttled'
              and s.at > note_failed_sign_in.at - interval '1 minute')
$$;

create function auth.forget_strangers(before timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  delete from auth.sign_ins s where s.user_id is null and s.at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- The workshop's own, newest first: what opened it, and what was tried at the accounts of its people while they were its people.
create function auth.list_sign_ins(before timestamptz, before_id uuid, of_member uuid, of_outcome text, most int)
returns table (id uuid, at timestamptz, member_name text, outcome text, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.at, m.name, s.outcome, s.address, s.user_agent
    from public.members m cross join lateral (
      select x.* from auth.sign_ins x
       where x.user_id = m.user_id and (x.at, x.id) < (list_sign_ins.before, list_sign_ins.before_id)
         and case when x.outcome = 'ok' then x.org_id = m.org_id
                  else x.at between m.created_at and coalesce(m.deactivated_at, 'infinity') end
         and (list_sign_ins.of_outcome = '' or x.outcome = list_sign_ins.of_outcome)
       order by x.at desc, x.id desc limit list_sign_ins.most) s
   where m.org_id = app.current_org() and (list_sign_ins.of_member is null or m.id = list_sign_ins.of_member)
   order by s.at desc, s.id desc limit list_sign_ins.most
$$;

revoke all on function auth.note_session(), auth.note_failed_sign_in(text, bytea, text, text, timestamptz, text),
  auth.forget_strangers(timestamptz), auth.list_sign_ins(timestamptz, uuid, uuid, text, int) from public;
grant execute on function auth.note_failed_sign_in(text, bytea, text, text, timestamptz, text), auth.forget_strangers(timestamptz) to gantry_app;
grant execute on function auth.list_sign_ins(timestamptz, uuid, uuid, text, int) to gantry_tenant;
