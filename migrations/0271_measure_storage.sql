-- How much each workshop's rows take, for the console: measured now and then by the servers, one workshop at a time.

create table auth.storage (
  org_id uuid primary key references auth.organizations,
  bytes bigint check (bytes >= 0), -- none before the first time it went well
  measured_at timestamptz,
  tried_at timestamptz not null
);
create index storage_oldest on auth.storage (tried_at);

-- A workshop that nobody tried to measure since then, or nothing. Several servers may ask at once.
create function auth.claim_storage(since timestamptz, at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  org uuid;
begin
  insert into auth.storage (org_id, tried_at)
  select o.id, claim_storage.at from auth.organizations o
   where not exists (select from auth.storage s where s.org_id = o.id) order by o.id limit 1
  on conflict do nothing returning org_id into org;
  if org is null then
    update auth.storage s set tried_at = claim_storage.at
     where s.org_id = (select x.org_id from auth.storage x where x.tried_at < since order by x.tried_at limit 1 for update skip locked)
    returning s.org_id into org;
  end if;
  return org;
end $$;

-- What the workshop's rows take, in every table that knows workshops, the search index included. The rows themselves stay unread.
create function auth.measure_storage(org uuid, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  tab regclass;
  total bigint := 0;
  part bigint;
begin
  perform set_config('app.org_id', org::text, true), set_config('app.branches', 'all', true), set_config('app.sees', 'all', true),
    set_config('app.shares', 'all', true);
  for tab in select c.oid from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
              where c.relnamespace in ('public'::regnamespace, 'search'::regnamespace) and c.relkind = 'r' loop
    execute format('select coalesce(sum(pg_column_size(t.*)), 0) from %s t where t.org_id = $1', tab) into part using org;
    total := total + part;
  end loop;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  update auth.storage s set bytes = total, measured_at = measure_storage.at where s.org_id = org;
end $$;

create function auth.platform_storage(orgs uuid[]) returns table (org_id uuid, bytes bigint, measured_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.org_id, s.bytes, s.measured_at from auth.storage s
   where auth.platform_admin() is not null and s.org_id = any (orgs) and s.bytes is not null
$$;

revoke all on function auth.claim_storage(timestamptz, timestamptz), auth.measure_storage(uuid, timestamptz), auth.platform_storage(uuid[]) from public;
grant execute on function auth.claim_storage(timestamptz, timestamptz), auth.measure_storage(uuid, timestamptz) to gantry_app;
grant execute on function auth.platform_storage(uuid[]) to gantry_platform;
