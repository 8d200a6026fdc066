-- People, sessions and organizations' names: the only tables without an organization. Nobody is granted anything on
-- them; they are reached through functions that return one row by secret hash, e-mail or session.

create table auth.organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  state text not null default 'trial' check (state in ('trial', 'active', 'past_due', 'read_only', 'locked')),
  created_at timestamptz not null
);

create table auth.users (
  id uuid primary key,
  email text not null,
  email_norm text not null unique,
  name text not null,
  password_hash text not null,
  created_at timestamptz not null,
  deactivated_at timestamptz
);

-- Which workshops a person belongs to; role and branches live in the workshop's own members table.
create table auth.affiliations (
  user_id uuid not null references auth.users,
  org_id uuid not null references auth.organizations,
  member_id uuid not null,
  primary key (user_id, org_id)
);

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
  user_agent text not null
);
create index sessions_user on auth.sessions (user_id);

-- Guesses at one account or from one address: counted here, so that several servers count together.
create table auth.sign_in_attempts (
  id bigint generated always as identity primary key,
  email_hash bytea not null,
  address text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('ok', 'wrong', 'throttled'))
);
create index sign_in_attempts_account on auth.sign_in_attempts (email_hash, at);
create index sign_in_attempts_address on auth.sign_in_attempts (address, at);
