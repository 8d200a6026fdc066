-- Nothing asks by these: calls for attention are looked for among an organization's open orders, and sign-out tells the trail.
drop index work_orders_attention;
drop function auth.revoke_session(bytea, timestamptz);
