-- Our own people and their console. They belong to no workshop and read no row of one: a role of its own may call functions that say who
-- the workshops are, how they stand and how much there is, and nothing else.

create table auth.platform_admins (
  id uuid primary key,
  email text not null,
  email_norm text not null unique,
  name text not null check (length(name) between 1 and 120),
  password_hash text not null,
  created_at timestamptz not null,
  deactivated_at timestamptz
);

create table auth.platform_sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  admin_id uuid not null references auth.platform_admins,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  address text not null,
  user_agent text not null
);

-- Whatever one of us does. Nobody alters it.
create table auth.platform_events (
  id uuid primary key,
  at timestamptz not null,
  admin_id uuid references auth.platform_admins,
  admin_name text not null,
  action text not null,
  org_id uuid references auth.organizations,
  summary text not null,
  detail jsonb,
  request_id text not null default ''
);
create index platform_events_newest on auth.platform_events (at desc, id desc);
create index platform_events_org on auth.platform_events (org_id, at desc, id desc) where org_id is not null;
create trigger platform_events_append_only before update or delete on auth.platform_events for each row execute function app.refuse_change();
alter table auth.platform_events enable always trigger platform_events_append_only;
create trigger platform_events_no_truncate before truncate on auth.platform_events for each statement execute function app.refuse_change();
alter table auth.platform_events enable always trigger platform_events_no_truncate;

-- A workshop's owner lets our support look for an hour, a day or a week, and ends it at any time. Without such a grant one of us has no
-- way in; with it they read, write nothing, take nothing along, and each page that they open stands in the workshop's own trail.
create table support_grants (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  granted_by uuid not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  foreign key (org_id, granted_by) references members (org_id, id),
  foreign key (org_id, ended_by) references members (org_id, id),
  check (expires_at between granted_at and granted_at + interval '168 hours')
);
create index support_grants_newest on support_grants (org_id, granted_at desc, id desc);
call app.tenant_table('support_grants');
create trigger support_grants_tell after update of ended_at on support_grants for each row execute function app.tell_support();
comment on table support_grants is 'When Gantry''s support was allowed to look, and until when.';

-- One of us looks: bound to the grant, gone with it.
create table auth.support_sessions (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  admin_id uuid not null references auth.platform_admins,
  org_id uuid not null,
  grant_id uuid not null,
  branch_id uuid,
  created_at timestamptz not null,
  ended_at timestamptz,
  foreign key (org_id, grant_id) references public.support_grants (org_id, id)
);

-- How much each workshop's rows take, for the console: measured now and then by the servers, one workshop at a time.
create table auth.storage (
  org_id uuid primary key references auth.organizations,
  bytes bigint check (bytes >= 0), -- none before the first time it went well
  measured_at timestamptz,
  tried_at timestamptz not null
);
create index storage_oldest on auth.storage (tried_at);
