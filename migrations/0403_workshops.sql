-- What belongs to an organization before any car comes: settings, branches, tax rates, number series.

-- A request gets them as one value: a new setting is a column and a field of `Settings`, and no function names it.
create table organization_settings (
  org_id uuid primary key default app.current_org() references auth.organizations,
  name text not null,
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  asset_word text not null default 'vehicle' check (asset_word in ('vehicle', 'device')),
  distance_unit text not null default 'km' check (distance_unit in ('km', 'mi')),
  require_odometer boolean not null default true,
  share_customers boolean not null default true,
  technicians_create boolean not null default false,
  receptionists_take_payments boolean not null default true,
  payment_terms_days int not null default 14 check (payment_terms_days between 0 and 365),
  version int not null default 1,
  -- The presets whose members need a second factor; roles of the workshop's own follow the one they start as.
  second_factor_roles text[] not null default '{}',
  -- Decides how dates, numbers, telephones and addresses are written.
  country text not null default '' check (country ~ '^([A-Z]{2})?$'),
  -- What a workshop calls what it repairs, who repairs it and the document; nothing chosen is what is usual for its trade and country.
  asset_term text check (asset_term in ('vehicle', 'car', 'motorcycle', 'truck', 'device', 'phone', 'computer', 'machine')),
  technician_term text check (technician_term in ('technician', 'mechanic', 'engineer')),
  work_order_term text check (work_order_term in ('work_order', 'repair_order', 'job_card', 'job_sheet')),
  constraint organization_settings_second_factor_roles_check
    check (second_factor_roles <@ array['owner', 'manager', 'receptionist', 'technician', 'accountant', 'viewer'])
);
call app.tenant_table('organization_settings');
create trigger organization_settings_currency before update of currency on organization_settings
  for each row when (old.currency <> new.currency) execute function app.guard_currency();
create trigger organization_settings_name after update of name on organization_settings
  for each row when (old.name <> new.name) execute function app.follow_name();
create trigger organization_settings_sharing after update of share_customers on organization_settings
  for each row when (old.share_customers <> new.share_customers) execute function app.follow_sharing();
comment on table organization_settings is 'What the workshop decided for all of its branches.';
comment on column organization_settings.country is 'ISO 3166-1, empty where nobody chose one.';

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
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
call app.tenant_table('branches');
comment on table branches is 'The places where the workshop works.';

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
comment on table branch_hours is 'When each branch is open, by day of the week.';

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
comment on table tax_rates is 'Rates of tax that lines can have.';

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
comment on table number_series is 'The last number given to work orders and documents, by branch and fiscal year.';

-- What a form was already answered with: a double click or a retry acts once (same transaction as the effect).
create table idempotency_keys (
  org_id uuid not null default app.current_org(),
  key uuid not null,
  member_id uuid not null,
  route text not null,
  result text not null,
  created_at timestamptz not null,
  -- Of body and address: the key answers the same request again, and no other one. Keys from before hold nothing and answer any.
  fingerprint bytea not null default '',
  primary key (org_id, key)
);
create index idempotency_keys_oldest on public.idempotency_keys (org_id, created_at);
call app.tenant_table('idempotency_keys', 'append');
