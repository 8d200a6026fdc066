-- Who sees which customer and asset, when they may be archived, and their histories.

-- A vehicle's history is the organization's: a member of one branch sees what was done in the others, summary only.
create or replace function app.asset_history(asset uuid) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, created_at timestamptz, closed_at timestamptz,
  odometer_in int, total_minor bigint, jobs text
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  perform set_config('app.branches', 'all', true);
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, w.created_at, w.closed_at, w.odometer_in, w.total_minor,
           coalesce((select string_agg(j.title, ', ' order by j.position) from public.jobs j where j.org_id = w.org_id and j.work_order_id = w.id and j.decision <> 'declined'), '')
      from public.work_orders w join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
     where w.asset_id = asset
     order by w.created_at desc, w.id desc limit 100;
  perform set_config('app.branches', own, true);
end $$;

create or replace function app.seen_at_home() returns trigger language plpgsql as $$
begin
  if not new.home_branch_id = any (new.seen_by) then new.seen_by := new.seen_by || new.home_branch_id; end if;
  return new;
end $$;

-- What a customer brings is seen where the customer is; a new owner's branches come to those of the old one's.
create or replace function app.seen_with_owner() returns trigger language plpgsql as $$
begin
  new.seen_by := array(select unnest(new.seen_by) union
    select unnest(c.seen_by) from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id));
  return new;
end $$;

create or replace function app.seen_with_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.customers c set seen_by = c.seen_by || new.branch_id
   where (c.org_id, c.id) = (new.org_id, new.customer_id) and not new.branch_id = any (c.seen_by);
  update public.assets a set seen_by = a.seen_by || new.branch_id
   where (a.org_id, a.id) = (new.org_id, new.asset_id) and not new.branch_id = any (a.seen_by);
  return null;
end $$;

create or replace function app.place_plate() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select s.share_customers from public.organization_settings s where s.org_id = new.org_id) then
    new.plate_place := '00000000-0000-0000-0000-000000000000';
  else
    new.plate_place := (select c.home_branch_id from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id));
  end if;
  return new;
end $$;

-- The switch moves every plate; back to one place is refused by the index while a plate is in two.
create or replace function app.follow_sharing() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
begin
  perform set_config('app.branches', 'all', true);
  update public.assets a set plate_place = a.plate_place where a.org_id = new.org_id and a.plate_norm <> '' and a.archived_at is null;
  perform set_config('app.branches', own_branches, true);
  return null;
end $$;

-- Nobody and nothing is archived while a work order is open, in whatever branch and whoever asks, and no order is opened for what is archived.
-- Both sides take the customer's and the asset's row first, so that of an archiving and a check-in at the same moment one waits for the other.
create or replace function app.guard_archiving() returns trigger language plpgsql as $$
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

create or replace function app.asset_mark(plate text, serial text) returns text language sql immutable parallel safe
  as $$ select coalesce(nullif(plate, ''), serial) $$;

create or replace function app.work_done(work_order uuid) returns table (jobs jsonb) language sql stable parallel safe
  as $$
    select jsonb_agg(jsonb_build_object('title', j.title, 'payer', j.payer, 'lines', coalesce(l.lines, '[]')) order by j.position, j.id)
      from public.jobs j
      left join (
        select l.job_id, jsonb_agg(jsonb_build_object('kind', l.kind, 'description', l.description, 'part_number', l.part_number,
                 'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor, 'tax_rate', l.tax_basis_points) order by l.position, l.id) as lines
          from public.lines l where l.work_order_id = work_done.work_order
         group by l.job_id) l on l.job_id = j.id
     where j.work_order_id = work_done.work_order and j.decision <> 'declined'
  $$;

-- When each of a customer's vehicles was last in: as far as the history beside it reads, which is the organization's where
-- branches share customers.
create or replace function app.last_visits(customer uuid) returns table (asset_id uuid, at timestamptz) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select a.id, (select max(w.created_at) from public.work_orders w where w.org_id = a.org_id and w.asset_id = a.id)
      from public.assets a where a.customer_id = last_visits.customer and a.archived_at is null;
  perform set_config('app.branches', own, true);
end $$;

-- A customer's history: the organization's where branches share customers, else that of the member's branches. Open orders first.
create or replace function app.customer_history(customer uuid, most int) returns table (
  work_order_id uuid, branch_id uuid, branch_name text, branch_code text, number bigint, phase text, plate text, asset text,
  created_at timestamptz, odometer_in int, total_minor bigint
) language plpgsql volatile as $$
declare
  own text := coalesce(current_setting('app.branches', true), '');
begin
  if app.shares_customers() then
    perform set_config('app.branches', 'all', true);
  end if;
  return query
    select w.id, w.branch_id, b.name, b.code, w.number, w.phase, app.asset_mark(a.plate, a.serial), concat_ws(' ', nullif(a.make, ''), nullif(a.model, '')),
           w.created_at, w.odometer_in, w.total_minor
      from ((select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is null order by w.created_at desc, w.id desc limit most)
            union all
            (select * from public.work_orders w where w.customer_id = customer_history.customer and w.closed_at is not null order by w.created_at desc, w.id desc limit most)) w
      join public.branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
      join public.assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
     order by w.closed_at is null desc, w.created_at desc, w.id desc limit most;
  perform set_config('app.branches', own, true);
end $$;

-- Who may call them, and nobody else.
revoke all on function app.seen_with_order(), app.place_plate(), app.follow_sharing()
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function app.asset_history(uuid), app.asset_mark(text, text), app.work_done(uuid), app.last_visits(uuid),
  app.customer_history(uuid, int)
  to gantry_tenant;
