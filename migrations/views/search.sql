-- Over a row of work_orders, so made after the tables.

-- An order is found by its number, by what stands in the bay and by who brought it.
create or replace function search.put_work_order(w public.work_orders) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('work_order', w.id, array[w.branch_id], app.order_number(b.code, w.number),
    concat_ws(' ', a.plate_norm, c.name), concat_ws(' ', app.order_number(b.code, w.number), w.number, a.plate, a.serial))
    from public.branches b, public.customers c, public.assets a
   where (b.org_id, b.id) = (w.org_id, w.branch_id) and (c.org_id, c.id) = (w.org_id, w.customer_id) and (a.org_id, a.id) = (w.org_id, w.asset_id);
end $$;

-- Who may call them, and nobody else.
revoke all on function search.put_work_order(work_orders)
  from public, gantry_app, gantry_tenant, gantry_platform;
