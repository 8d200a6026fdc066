-- Customers and what they bring. An asset always has an owner of the same organization (composite key).

create table customers (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  kind text not null check (kind in ('person', 'company')),
  name text not null check (length(name) between 1 and 120),
  contact_name text not null default '',
  tax_id text not null default '',
  phone text not null default '',
  phone_norm text not null default '',
  email text not null default '',
  street text not null default '',
  postal_code text not null default '',
  city text not null default '',
  notes text not null default '',
  home_branch_id uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, home_branch_id) references branches (org_id, id)
);
create index customers_newest on customers (org_id, created_at desc, id desc);
create index customers_name on customers (org_id, (lower(name)), id);
create index customers_phone on customers (org_id, phone_norm) where phone_norm <> '';
call app.tenant_table('customers');

create table assets (
  org_id uuid not null default app.current_org() references auth.organizations,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('vehicle', 'device')),
  plate text not null default '',
  plate_norm text not null default '',
  vin text not null default '',
  serial text not null default '',
  make text not null default '',
  model text not null default '',
  model_year int check (model_year between 1880 and 2100),
  color text not null default '',
  engine text not null default '',
  unit_number text not null default '',
  notes text not null default '',
  odometer int check (odometer between 0 and 9999999),
  odometer_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, customer_id) references customers (org_id, id),
  check (kind <> 'vehicle' or plate_norm <> '' or vin <> '' or make <> ''),
  check (vin = '' or length(vin) between 5 and 17)
);
create index assets_customer on assets (org_id, customer_id);
create index assets_newest on assets (org_id, created_at desc, id desc);
create index assets_plate on assets (org_id, plate_norm) where plate_norm <> '';
create index assets_vin on assets (org_id, vin) where vin <> '';
create unique index assets_live_plate on assets (org_id, plate_norm) where plate_norm <> '' and archived_at is null;
call app.tenant_table('assets');

-- One box finds them all. The index has no row security because trigram operators are not leakproof and would lose
-- their index under it; instead nobody may read it but through search.find, which filters by organization first.
create table search.entries (
  org_id uuid not null,
  kind text not null check (kind in ('customer', 'asset', 'work_order')),
  entity_id uuid not null,
  branch_id uuid,
  title text not null,
  detail text not null,
  terms text not null,
  primary key (org_id, kind, entity_id)
);
create index entries_terms on search.entries using gin (org_id, terms gin_trgm_ops);

create function search.norm(raw text) returns text language sql immutable parallel safe
  as $$ select lower(regexp_replace(raw, '[^[:alnum:]@. ]', '', 'g')) $$;

create function search.put(kind text, entity uuid, branch uuid, title text, detail text, terms text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into search.entries (org_id, kind, entity_id, branch_id, title, detail, terms)
  values (app.current_org(), kind, entity, branch, title, detail, search.norm(terms))
  on conflict (org_id, kind, entity_id) do update
    set branch_id = excluded.branch_id, title = excluded.title, detail = excluded.detail, terms = excluded.terms
$$;
revoke all on function search.put(text, uuid, uuid, text, text, text) from public;

-- Exact pieces first, then near misses ("Mueler" finds "Mueller"). At most 20 rows of the caller's organization and branches.
create function search.find(query text, at_most int) returns table (kind text, entity_id uuid, title text, detail text)
language plpgsql stable security definer set search_path = public, pg_catalog, pg_temp as $$
declare
  needle text := left(search.norm(query), 80);
  compact text := replace(needle, ' ', '');
begin
  if length(compact) < 2 then return; end if;
  perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query
    select e.kind, e.entity_id, e.title, e.detail from search.entries e
     where e.org_id = app.current_org()
       and (e.terms like '%' || needle || '%' or e.terms like '%' || compact || '%')
       and (e.branch_id is null or app.all_branches() or e.branch_id = any (app.branch_ids()))
     order by (e.terms like compact || '%') desc, e.title, e.entity_id limit least(at_most, 20);
  if found then return; end if;
  return query
    select e.kind, e.entity_id, e.title, e.detail from search.entries e
     where e.org_id = app.current_org() and needle <% e.terms
       and (e.branch_id is null or app.all_branches() or e.branch_id = any (app.branch_ids()))
     order by word_similarity(needle, e.terms) desc, e.title, e.entity_id limit least(at_most, 20);
end $$;
revoke all on function search.find(text, int) from public;
grant execute on function search.find(text, int) to gantry_tenant;

-- The index follows its rows by trigger, so no writer can forget it.
create function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('customer', new.id,
    case when (select s.share_customers from public.organization_settings s) then null else new.home_branch_id end,
    new.name, concat_ws(' · ', nullif(new.phone, ''), nullif(new.city, '')),
    concat_ws(' ', new.name, new.contact_name, new.phone_norm, new.phone, new.email));
  return null;
end $$;
create trigger customers_search after insert or update on customers for each row execute function search.follow_customer();

create function search.follow_asset() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('asset', new.id, null,
    coalesce(nullif(new.plate, ''), nullif(new.serial, ''), nullif(new.vin, ''), concat_ws(' ', new.make, new.model)),
    concat_ws(' ', new.make, new.model, new.model_year::text),
    concat_ws(' ', new.plate_norm, new.plate, new.vin, new.serial, new.make, new.model, new.unit_number));
  return null;
end $$;
create trigger assets_search after insert or update on assets for each row execute function search.follow_asset();
