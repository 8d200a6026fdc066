do $$
begin
    if not exists (select from pg_roles where rolname = 'gantry_owner') then
        create role gantry_owner login createrole nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'gantry_app') then
        create role gantry_app login noinherit nosuperuser nobypassrls;
    end if;
    -- From PostgreSQL 16 on, CREATEROLE alone no longer reaches roles made by somebody else, nor into its own ones.
    if current_setting('server_version_num')::int >= 160000 then
        execute 'grant gantry_app to gantry_owner with admin true, inherit false, set false';
        execute $grant$alter role gantry_owner set createrole_self_grant = 'set, inherit'$grant$;
    end if;
end
$$;
