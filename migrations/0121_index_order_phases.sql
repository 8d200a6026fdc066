-- The list of one phase, newest first.
create index work_orders_phase on work_orders (org_id, phase, created_at desc, id desc);
