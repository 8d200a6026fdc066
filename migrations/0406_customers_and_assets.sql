-- Customers and what they bring. An asset always has an owner of the same organization (composite key).

create table customers (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  kind text not null check (kind in ('person', 'company')),
  name text not null check (length(name) between 1 and 120),
  contact_name text not null default '',
  tax_id text not null default '',
  phone text not null default '',
  phone_norm text not null default '',
  email text not null default '',
  street text not null default '',
  postal_code text not null default '',
  city text not null default '',
  notes text not null default '',
  home_branch_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  version int not null default 1,
  archived_reason text not null default '',
  email_norm text not null generated always as (lower(email)) stored,
  seen_by uuid[] not null default '{}',
  primary key (org_id, id),
  foreign key (org_id, home_branch_id) references branches (org_id, id)
);
create index customers_newest on customers (org_id, created_at desc, id desc);
create index customers_name on customers (org_id, (lower(name)), id);
create index customers_phone on customers (org_id, phone_norm) where phone_norm <> '';
create index customers_email on customers (org_id, email_norm) where email_norm <> '';
-- The list of those who left.
create index customers_archived on customers (org_id, created_at desc, id desc) where archived_at is not null;
call app.tenant_table('customers');
create policy shared on customers as restrictive using (
  (select app.shares_customers()) or (select app.all_branches()) or seen_by && (select app.branch_ids()));
create trigger customers_search after insert or update on customers for each row execute function search.follow_customer();
create trigger customers_seen before insert or update of home_branch_id on customers for each row execute function app.seen_at_home();
create trigger customers_archiving before update of archived_at on customers
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();
comment on table customers is 'People and companies whose vehicles or devices come in.';

create table assets (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('vehicle', 'device')),
  plate text not null default '',
  plate_norm text not null default '',
  vin text not null default '',
  serial text not null default '',
  make text not null default '',
  model text not null default '',
  model_year int check (model_year between 1880 and 2100),
  color text not null default '',
  engine text not null default '',
  unit_number text not null default '',
  notes text not null default '',
  odometer int check (odometer between 0 and 9999999),
  odometer_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  version int not null default 1,
  archived_reason text not null default '',
  -- A device is recognised by its serial number in any spelling; a plain column, so that row security lets an index use it.
  serial_norm text not null generated always as (upper(regexp_replace(serial, '[^[:alnum:]]', '', 'g'))) stored,
  seen_by uuid[] not null default '{}',
  -- A plate is on one vehicle of the workshop; where customers are not shared, of each branch.
  plate_place uuid not null default '00000000-0000-0000-0000-000000000000',
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  check (kind <> 'vehicle' or plate_norm <> '' or vin <> '' or make <> ''),
  check (vin = '' or length(vin) between 5 and 17)
);
create index assets_customer on assets (org_id, customer_id);
create index assets_newest on assets (org_id, created_at desc, id desc);
create index assets_plate on assets (org_id, plate_norm) where plate_norm <> '';
create index assets_vin on assets (org_id, vin) where vin <> '';
create index assets_archived on assets (org_id, created_at desc, id desc) where archived_at is not null;
create index assets_serial on assets (org_id, serial_norm) where serial_norm <> '';
create unique index assets_live_plate on assets (org_id, plate_norm, plate_place) where plate_norm <> '' and archived_at is null;
call app.tenant_table('assets');
create policy shared on assets as restrictive using (
  (select app.shares_customers()) or (select app.all_branches()) or seen_by && (select app.branch_ids()));
create trigger assets_seen before insert or update of customer_id on assets for each row execute function app.seen_with_owner();
create trigger assets_search after insert or update of plate, vin, serial, make, model, unit_number, archived_at, seen_by, customer_id on assets
  for each row execute function search.follow_asset();
create trigger assets_plate_place before insert or update of customer_id, plate_place on assets
  for each row execute function app.place_plate();
create trigger assets_archiving before update of archived_at on assets
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();
comment on table assets is 'Vehicles and devices.';

-- Who drives for a company: a fleet's vehicles are brought by its drivers.
create table drivers (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  customer_id uuid not null,
  name text not null constraint drivers_name_check check (length(name) between 1 and 120),
  phone text not null default '',
  phone_norm text not null default '',
  email text not null default '',
  licence text not null default '',
  notes text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  archived_reason text not null default '',
  version int not null default 1,
  constraint drivers_pkey primary key (org_id, id),
  constraint drivers_customer_fkey foreign key (org_id, customer_id) references customers (org_id, id)
);
create index drivers_customer on drivers (org_id, customer_id, (lower(name)), id);
create index drivers_phone on drivers (org_id, phone_norm) where phone_norm <> '';
call app.tenant_table('drivers');
-- Seen where the company is seen.
create policy shared on drivers as restrictive using (
  exists (select from customers c where c.org_id = drivers.org_id and c.id = drivers.customer_id));
create trigger drivers_search after insert or update of customer_id, name, phone, email, archived_at on drivers
  for each row execute function search.follow_driver();
comment on table drivers is 'Who drives for a company and brings its vehicles.';
