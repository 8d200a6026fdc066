-- What every write of customers, vehicles and orders does to the search: functions in SQL were planned anew at each call.
create or replace function search.around(mark text) returns text[] language plpgsql immutable parallel safe as $$
begin
  return array(select mark where length(mark) >= 3
               union select left(mark, i - 1) || substr(mark, i + 1) from generate_series(1, length(mark)) i where length(mark) >= 5);
end $$;

create or replace function search.keys(plate text, vin text, serial text) returns text[] language plpgsql immutable parallel safe as $$
begin
  -- Customers have none.
  if plate = '' and vin = '' and serial = '' then return '{}'; end if;
  return array(
    select 'P' || k from unnest(search.around(plate)) k
    union select 'V' || k from generate_series(6, 8) n, unnest(search.around(right(vin, n))) k where vin <> ''
    union select 'S' || k from unnest(search.around(left(serial, 20))) k);
end $$;

create or replace function search.put(
  kind text, entity uuid, seen_by uuid[], title text, names text, marks text, plate text default '', vin text default '', serial text default '')
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own_plate text := search.mark(put.plate);
  own_vin text := search.mark(put.vin);
  own_serial text := search.mark(put.serial);
begin
  insert into search.entries (org_id, kind, entity_id, seen_by, title, names, terms, plate, vin, serial, near)
  values (app.current_org(), put.kind, put.entity, put.seen_by, put.title, search.norm(put.names),
          ' ' || search.norm(put.names || ' ' || put.marks) || ' ', own_plate, own_vin, own_serial, search.keys(own_plate, own_vin, own_serial))
  on conflict (org_id, kind, entity_id) do update
    set seen_by = excluded.seen_by, title = excluded.title, names = excluded.names, terms = excluded.terms,
        plate = excluded.plate, vin = excluded.vin, serial = excluded.serial, near = excluded.near;
end $$;

create or replace function search.put_work_order(w public.work_orders) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('work_order', w.id, array[w.branch_id], b.code || '-' || w.number,
    concat_ws(' ', a.plate_norm, c.name), concat_ws(' ', b.code || '-' || w.number, w.number, a.plate, a.serial))
    from public.branches b, public.customers c, public.assets a
   where (b.org_id, b.id) = (w.org_id, w.branch_id) and (c.org_id, c.id) = (w.org_id, w.customer_id) and (a.org_id, a.id) = (w.org_id, w.asset_id);
end $$;

create or replace function search.forget(kind text, entity uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from search.entries e where (e.org_id, e.kind, e.entity_id) = (app.current_org(), forget.kind, forget.entity);
end $$;
