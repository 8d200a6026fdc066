-- Search forgives how a name is written (Müller, Mueller, Muller, Mueler), takes several words and national or international
-- telephone numbers, and says only which rows were found: what a person sees of them is read under that person's own rights.

drop function search.find(text, int);
drop function search.put(text, uuid, uuid, text, text, text);
alter table search.entries drop column detail;
-- What people mistype. Addresses and numbers are not in it: they look so alike that a near miss would read all of them.
alter table search.entries add column names text not null default '';

-- A short list of pending entries: with the usual 4 MB every search would read them all.
drop index search.entries_terms;
create index entries_terms on search.entries using gin (org_id, terms public.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index entries_names on search.entries using gin (org_id, names public.gin_trgm_ops) with (gin_pending_list_limit = 256);

-- One spelling: no accents, no punctuation, and ä, ae and a alike. The same is done to what is searched for, so nothing gets lost.
create or replace function search.norm(raw text) returns text language sql immutable parallel safe as $$
  select replace(replace(replace(
    regexp_replace(regexp_replace(lower(replace(replace(replace(
      translate(raw,
        'ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆČçćčĎĐďđÈÉÊËĒĖĘĚèéêëēėęěĞğÌÍÎÏĪĮİìíîïīįıŁłÑŃŇñńňÒÓÔÕÖØŌŐòóôõöøōőŘřŚŞŠȘśşšșŤŢȚťţțÙÚÛÜŪŮŰùúûüūůűÝŸýÿŹŻŽźżž',
        'aaaaaaaaaaaaaaaaaaccccccddddeeeeeeeeeeeeeeeeggiiiiiiiiiiiiiillnnnnnnoooooooooooooooorrssssssssttttttuuuuuuuuuuuuuuyyyyzzzzzz'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')),
    '[!-\-/:-?\[-`{-~]', '', 'g'), '\s+', ' ', 'g'),
  'ae', 'a'), 'oe', 'o'), 'ue', 'u')
$$;

update search.entries set terms = ' ' || search.norm(terms) || ' ', names = search.norm(title);

-- Spaces around the terms let a pattern ask for a word's beginning or for the whole word.
create function search.put(kind text, entity uuid, branch uuid, title text, names text, marks text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into search.entries (org_id, kind, entity_id, branch_id, title, names, terms)
  values (app.current_org(), kind, entity, branch, title, search.norm(names), ' ' || search.norm(names || ' ' || marks) || ' ')
  on conflict (org_id, kind, entity_id) do update
    set branch_id = excluded.branch_id, title = excluded.title, names = excluded.names, terms = excluded.terms
$$;
create function search.forget(kind text, entity uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from search.entries e where (e.org_id, e.kind, e.entity_id) = (app.current_org(), forget.kind, forget.entity)
$$;
revoke all on function search.put(text, uuid, uuid, text, text, text), search.forget(text, uuid) from public;

-- Pieces first: every word occurs (whole words before beginnings before the rest); only if nothing does, near misses.
-- At most `at_most` of each kind, of the caller's organization and branches, and of an assigned technician's orders.
create function search.find(query text, at_most int, kinds text[] default '{customer,asset,work_order}')
returns table (kind text, entity_id uuid) language plpgsql stable security definer rows 24
set search_path = pg_catalog, public, pg_temp as $$
declare
  org uuid := app.current_org();
  member uuid := app.current_member();
  everywhere boolean := app.all_branches();
  branches uuid[] := app.branch_ids();
  all_orders boolean := app.sees_all_orders();
  needle text := btrim(left(search.norm(query), 80));
  compact text := replace(needle, ' ', '');
  -- Two letters have no trigram inside a word, only at its beginning.
  loose text[] := array(select case when length(w) < 3 then '% ' else '%' end || w || '%'
                          from unnest(string_to_array(needle, ' ')) w where w <> '' order by length(w) desc limit 3);
  joined text := case when length(compact) < 3 then '% ' else '%' end || compact || '%';
  -- 030 1234567 is stored as 49301234567 as well.
  national text := case when compact ~ '^0[0-9]{5,}$' then '%' || ltrim(compact, '0') || '%' else joined end;
begin
  if length(compact) < 2 or org is null then return; end if;
  return query
    with hits as materialized (
      select e.kind, e.entity_id, e.title,
             case when e.terms like '% ' || needle || ' %' then 0 when e.terms like '% ' || needle || '%' then 1 else 2 end as nearness
        from search.entries e
       where e.org_id = org and e.kind = any (kinds)
         and ((e.terms like loose[1] and e.terms like coalesce(loose[2], loose[1]) and e.terms like coalesce(loose[3], loose[1]))
              or e.terms like joined or e.terms like national)
         and (e.branch_id is null or everywhere or e.branch_id = any (branches))
         and (e.kind <> 'work_order' or all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (
      select h.*, row_number() over (partition by h.kind order by h.nearness, case when h.kind <> 'work_order' then h.title end, h.entity_id desc) as place
        from hits h)
    select r.kind, r.entity_id from ranked r where r.place <= at_most order by r.kind, r.place;
  if found or length(compact) < 4 then return; end if;
  -- The call before it loads the library that knows the setting.
  perform word_similarity('', ''), set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query
    with hits as materialized (
      select e.kind, e.entity_id, e.title, word_similarity(needle, e.names) as nearness
        from search.entries e
       where e.org_id = org and e.kind = any (kinds) and needle <% e.names
         and (e.branch_id is null or everywhere or e.branch_id = any (branches))
         and (e.kind <> 'work_order' or all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (select h.*, row_number() over (partition by h.kind order by h.nearness desc, h.title, h.entity_id desc) as place from hits h)
    select r.kind, r.entity_id from ranked r where r.place <= at_most order by r.kind, r.place;
end $$;

revoke all on function search.find(text, int, text[]) from public;
grant execute on function search.find(text, int, text[]) to gantry_tenant;

-- An order is found by its number, by what stands in the bay and by who brought it.
create function search.put_work_order(w public.work_orders) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select search.put('work_order', w.id, w.branch_id, b.code || '-' || w.number,
    concat_ws(' ', a.plate_norm, c.name), concat_ws(' ', b.code || '-' || w.number, w.number, a.plate, a.serial))
    from public.branches b, public.customers c, public.assets a
   where (b.org_id, b.id) = (w.org_id, w.branch_id) and (c.org_id, c.id) = (w.org_id, w.customer_id) and (a.org_id, a.id) = (w.org_id, w.asset_id)
$$;

-- A new name or plate reaches every open order, also those that whoever changed it does not see.
create function search.put_open_orders(customer uuid, asset uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
  own_sees text := coalesce(current_setting('app.sees', true), '');
begin
  perform set_config('app.branches', 'all', true), set_config('app.sees', 'all', true);
  perform search.put_work_order(w) from public.work_orders w
    where w.org_id = app.current_org() and (w.customer_id = customer or w.asset_id = asset) and w.closed_at is null;
  perform set_config('app.branches', own_branches, true), set_config('app.sees', own_sees, true);
end $$;
revoke all on function search.put_work_order(public.work_orders), search.put_open_orders(uuid, uuid) from public;

create or replace function search.follow_work_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put_work_order(new);
  return null;
end $$;
create trigger work_orders_search_moved after update on work_orders for each row
  when ((old.customer_id, old.asset_id) is distinct from (new.customer_id, new.asset_id)) execute function search.follow_work_order();

create or replace function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('customer', new.id);
    return null;
  end if;
  perform search.put('customer', new.id,
    case when (select s.share_customers from public.organization_settings s) then null else new.home_branch_id end,
    new.name, concat_ws(' ', new.name, new.contact_name), concat_ws(' ', new.phone_norm, new.phone, new.email, new.city));
  if tg_op = 'UPDATE' and new.name <> old.name then
    perform search.put_open_orders(new.id, null);
  end if;
  return null;
end $$;

create or replace function search.follow_asset() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('asset', new.id);
    return null;
  end if;
  perform search.put('asset', new.id, null,
    coalesce(nullif(new.plate, ''), nullif(new.serial, ''), nullif(new.vin, ''), concat_ws(' ', new.make, new.model)),
    concat_ws(' ', new.plate_norm, new.make, new.model), concat_ws(' ', new.plate, new.vin, new.serial, new.unit_number));
  if tg_op = 'UPDATE' and (new.plate, new.serial) is distinct from (old.plate, old.serial) then
    perform search.put_open_orders(null, new.id);
  end if;
  return null;
end $$;

-- An odometer reading changes nothing that is searched for.
drop trigger assets_search on assets;
create trigger assets_search after insert or update of plate, vin, serial, make, model, unit_number, archived_at on assets
  for each row execute function search.follow_asset();
