-- Sessions, shared tablets and second factors; and what was tried, so that it can be tried only so often.

-- Browsers that a branch shares. Whoever has a PIN is one touch away there.
create table auth.tablets (
  id uuid primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  org_id uuid not null references auth.organizations,
  branch_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  last_used_at timestamptz,
  retired_at timestamptz,
  foreign key (org_id, branch_id) references public.branches (org_id, id),
  foreign key (org_id, enrolled_by) references public.members (org_id, id)
);
create index tablets_org on auth.tablets (org_id) where retired_at is null;

-- Argon2 over a keyed hash: without the key a copied database cannot be searched for four digits.
create table auth.pins (
  org_id uuid not null,
  member_id uuid not null,
  pin_hash text not null,
  set_at timestamptz not null,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references public.members (org_id, id)
);

-- One browser of one member.
create table auth.sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  user_id uuid not null references auth.users,
  org_id uuid not null references auth.organizations,
  member_id uuid not null,
  branch_id uuid,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  address text not null,
  user_agent text not null,
  -- `confirmed_at`: when the password was last given here; sessions by PIN never gave it. They also idle out sooner.
  id uuid not null default gen_random_uuid() unique,
  confirmed_at timestamptz,
  own_idle interval,
  tablet_id uuid references auth.tablets
);
create index sessions_user on auth.sessions (user_id);
create index sessions_tablet on auth.sessions (tablet_id) where tablet_id is not null;
create trigger sessions_noted after insert on auth.sessions for each row execute function auth.note_session();
alter table auth.sessions enable always trigger sessions_noted;
create trigger sessions_presence after insert or update of last_seen_at, org_id on auth.sessions
  for each row execute function app.note_presence();

-- Guesses at one account or from one address: counted here, so that several servers count together.
create table auth.sign_in_attempts (
  id bigint generated always as identity primary key,
  email_hash bytea not null,
  address text not null,
  at timestamptz not null,
  outcome text not null,
  device_hash bytea,
  -- Attempts are also the account's history, so they say which browser and how.
  user_agent text not null default '',
  network text not null generated always as (auth.network(address)) stored,
  constraint sign_in_attempts_outcome_check
    check (outcome in ('pending', 'ok', 'wrong', 'throttled', 'code_due', 'code_wrong', 'pin_ok', 'pin_wrong'))
);
create index sign_in_attempts_account on auth.sign_in_attempts (email_hash, at);
create index sign_in_attempts_network on auth.sign_in_attempts (network, at);

-- Workshops that were founded, or nearly, by address.
create table auth.sign_up_attempts (
  id bigint generated always as identity primary key,
  address text not null,
  at timestamptz not null,
  outcome text not null default 'pending' check (outcome in ('pending', 'made', 'taken')),
  network text not null generated always as (auth.network(address)) stored
);
create index sign_up_attempts_network on auth.sign_up_attempts (network, at);

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
alter table auth.sign_ins enable always trigger sign_ins_no_change;
create trigger sign_ins_no_delete before delete on auth.sign_ins for each row when (old.user_id is not null) execute function app.refuse_change();
alter table auth.sign_ins enable always trigger sign_ins_no_delete;
create trigger sign_ins_no_truncate before truncate on auth.sign_ins for each statement execute function app.refuse_change();
alter table auth.sign_ins enable always trigger sign_ins_no_truncate;

-- Turns at whatever may be tried only so often. A turn is taken before the try, so that many at once count too.
create table auth.turns (
  id bigint generated always as identity primary key,
  what text not null check (what in ('reset', 'reset_from', 'confirm', 'code', 'pin', 'tablet')),
  subject bytea not null,
  at timestamptz not null
);
create index turns_subject on auth.turns (what, subject, at);

-- The seed is sealed by a key outside the database. `last_step` is the last code that was used: none counts twice.
create table auth.second_factors (
  user_id uuid primary key references auth.users,
  sealed bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

-- Keyed hashes, so that nothing here can be typed in.
create table auth.recovery_codes (
  user_id uuid not null references auth.users,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- The password was right, the code is still due. No session: nothing but the code's own form knows this token.
create table auth.pending_sign_ins (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  attempt bigint not null,
  user_id uuid not null references auth.users,
  org_id uuid not null references auth.organizations,
  member_id uuid not null,
  device_hash bytea not null,
  former_hash bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index pending_sign_ins_user on auth.pending_sign_ins (user_id);
