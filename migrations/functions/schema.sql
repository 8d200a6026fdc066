-- What the database was made by, for the server's own check: its role reads no table, not even these.

create or replace function auth.applied_migrations() returns table (version bigint, checksum bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if to_regclass('public._sqlx_migrations') is not null then
    return query select m.version, m.checksum from public._sqlx_migrations m where m.success;
  end if;
end $$;

create or replace function auth.applied_files() returns table (name text, checksum bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select f.name, f.checksum from app.schema_files f;
end $$;

-- Whose rows a table of this schema has: `workshop`, `person` and `machine`, from before the colon of its comment. Who moves a workshop
-- reads it, and a law that every table says it.
create or replace function auth.whose(relation oid) returns text[] language sql stable set search_path = pg_catalog, pg_temp
  as $$ select string_to_array(split_part(obj_description(relation, 'pg_class'), ':', 1), ' and ') $$;

-- Who may call them, and nobody else.
revoke all on function auth.applied_migrations(), auth.applied_files(), auth.whose(oid)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.applied_migrations(), auth.applied_files()
  to gantry_app;
