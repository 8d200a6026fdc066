-- What belongs to an organization before any car comes: settings, branches, members, tax rates, number series.

create table organization_settings (
  org_id uuid primary key default app.current_org() references auth.organizations,
  name text not null,
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  asset_word text not null default 'vehicle' check (asset_word in ('vehicle', 'device')),
  distance_unit text not null default 'km' check (distance_unit in ('km', 'mi')),
  require_odometer boolean not null default true,
  share_customers boolean not null default true,
  technicians_see_all boolean not null default false,
  technicians_create boolean not null default false,
  receptionists_take_payments boolean not null default true,
  payment_terms_days int not null default 14 check (payment_terms_days between 0 and 365),
  version int not null default 1
);
call app.tenant_table('organization_settings');

create table branches (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  code text not null check (code ~ '^[A-Z0-9]{1,6}$'),
  address text not null default '',
  phone text not null default '',
  email text not null default '',
  tax_id text not null default '',
  time_zone text not null default 'Europe/Berlin',
  fiscal_year_start int not null default 1 check (fiscal_year_start between 1 and 12),
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, code)
);
call app.tenant_table('branches');

create table members (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'manager', 'receptionist', 'technician', 'accountant')),
  all_branches boolean not null default false,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  primary key (org_id, id),
  unique (org_id, user_id)
);
call app.tenant_table('members');

create table member_branches (
  org_id uuid not null default app.current_org(),
  member_id uuid not null,
  branch_id uuid not null,
  primary key (org_id, member_id, branch_id),
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, branch_id) references branches (org_id, id)
);
call app.tenant_table('member_branches', 'full');

create table tax_rates (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  name text not null,
  basis_points int not null check (basis_points between 0 and 10000),
  is_default boolean not null default false,
  position int not null default 0,
  primary key (org_id, id)
);
create unique index tax_rates_default on tax_rates (org_id) where is_default;
call app.tenant_table('tax_rates');

-- Numbers without holes: taken by an update as the last step of the transaction that uses them, so a rollback gives it back.
create table number_series (
  org_id uuid not null default app.current_org(),
  branch_id uuid not null,
  series text not null check (series in ('work_order', 'invoice', 'credit_note')),
  fiscal_year int not null,
  last_number bigint not null check (last_number >= 0),
  primary key (org_id, branch_id, series, fiscal_year),
  foreign key (org_id, branch_id) references branches (org_id, id)
);
call app.tenant_table('number_series');
call app.branch_table('number_series');

create function app.next_number(branch uuid, of_series text, of_year int) returns bigint language sql volatile as $$
  insert into public.number_series (branch_id, series, fiscal_year, last_number) values (branch, of_series, of_year, 1)
  on conflict (org_id, branch_id, series, fiscal_year) do update set last_number = public.number_series.last_number + 1
  returning last_number
$$;

-- What a form was already answered with: a double click or a retry acts once (same transaction as the effect).
create table idempotency_keys (
  org_id uuid not null default app.current_org(),
  key uuid not null,
  member_id uuid not null,
  route text not null,
  result text not null,
  created_at timestamptz not null,
  primary key (org_id, key)
);
call app.tenant_table('idempotency_keys', 'append');

-- Every change: who, when, what, before and after. Nobody alters it.
create table audit_events (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  at timestamptz not null,
  member_id uuid,
  member_name text not null,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  work_order_id uuid,
  customer_id uuid,
  summary text not null,
  detail jsonb,
  request_id text not null default '',
  primary key (org_id, id)
);
create index audit_events_order on audit_events (org_id, work_order_id, at desc) where work_order_id is not null;
create index audit_events_entity on audit_events (org_id, entity_id, at desc);
call app.tenant_table('audit_events', 'append');
