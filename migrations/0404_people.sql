-- Who works in a workshop, with which rights, and how people come in: invitations by mail and requests with a join code.

-- Roles of the workshop's own, each on top of a preset.
create table custom_roles (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  base_role text not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  primary key (org_id, id),
  unique (org_id, id, base_role),
  constraint custom_roles_base_role_check
    check (base_role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer'))
);
create unique index custom_roles_name on custom_roles (org_id, name) where archived_at is null;
call app.tenant_table('custom_roles');
comment on table custom_roles is 'Roles of the workshop''s own.';

-- A person's place in a workshop; the workshop's own, unlike the person.
create table members (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  email text not null,
  role text not null,
  all_branches boolean not null default false,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  -- A member of a role of the workshop's own has its preset as `role`, so that every older rule still holds.
  custom_role_id uuid,
  version int not null default 1,
  deactivated_reason text not null default '',
  primary key (org_id, id),
  unique (org_id, user_id),
  foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role),
  constraint members_role_check
    check (role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'))
);
call app.tenant_table('members');
create trigger members_follow after update on members for each row execute function app.follow_member();
create trigger members_keep_an_owner after update on members for each row
  when (old.role = 'owner' and old.deactivated_at is null and (new.role <> 'owner' or new.deactivated_at is not null))
  execute function app.keep_an_owner();
comment on table members is 'The people who work or worked here.';

create table member_branches (
  org_id uuid not null default app.current_org(),
  member_id uuid not null,
  branch_id uuid not null,
  -- A membership may have another role in one of its branches. Without one there the membership's own role holds; owners are owners everywhere.
  -- For members of all branches such a row is an exception and takes no branch away.
  role text,
  custom_role_id uuid,
  primary key (org_id, member_id, branch_id),
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, branch_id) references branches (org_id, id),
  constraint member_branches_role_check
    check (role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer')),
  constraint member_branches_own_role_is_whole check (role is not null or custom_role_id is null),
  constraint member_branches_custom_role_fkey
    foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role)
);
call app.tenant_table('member_branches', 'full');
comment on table member_branches is 'Which branches somebody works in who does not work in all of them.';
comment on column member_branches.role is 'The role in this branch; null is the membership''s.';

-- What an owner decided about rights. Only deviations: a right without a row here is as the preset says.
create table role_rights (
  org_id uuid not null default app.current_org() references auth.organizations,
  role text not null,
  custom_role_id uuid,
  right_name text not null check (length(right_name) between 1 and 40),
  granted boolean not null,
  -- A preset's name, or the id of the workshop's own role.
  role_key text not null generated always as (coalesce(custom_role_id::text, role)) stored,
  primary key (org_id, role_key, right_name),
  foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role),
  constraint role_rights_role_check
    check (role in ('manager', 'receptionist', 'technician', 'accountant', 'viewer'))
);
call app.tenant_table('role_rights', 'full');
comment on table role_rights is 'Where a role has a right more or less than it usually has.';

-- Who was invited, with role and branches set before. Its link is in auth.links; sending it again makes another link.
create table invites (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  link_id uuid not null,
  email text not null check (length(email) between 3 and 254),
  email_norm text not null,
  person text not null default '',
  role text not null,
  custom_role_id uuid,
  all_branches boolean not null default false,
  branch_ids uuid[] not null default '{}',
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  member_id uuid,
  revoked_at timestamptz,
  primary key (org_id, id),
  -- `[{"branch_id", "role", "custom_role_id"}]`: the branches in which another role is offered.
  branch_roles jsonb not null default '[]'
    constraint invites_branch_roles_check check (jsonb_array_length(branch_roles) >= 0),
  unique (org_id, link_id),
  foreign key (org_id, custom_role_id, role) references custom_roles (org_id, id, base_role),
  foreign key (org_id, invited_by) references members (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id),
  constraint invites_role_check
    check (role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'))
);
create unique index invites_open on invites (org_id, email_norm) where accepted_at is null and revoked_at is null;
call app.tenant_table('invites');
create trigger invites_welcome before update of accepted_at on invites for each row
  when (old.accepted_at is null and new.accepted_at is not null) execute function app.take_nobody_in();
comment on table invites is 'Who was invited, as what, and what became of it.';

-- Who asked to come in with the workshop's code; `user_id` only for somebody who had signed in.
create table join_requests (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  user_id uuid,
  name text not null check (length(name) between 1 and 120),
  email text not null check (length(email) between 3 and 254),
  email_norm text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('approved', 'refused')),
  primary key (org_id, id),
  foreign key (org_id, decided_by) references members (org_id, id),
  check ((decided_at is null) = (outcome is null))
);
create unique index join_requests_open on join_requests (org_id, email_norm) where decided_at is null;
call app.tenant_table('join_requests');
create trigger join_requests_welcome before insert on join_requests for each row execute function app.take_nobody_in();
comment on table join_requests is 'Who asked to come in with the join code, and what was decided.';

-- A code follows from the seed and a key outside the database; here is only what finds the workshop of a typed one.
create table auth.join_codes (
  org_id uuid primary key references auth.organizations,
  seed uuid not null,
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  set_at timestamptz not null
);

-- Codes that were none.
create table auth.join_attempts (
  id bigint generated always as identity primary key,
  address text not null,
  at timestamptz not null,
  network text not null generated always as (auth.network(address)) stored
);
create index join_attempts_network on auth.join_attempts (network, at);
