-- In the database itself, and repeatable. Large objects have no row security, so nobody makes any.
do $$
begin
  if has_function_privilege('public', 'lo_create(oid)', 'execute') then
    revoke execute on function lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea), lo_open(oid, int)
      from public;
  end if;
  -- Work is done in this database and no other.
  if has_database_privilege('public', 'postgres', 'connect') then
    revoke connect on database postgres from public;
  end if;
  if has_database_privilege('public', 'template1', 'connect') then
    revoke connect on database template1 from public;
  end if;
end $$;
revoke all on database gantry from public;
grant connect on database gantry to gantry_app;
