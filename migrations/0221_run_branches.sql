-- What an owner keeps of a branch and of the workshop, and what of it the database guards.

alter table branches add column version int not null default 1;

-- When a branch is open, in minutes of its own day; a weekday (Monday is 1) without a row is closed.
create table branch_hours (
  org_id uuid not null default app.current_org() references auth.organizations,
  branch_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  opens_min int not null default 480 check (opens_min between 0 and 1439),
  closes_min int not null default 1020 check (closes_min between 1 and 1440),
  primary key (org_id, branch_id, weekday),
  foreign key (org_id, branch_id) references branches (org_id, id),
  check (closes_min > opens_min)
);
call app.tenant_table('branch_hours', 'full');
call app.branch_table('branch_hours');

-- Amounts are numbers of one currency: it stands once something was posted or paid, in whatever branch.
create function app.guard_currency() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
  posted boolean;
begin
  perform set_config('app.branches', 'all', true);
  posted := exists (select from public.invoices i where i.org_id = new.org_id and i.state = 'posted')
         or exists (select from public.payments p where p.org_id = new.org_id);
  perform set_config('app.branches', own_branches, true);
  if posted then raise exception 'the currency stands' using errcode = 'GA021'; end if;
  return new;
end $$;
create trigger organization_settings_currency before update of currency on organization_settings
  for each row when (old.currency <> new.currency) execute function app.guard_currency();

-- One name, wherever it is read.
create function app.follow_name() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set name = new.name where o.id = new.org_id;
  return null;
end $$;
create trigger organization_settings_name after update of name on organization_settings
  for each row when (old.name <> new.name) execute function app.follow_name();
