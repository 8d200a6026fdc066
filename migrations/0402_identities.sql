-- People and organizations' names, and what opens them: tables without a policy. Nobody is granted anything on them; they are reached
-- through functions that return one row by secret hash, e-mail or session.

-- Who the workshops are and how each stands with us: what its dates amount to at a moment is `auth.standing`.
create table auth.organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  state text not null default 'trial' check (state in ('trial', 'active')),
  created_at timestamptz not null,
  expires_at timestamptz, -- of the trial or of what is paid for; none is without end
  cancelled_at timestamptz, -- its owner said so, and may come back for a while
  suspended_at timestamptz, -- we said so
  suspended_reason text not null default '' check (length(suspended_reason) <= 500),
  constraint organizations_trials_end check (state <> 'trial' or expires_at is not null)
);
create index organizations_newest on auth.organizations (created_at desc, id desc);
create unique index organizations_skeleton on auth.organizations (auth.skeleton(slug));
create trigger organizations_trial before insert on auth.organizations for each row execute function app.begin_trial();
create trigger organizations_tell after update of state, expires_at, cancelled_at, suspended_at on auth.organizations
  for each row execute function app.tell_standing();
create trigger organizations_likeness before insert on auth.organizations for each row execute function auth.refuse_likeness();

-- Addresses that a workshop had: they lead to it, and nobody else gets one.
create table auth.former_slugs (
  slug text primary key,
  org_id uuid not null references auth.organizations,
  since timestamptz not null
);
create unique index former_slugs_skeleton on auth.former_slugs (auth.skeleton(slug));
create index former_slugs_org on auth.former_slugs (org_id);
create trigger former_slugs_few after insert on auth.former_slugs for each row execute function auth.let_go_of_addresses();

create table auth.users (
  id uuid primary key,
  email text not null,
  email_norm text not null unique,
  name text not null,
  password_hash text not null,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  -- Set by signing up, cleared by following the link in the letter; accounts made otherwise have proven their address.
  unverified_since timestamptz
);

-- Which workshops a person belongs to; role and branches live in the workshop's own members table.
create table auth.affiliations (
  user_id uuid not null references auth.users,
  org_id uuid not null references auth.organizations,
  member_id uuid not null,
  -- Follows the membership, so that a person's workshops are one look-up; the membership itself decides.
  left_at timestamptz,
  last_seen_at timestamptz,
  primary key (user_id, org_id)
);
create index affiliations_org on auth.affiliations (org_id);

-- Browsers that somebody signed in with before: their guesses are counted apart, so that an attack on an account does not
-- lock its owner out.
create table auth.devices (
  token_hash bytea not null check (octet_length(token_hash) = 32),
  user_id uuid not null references auth.users,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (token_hash, user_id)
);

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
