-- What signing in knows besides passwords: addresses that nobody confirmed yet, second factors, PINs on shared tablets, how often
-- something was tried, and when a session last proved who uses it.

-- Set by signing up, cleared by following the link in the letter; accounts made otherwise have proven their address.
alter table auth.users add column unverified_since timestamptz;

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

-- `confirmed_at`: when the password was last given here; sessions by PIN never gave it. They also idle out sooner.
alter table auth.sessions
  add column id uuid not null default gen_random_uuid() unique,
  add column confirmed_at timestamptz,
  add column own_idle interval,
  add column tablet_id uuid references auth.tablets;
update auth.sessions set confirmed_at = created_at;
create index sessions_tablet on auth.sessions (tablet_id) where tablet_id is not null;

-- Attempts are also the account's history, so they say which browser and how.
alter table auth.sign_in_attempts
  add column user_agent text not null default '',
  drop constraint sign_in_attempts_outcome_check,
  add constraint sign_in_attempts_outcome_check
    check (outcome in ('pending', 'ok', 'wrong', 'throttled', 'code_due', 'code_wrong', 'pin_ok', 'pin_wrong'));

-- The presets whose members need a second factor; roles of the workshop's own follow the one they start as.
alter table organization_settings add column second_factor_roles text[] not null default '{}'
  check (second_factor_roles <@ array['owner', 'manager', 'receptionist', 'technician', 'accountant']);
