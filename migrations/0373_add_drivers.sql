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
comment on table drivers is 'Who drives for a company and brings its vehicles.';
create index drivers_customer on drivers (org_id, customer_id, (lower(name)), id);
create index drivers_phone on drivers (org_id, phone_norm) where phone_norm <> '';
call app.tenant_table('drivers');
-- Seen where the company is seen.
create policy shared on drivers as restrictive using (
  exists (select from customers c where c.org_id = drivers.org_id and c.id = drivers.customer_id));

-- Who brought what the order is about. The company of both is compared by `verify-invariants`: a merge of customers moves both.
alter table work_orders add column driver_id uuid;
alter table work_orders add constraint work_orders_driver_fkey foreign key (org_id, driver_id) references drivers (org_id, id);
create index work_orders_driver on work_orders (org_id, driver_id) where driver_id is not null;

-- A company is found by its drivers' names and numbers, too.
create function search.put_customer(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('customer', c.id, c.seen_by, c.name, concat_ws(' ', c.name, c.contact_name, d.names),
                     concat_ws(' ', c.phone_norm, c.phone, c.email, c.city, d.marks))
     from public.customers c
    cross join lateral (
      select string_agg(d.name, ' ' order by d.id) as names, string_agg(concat_ws(' ', d.phone_norm, d.phone, d.email), ' ' order by d.id) as marks
        from public.drivers d where (d.org_id, d.customer_id) = (c.org_id, c.id) and d.archived_at is null) d
    where c.org_id = app.current_org() and c.id = put_customer.of and c.archived_at is null;
end $$;
revoke all on function search.put_customer(uuid) from public;

create or replace function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('customer', new.id);
    return null;
  end if;
  perform search.put_customer(new.id);
  if tg_op = 'UPDATE' and new.name <> old.name then
    perform search.put_open_orders(new.id, null);
  end if;
  return null;
end $$;

create function search.follow_driver() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put_customer(new.customer_id);
  if tg_op = 'UPDATE' and new.customer_id <> old.customer_id then
    perform search.put_customer(old.customer_id);
  end if;
  return null;
end $$;
revoke all on function search.follow_driver() from public;
create trigger drivers_search after insert or update of customer_id, name, phone, email, archived_at on drivers
  for each row execute function search.follow_driver();
