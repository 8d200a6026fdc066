-- One box finds customers, assets and work orders; the functions of search keep its index.

-- The index has no row security because trigram operators are not leakproof and would lose their index under it; instead nobody may
-- read it but through search.find and search.near, which filter by organization first.
create table search.entries (
  org_id uuid not null,
  kind text not null check (kind in ('customer', 'asset', 'work_order')),
  entity_id uuid not null,
  title text not null,
  terms text not null,
  -- What people mistype. Addresses and numbers are not in it: they look so alike that a near miss would read all of them.
  names text not null default '',
  -- The index says where a row is seen; whether that counts is decided when somebody searches.
  seen_by uuid[] not null default '{}',
  plate text not null default '',
  vin text not null default '',
  serial text not null default '',
  near text[] not null default '{}',
  primary key (org_id, kind, entity_id)
);
create index entries_terms on search.entries using gin (org_id, terms public.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index entries_names on search.entries using gin (org_id, names public.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index entries_near on search.entries using gin (org_id, near) with (gin_pending_list_limit = 256) where near <> '{}';
