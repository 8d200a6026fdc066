-- Search forgives plates, VINs and serial numbers: one wrong character, two swapped, one too many or too few, and characters that
-- look alike. A mark is kept with each of its forms that lacks one character; two marks that share such a form are near, so the
-- index answers with equality and never reads a list of marks. And a telephone number leads to what its customer brought.

-- Letters and digits, upper case, with one character for those that look alike.
create function search.mark(raw text) returns text language sql immutable parallel safe as $$
  select translate(regexp_replace(upper(translate(raw, 'äöüÄÖÜ', 'AOUAOU')), '[\s!-/:-@\[-`{-~]', '', 'g'), 'OQIB', '0018')
$$;

-- A mark and its forms without one character; of a short one only itself, because nearly everything is near to that.
create function search.around(mark text) returns text[] language sql immutable parallel safe as $$
  select array(select mark where length(mark) >= 3
               union select left(mark, i - 1) || substr(mark, i + 1) from generate_series(1, length(mark)) i where length(mark) >= 5)
$$;

-- People read the end of a VIN, six to eight characters; its first characters are alike on many cars.
create function search.keys(plate text, vin text, serial text) returns text[] language sql immutable parallel safe as $$
  select array(
    select 'P' || k from unnest(search.around(plate)) k
    union select 'V' || k from generate_series(6, 8) n, unnest(search.around(right(vin, n))) k where vin <> ''
    union select 'S' || k from unnest(search.around(left(serial, 20))) k)
$$;

-- Of what is typed: it may be a plate, a serial number, the end of a VIN or a whole one.
create function search.keys_asked(mark text) returns text[] language sql immutable parallel safe as $$
  select array(
    select t || k from unnest(search.around(mark)) k, unnest(array['P', 'S']) t
    union select 'V' || k from unnest(search.around(mark)) k where length(mark) between 5 and 9
    union select 'V' || k from generate_series(7, 8) n, unnest(search.around(right(mark, n))) k where length(mark) between 16 and 18)
$$;

-- 0 is the same, 1 is one slip of the finger, 2 is more.
create function search.apart(a text, b text) returns int language plpgsql immutable parallel safe as $$
declare
  n int := length(a);
  at int := 1;
begin
  if a = b then return 0; end if;
  if abs(n - length(b)) > 1 then return 2; end if;
  while at <= n and substr(a, at, 1) = substr(b, at, 1) loop at := at + 1; end loop;
  if substr(a, at + 1) = substr(b, at + 1) or substr(a, at + 1) = substr(b, at) or substr(a, at) = substr(b, at + 1)
     or (substr(a, at, 1) = substr(b, at + 1, 1) and substr(a, at + 1, 1) = substr(b, at, 1) and substr(a, at + 2) = substr(b, at + 2)) then
    return 1;
  end if;
  return 2;
end $$;

-- As `apart`, of a whole VIN or its end.
create function search.apart_vin(typed text, vin text) returns int language sql immutable parallel safe as $$
  select case when vin = '' then 2 when length(typed) >= 16 then search.apart(typed, vin)
              when length(typed) between 5 and 9 then (select min(search.apart(typed, right(vin, n)))
                from generate_series(greatest(6, length(typed) - 1), least(8, length(typed) + 1)) n)
              else 2 end
$$;

alter table search.entries
  add column plate text not null default '',
  add column vin text not null default '',
  add column serial text not null default '',
  add column near text[] not null default '{}';

do $$
declare org uuid;
begin
  perform set_config('app.branches', 'all', true);
  for org in select id from auth.organizations loop
    perform set_config('app.org_id', org::text, true);
    update search.entries e set plate = m.plate, vin = m.vin, serial = m.serial, near = search.keys(m.plate, m.vin, m.serial)
      from (select a.id, search.mark(a.plate) as plate, search.mark(a.vin) as vin, search.mark(a.serial) as serial from assets a) m
     where e.org_id = org and e.kind = 'asset' and e.entity_id = m.id;
  end loop;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
end $$;
create index entries_near on search.entries using gin (org_id, near) with (gin_pending_list_limit = 256) where near <> '{}';

drop function search.put(text, uuid, uuid[], text, text, text);
create function search.put(
  kind text, entity uuid, seen_by uuid[], title text, names text, marks text, plate text default '', vin text default '', serial text default '')
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into search.entries (org_id, kind, entity_id, seen_by, title, names, terms, plate, vin, serial, near)
  select app.current_org(), put.kind, entity, put.seen_by, put.title, search.norm(put.names), ' ' || search.norm(put.names || ' ' || marks) || ' ',
         m.plate, m.vin, m.serial, search.keys(m.plate, m.vin, m.serial)
    from (select search.mark(put.plate) as plate, search.mark(put.vin) as vin, search.mark(put.serial) as serial) m
  on conflict (org_id, kind, entity_id) do update
    set seen_by = excluded.seen_by, title = excluded.title, names = excluded.names, terms = excluded.terms,
        plate = excluded.plate, vin = excluded.vin, serial = excluded.serial, near = excluded.near
$$;
revoke all on function search.put(text, uuid, uuid[], text, text, text, text, text, text) from public;

create or replace function search.follow_asset() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('asset', new.id);
    return null;
  end if;
  perform search.put('asset', new.id, new.seen_by,
    coalesce(nullif(new.plate, ''), nullif(new.serial, ''), nullif(new.vin, ''), concat_ws(' ', new.make, new.model)),
    concat_ws(' ', new.plate_norm, new.make, new.model), concat_ws(' ', new.plate, new.vin, new.serial, new.unit_number),
    new.plate, new.vin, new.serial);
  if tg_op = 'UPDATE' and (new.plate, new.serial) is distinct from (old.plate, old.serial) then
    perform search.put_open_orders(null, new.id);
  end if;
  return null;
end $$;

create type search.hit as (kind text, entity_id uuid, near text);

-- What has nearly this mark, and what is open on it: `near` says which mark it was, nothing where it is the end of a VIN as it stands.
-- No rows where somebody has exactly this one.
-- Of the caller's organization and branches, and of an assigned technician's orders.
create function search.near(query text, at_most int, kinds text[] default '{asset,work_order}')
returns setof search.hit language plpgsql stable security definer rows 8
set search_path = pg_catalog, public, pg_temp as $$
declare
  org uuid := app.current_org();
  member uuid := app.current_member();
  everywhere boolean := app.all_branches();
  branches uuid[] := app.branch_ids();
  shares boolean := app.shares_customers();
  all_orders boolean := app.sees_all_orders();
  typed text := search.mark(left(query, 80));
  compact text := replace(btrim(left(search.norm(query), 80)), ' ', '');
  keys text[] := search.keys_asked(typed);
begin
  if org is null or length(typed) not between 3 and 20 then return; end if;
  return query
    with candidates as materialized (
      select e.entity_id, e.title, e.terms like '% ' || compact || ' %' as same, e.terms like '%' || compact || '%' as within,
             search.apart(typed, e.plate) as plate, search.apart_vin(typed, e.vin) as vin, search.apart(typed, e.serial) as serial
        from search.entries e
       where e.org_id = org and e.kind = 'asset' and e.near <> '{}' and e.near && keys
         and (everywhere or shares or e.seen_by && branches)
       limit 500),
    nearest as materialized (
      select c.entity_id, case when c.within then '' when c.plate <= least(c.vin, c.serial) then 'plate' when c.vin <= c.serial then 'vin' else 'serial' end as near,
             row_number() over (order by least(c.plate, c.vin, c.serial), c.title, c.entity_id desc) as place
        from candidates c
       where least(c.plate, c.vin, c.serial) < 2 and not exists (select from candidates s where s.same)
       order by place limit at_most),
    orders as (
      select w.id, n.near, n.place from nearest n
        join public.work_orders w on w.org_id = org and w.asset_id = n.entity_id and w.closed_at is null
       where 'work_order' = any (kinds) and (everywhere or w.branch_id = any (branches))
         and (all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = w.id and t.member_id = member))
       order by n.place, w.id desc limit at_most)
    select 'asset', n.entity_id, n.near from nearest n where 'asset' = any (kinds)
    union all select 'work_order', o.id, o.near from orders o;
end $$;

drop function search.find(text, int, text[]);
-- Pieces first: every word occurs (whole words before beginnings before the rest), and with a telephone number what that customer
-- brought and what is open on it. Then marks that are nearly this one; only if nothing fits, names that are nearly this one.
-- At most `at_most` of each kind, of the caller's organization and branches, and of an assigned technician's orders.
create function search.find(query text, at_most int, kinds text[] default '{customer,asset,work_order}')
returns setof search.hit language plpgsql stable security definer rows 24
set search_path = pg_catalog, public, pg_temp as $$
declare
  org uuid := app.current_org();
  member uuid := app.current_member();
  everywhere boolean := app.all_branches();
  branches uuid[] := app.branch_ids();
  shares boolean := app.shares_customers();
  all_orders boolean := app.sees_all_orders();
  needle text := btrim(left(search.norm(query), 80));
  compact text := replace(needle, ' ', '');
  -- Two letters have no trigram inside a word, only at its beginning.
  loose text[] := array(select case when length(w) < 3 then '% ' else '%' end || w || '%'
                          from unnest(string_to_array(needle, ' ')) w where w <> '' order by length(w) desc limit 3);
  joined text := case when length(compact) < 3 then '% ' else '%' end || compact || '%';
  -- 030 1234567 is stored as 49301234567 as well.
  national text := case when compact ~ '^0[0-9]{5,}$' then '%' || ltrim(compact, '0') || '%' else joined end;
  digits boolean := compact ~ '^[0-9]{6,}$';
  hits search.hit[];
begin
  if length(compact) < 2 or org is null then return; end if;
  hits := array(
    with hits as materialized (
      select e.kind, e.entity_id, e.title,
             case when e.terms like '% ' || needle || ' %' then 0 when e.terms like '% ' || needle || '%' then 1 else 2 end as nearness
        from search.entries e
       where e.org_id = org and e.kind = any (kinds)
         and ((e.terms like loose[1] and e.terms like coalesce(loose[2], loose[1]) and e.terms like coalesce(loose[3], loose[1]))
              or e.terms like joined or e.terms like national)
         and (everywhere or (shares and e.kind <> 'work_order') or e.seen_by && branches)
         and (e.kind <> 'work_order' or all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (
      select h.*, row_number() over (partition by h.kind order by h.nearness, case when h.kind <> 'work_order' then h.title end, h.entity_id desc) as place
        from hits h),
    found as (select r.kind, r.entity_id, r.place from ranked r where r.place <= at_most)
    select row(f.kind, f.entity_id, '')::search.hit from found f order by f.kind, f.place);
  if digits and hits <> '{}' then
    hits := hits || array(
      select row(b.kind, b.id, '')::search.hit from search.brought(array(select h.entity_id from unnest(hits) h where h.kind = 'customer'), at_most) b
       where b.kind = any (kinds) and not exists (select from unnest(hits) h where h.entity_id = b.id));
  end if;
  -- A number that something has is that number; any other word with a digit may be a mark.
  if compact ~ '[0-9]' and length(compact) >= 4 and not (digits and hits <> '{}') then
    hits := hits || array(
      select n from search.near(query, at_most, kinds) n where not exists (select from unnest(hits) h where h.entity_id = n.entity_id));
  end if;
  return query select * from unnest(hits);
  if hits <> '{}' or length(compact) < 4 then return; end if;
  -- The call before it loads the library that knows the setting.
  perform word_similarity('', ''), set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query
    with hits as materialized (
      select e.kind, e.entity_id, e.title, word_similarity(needle, e.names) as nearness
        from search.entries e
       where e.org_id = org and e.kind = any (kinds) and needle <% e.names
         and (everywhere or (shares and e.kind <> 'work_order') or e.seen_by && branches)
         and (e.kind <> 'work_order' or all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (select h.*, row_number() over (partition by h.kind order by h.nearness desc, h.title, h.entity_id desc) as place from hits h)
    select r.kind, r.entity_id, '' from ranked r where r.place <= at_most order by r.kind, r.place;
end $$;

-- What these customers have, and what is open on it, as far as the caller sees it.
create function search.brought(customers uuid[], at_most int) returns table (kind text, id uuid)
language plpgsql stable security definer rows 8 set search_path = pg_catalog, public, pg_temp as $$
begin
  return query
    (select 'asset', a.id from public.assets a
      where a.org_id = app.current_org() and a.customer_id = any (customers) and a.archived_at is null
      order by a.created_at desc, a.id desc limit at_most)
    union all
    (select 'work_order', w.id from public.work_orders w
      where w.org_id = app.current_org() and w.customer_id = any (customers) and w.closed_at is null
        and (app.sees_all_orders() or exists (
          select from public.job_technicians t where t.org_id = w.org_id and t.work_order_id = w.id and t.member_id = app.current_member()))
      order by w.created_at desc, w.id desc limit at_most);
end $$;

revoke all on function search.find(text, int, text[]), search.near(text, int, text[]), search.brought(uuid[], int) from public;
grant execute on function search.find(text, int, text[]), search.near(text, int, text[]) to gantry_tenant;
