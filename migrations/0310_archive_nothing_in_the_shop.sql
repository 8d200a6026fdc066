-- Nobody and nothing is archived while a work order is open, in whatever branch and whoever asks, and no order is opened for what is archived.
-- Both sides take the customer's and the asset's row first, so that of an archiving and a check-in at the same moment one waits for the other.

create function app.guard_archiving() returns trigger language plpgsql as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
  own_sees text := coalesce(current_setting('app.sees', true), '');
  busy boolean;
begin
  -- The member may be bound to a branch or see own orders only; the rule is the organization's.
  perform set_config('app.branches', 'all', true), set_config('app.sees', 'all', true);
  if tg_table_name = 'customers' then
    busy := exists (select from public.work_orders w where w.org_id = new.org_id and w.customer_id = new.id and w.closed_at is null);
  else
    busy := exists (select from public.work_orders w where w.org_id = new.org_id and w.asset_id = new.id and w.closed_at is null);
  end if;
  perform set_config('app.branches', own_branches, true), set_config('app.sees', own_sees, true);
  if busy then
    raise exception 'a work order is open' using errcode = 'GA007', constraint = tg_table_name || '_with_open_order';
  end if;
  return new;
end $$;
create trigger customers_archiving before update of archived_at on customers
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();
create trigger assets_archiving before update of archived_at on assets
  for each row when (old.archived_at is null and new.archived_at is not null) execute function app.guard_archiving();

create function app.guard_order_parties() returns trigger language plpgsql as $$
declare
  customer_left timestamptz;
  asset_left timestamptz;
begin
  -- Not "for share": the same transaction writes both rows later (where they were seen, the meter), and two that share would wait for each other.
  select c.archived_at into customer_left from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id) for no key update;
  select a.archived_at into asset_left from public.assets a where (a.org_id, a.id) = (new.org_id, new.asset_id) for no key update;
  if new.closed_at is null and (customer_left is not null or asset_left is not null) then
    raise exception 'customer or asset is archived' using errcode = 'GA008';
  end if;
  return new;
end $$;
create trigger work_orders_parties before insert or update of customer_id, asset_id on work_orders
  for each row execute function app.guard_order_parties();
