-- What the workshop tells its people, where it hangs and who read it.

-- What the workshop tells its people: written once, read with a receipt, taken back but never changed.
create table announcements (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) between 1 and 10000),
  until_on date not null, -- the last day on which it asks to be read
  branch_ids uuid[] not null default '{}', -- none: every branch, also later ones
  roles text[] not null default '{}', -- none: every role
  member_id uuid not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, withdrawn_by) references members (org_id, id),
  constraint announcements_roles_check
    check (roles <@ array['owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'])
);
create index announcements_newest on announcements (org_id, at desc, id desc);
call app.tenant_table('announcements');
create policy branch on announcements as restrictive using (
  branch_ids = '{}' or (select app.all_branches()) or branch_ids && (select app.branch_ids()));
-- Nobody speaks, or takes back what was said, beyond their own branches.
create policy reach on announcements as restrictive for insert with check (
  (select app.all_branches()) or branch_ids <> '{}' and branch_ids <@ (select app.branch_ids()));
create policy taken_back on announcements as restrictive for update using (
  (select app.all_branches()) or branch_ids <> '{}' and branch_ids <@ (select app.branch_ids()));
revoke update on announcements from gantry_tenant;
grant update (withdrawn_at, withdrawn_by) on announcements to gantry_tenant;
create trigger announcements_guard before update on announcements for each row execute function app.guard_announcement();
alter table announcements enable always trigger announcements_guard;
create trigger announcements_kept before delete on announcements for each row execute function app.refuse_change();
alter table announcements enable always trigger announcements_kept;

-- Where it hangs: a row for each branch and role that it is for. Lists read along these; taking it back takes them down.
create table announcement_addresses (
  org_id uuid not null default app.current_org(),
  announcement_id uuid not null,
  of_branch_id uuid, -- null: every branch
  of_role text, -- null: every role
  at timestamptz not null,
  until_on date not null,
  address text not null generated always as (coalesce(of_branch_id::text, '*') || ' ' || coalesce(of_role, '*')) stored,
  primary key (org_id, announcement_id, address),
  foreign key (org_id, announcement_id) references announcements (org_id, id),
  foreign key (org_id, of_branch_id) references branches (org_id, id),
  constraint announcement_addresses_of_role_check
    check (of_role in ('owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'))
);
create index announcement_addresses_newest on announcement_addresses (org_id, address, at desc, announcement_id desc);
create index announcement_addresses_valid on announcement_addresses (org_id, address, until_on);
call app.tenant_table('announcement_addresses', 'full');
create policy branch on announcement_addresses as restrictive using (
  of_branch_id is null or (select app.all_branches()) or of_branch_id = any ((select app.branch_ids())::uuid[]));
revoke update on announcement_addresses from gantry_tenant;

-- Who read it, and when.
create table announcement_receipts (
  org_id uuid not null default app.current_org(),
  announcement_id uuid not null,
  member_id uuid not null,
  at timestamptz not null,
  primary key (org_id, announcement_id, member_id),
  foreign key (org_id, announcement_id) references announcements (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
call app.tenant_table('announcement_receipts', 'append');
