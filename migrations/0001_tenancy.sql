-- The three locks' lower two: roles without rights outside a tenant transaction, and row-level security by one call per table.
-- Run by the owner role (CREATEROLE, not superuser). Group roles belong to the cluster, so they may exist already.

do $$
begin
  if not exists (select from pg_roles where rolname = 'gantry_tenant') then
    create role gantry_tenant nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'gantry_app') then
    create role gantry_app login noinherit nosuperuser nobypassrls;
  end if;
  -- A membership in vain is an error in neither version; PostgreSQL 16 grants SET by default.
  grant gantry_tenant to gantry_app;
  grant gantry_tenant to current_user;
exception when unique_violation then null; -- two databases migrating at once
end $$;

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

revoke all on schema public from public;
create schema app;    -- helpers that policies and triggers call
create schema auth;   -- identities: no organization, reachable only through the functions below
create schema search; -- the search index, reachable only through search.find

grant usage on schema public, app, search to gantry_tenant;
grant usage on schema auth to gantry_app, gantry_tenant;

-- Unset reads as NULL at first and as '' after the first local set on a connection: both mean "no organization".
create function app.current_org() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$;
create function app.current_member() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.member_id', true), '')::uuid $$;
create function app.all_branches() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.branches', true), '') = 'all' $$;
create function app.branch_ids() returns uuid[] language sql stable parallel safe
  as $$ select case when coalesce(current_setting('app.branches', true), '') in ('', 'all') then '{}'::uuid[]
                    else string_to_array(current_setting('app.branches', true), ',')::uuid[] end $$;
create function app.sees_all_orders() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.sees', true), '') <> 'assigned' $$;

-- One line per new table: row-level security on and forced, one permissive policy, grants for reading and adding.
-- mode: 'full' (select, insert, update, delete), 'keep' (no delete), 'append' (select, insert only).
create procedure app.tenant_table(name text, mode text default 'keep') language plpgsql as $$
begin
  execute format('alter table public.%I enable row level security', name);
  execute format('alter table public.%I force row level security', name);
  execute format('create policy tenant on public.%I using (org_id = (select app.current_org()))', name);
  execute format('grant select, insert on public.%I to gantry_tenant', name);
  if mode in ('full', 'keep') then
    execute format('grant update on public.%I to gantry_tenant', name);
  end if;
  if mode = 'full' then
    execute format('grant delete on public.%I to gantry_tenant', name);
  end if;
  if mode = 'append' then
    execute format('create trigger %I before update or delete on public.%I for each row execute function app.refuse_change()', name || '_append_only', name);
    execute format('alter table public.%I enable always trigger %I', name, name || '_append_only');
    execute format('create trigger %I before truncate on public.%I for each statement execute function app.refuse_change()', name || '_no_truncate', name);
    execute format('alter table public.%I enable always trigger %I', name, name || '_no_truncate');
  end if;
end $$;

-- Second, restrictive: rows of a branch are seen by those whose membership lists the branch, or says "all".
create procedure app.branch_table(name text) language plpgsql as $$
begin
  execute format('create policy branch on public.%I as restrictive
    using ((select app.all_branches()) or branch_id = any ((select app.branch_ids())::uuid[]))', name);
end $$;

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'GA001';
end $$;
