-- The lower two of the three locks: roles without rights outside a tenant transaction, and schemas that only functions open.
-- Run by the owner (CREATEROLE, not superuser). Roles belong to the cluster, so they may exist already. The functions of
-- migrations/functions come directly after this file: tables need them for defaults, policies and triggers.

do $$
declare
  name text;
begin
  -- Tenants' rows, inside a transaction only; our own people's console; the queue of background work.
  foreach name in array array['gantry_tenant', 'gantry_platform', 'gantry_jobs'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin nosuperuser nobypassrls', name);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'gantry_app') then
    create role gantry_app login noinherit nosuperuser nobypassrls;
  end if;
  -- A membership in vain is an error in neither version; PostgreSQL 16 grants SET by default.
  grant gantry_tenant, gantry_platform, gantry_jobs to gantry_app;
  grant gantry_tenant, gantry_jobs to current_user;
exception when unique_violation or duplicate_object then null; -- two databases migrating at once
end $$;

-- Measured: replanning at every execution costs 1.7x on lists; and no statement may hold a connection for long.
alter role gantry_app set plan_cache_mode = 'force_generic_plan';
alter role gantry_app set statement_timeout = '15s';
alter role gantry_app set lock_timeout = '5s';
alter role gantry_app set idle_in_transaction_session_timeout = '10s';
alter role gantry_app set client_min_messages = 'error';
-- Rows of lists are read one by one through indexes; the default, made for spinning disks, prefers to read whole tables.
alter role gantry_app set random_page_cost = 1.1;

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

revoke all on schema public from public;
create schema app;    -- helpers that policies and triggers call
create schema auth;   -- identities: no organization, reachable only through functions
create schema search; -- the search index, reachable only through search.find and search.near

grant usage on schema public, app, search to gantry_tenant;
grant usage on schema auth to gantry_app, gantry_tenant, gantry_platform;

-- What a search finds, and by what near miss.
create type search.hit as (kind text, entity_id uuid, near text);

-- Which files of migrations/functions and migrations/views this database has, by the hash of their text.
create table app.schema_files (
  name text primary key,
  checksum bytea not null check (octet_length(checksum) = 32),
  applied_at timestamptz not null default now()
);
