-- One box finds names, telephones, plates, VINs and numbers, and forgives how they are typed; the index follows its rows by trigger.

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

-- A new name or plate reaches every open order, also those that whoever changed it does not see.
create or replace function search.put_open_orders(customer uuid, asset uuid) returns void
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

create or replace function search.follow_work_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put_work_order(new);
  return null;
end $$;

-- Letters and digits, upper case, with one character for those that look alike.
create or replace function search.mark(raw text) returns text language sql immutable parallel safe as $$
  select translate(regexp_replace(upper(translate(raw, 'äöüÄÖÜ', 'AOUAOU')), '[\s!-/:-@\[-`{-~]', '', 'g'), 'OQIB', '0018')
$$;

-- Of what is typed: it may be a plate, a serial number, the end of a VIN or a whole one.
create or replace function search.keys_asked(mark text) returns text[] language sql immutable parallel safe as $$
  select array(
    select t || k from unnest(search.around(mark)) k, unnest(array['P', 'S']) t
    union select 'V' || k from unnest(search.around(mark)) k where length(mark) between 5 and 9
    union select 'V' || k from generate_series(7, 8) n, unnest(search.around(right(mark, n))) k where length(mark) between 16 and 18)
$$;

-- 0 is the same, 1 is one slip of the finger, 2 is more.
create or replace function search.apart(a text, b text) returns int language plpgsql immutable parallel safe as $$
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
create or replace function search.apart_vin(typed text, vin text) returns int language sql immutable parallel safe as $$
  select case when vin = '' then 2 when length(typed) >= 16 then search.apart(typed, vin)
              when length(typed) between 5 and 9 then (select min(search.apart(typed, right(vin, n)))
                from generate_series(greatest(6, length(typed) - 1), least(8, length(typed) + 1)) n)
              else 2 end
$$;

create or replace function search.follow_asset() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('asset', new.id);
    return null;
  end if;
  perform search.put('asset', new.id, new.seen_by,
    coalesce(nullif(app.asset_mark(new.plate, new.serial), ''), nullif(new.vin, ''), concat_ws(' ', new.make, new.model)),
    concat_ws(' ', new.plate_norm, new.make, new.model), concat_ws(' ', new.plate, new.vin, new.serial, new.unit_number),
    new.plate, new.vin, new.serial);
  if tg_op = 'UPDATE' and (new.plate, new.serial) is distinct from (old.plate, old.serial) then
    perform search.put_open_orders(null, new.id);
  end if;
  return null;
end $$;

-- What has nearly this mark, and what is open on it: `near` says which mark it was, nothing where it is the end of a VIN as it stands.
-- No rows where somebody has exactly this one.
-- Of the caller's organization and branches, and of an assigned technician's orders.
create or replace function search.near(query text, at_most int, kinds text[] default '{asset,work_order}')
returns setof search.hit language plpgsql stable security definer rows 8
set search_path = pg_catalog, public, pg_temp as $$
declare
  org uuid := app.current_org();
  member uuid := app.current_member();
  everywhere boolean := app.all_branches();
  branches uuid[] := app.branch_ids();
  shares boolean := app.shares_customers();
  all_orders boolean := app.sees_all_orders();
  open_branches uuid[] := app.open_branch_ids();
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
         and (all_orders or w.branch_id = any (open_branches) or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = w.id and t.member_id = member))
       order by n.place, w.id desc limit at_most)
    select 'asset', n.entity_id, n.near from nearest n where 'asset' = any (kinds)
    union all select 'work_order', o.id, o.near from orders o;
end $$;

-- Pieces first: every word occurs (whole words before beginnings before the rest), and with a telephone number what that customer
-- brought and what is open on it. Then marks that are nearly this one; only if nothing fits, names that are nearly this one.
-- At most `at_most` of each kind, of the caller's organization and branches, and of an assigned technician's orders.
create or replace function search.find(query text, at_most int, kinds text[] default '{customer,asset,work_order}')
returns setof search.hit language plpgsql stable security definer rows 24
set search_path = pg_catalog, public, pg_temp as $$
declare
  org uuid := app.current_org();
  member uuid := app.current_member();
  everywhere boolean := app.all_branches();
  branches uuid[] := app.branch_ids();
  shares boolean := app.shares_customers();
  all_orders boolean := app.sees_all_orders();
  open_branches uuid[] := app.open_branch_ids();
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
         and (e.kind <> 'work_order' or all_orders or e.seen_by && open_branches or exists (
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
         and (e.kind <> 'work_order' or all_orders or e.seen_by && open_branches or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (select h.*, row_number() over (partition by h.kind order by h.nearness desc, h.title, h.entity_id desc) as place from hits h)
    select r.kind, r.entity_id, '' from ranked r where r.place <= at_most order by r.kind, r.place;
end $$;

-- What these customers have, and what is open on it, as far as the caller sees it.
create or replace function search.brought(customers uuid[], at_most int) returns table (kind text, id uuid)
language plpgsql stable security definer rows 8 set search_path = pg_catalog, public, pg_temp as $$
begin
  return query
    (select 'asset', a.id from public.assets a
      where a.org_id = app.current_org() and a.customer_id = any (customers) and a.archived_at is null
      order by a.created_at desc, a.id desc limit at_most)
    union all
    (select 'work_order', w.id from public.work_orders w
      where w.org_id = app.current_org() and w.customer_id = any (customers) and w.closed_at is null
        and (app.sees_all_orders() or w.branch_id = any (app.open_branch_ids()) or exists (
          select from public.job_technicians t where t.org_id = w.org_id and t.work_order_id = w.id and t.member_id = app.current_member()))
      order by w.created_at desc, w.id desc limit at_most);
end $$;

-- A mark with each of its forms that lacks one character.
create or replace function search.around(mark text) returns text[] language plpgsql immutable parallel safe as $$
begin
  return array(select mark where length(mark) >= 3
               union select left(mark, i - 1) || substr(mark, i + 1) from generate_series(1, length(mark)) i where length(mark) >= 5);
end $$;

-- People read the end of a VIN, six to eight characters; its first characters are alike on many cars.
create or replace function search.keys(plate text, vin text, serial text) returns text[] language plpgsql immutable parallel safe as $$
begin
  -- Customers have none.
  if plate = '' and vin = '' and serial = '' then return '{}'; end if;
  return array(
    select 'P' || k from unnest(search.around(plate)) k
    union select 'V' || k from generate_series(6, 8) n, unnest(search.around(right(vin, n))) k where vin <> ''
    union select 'S' || k from unnest(search.around(left(serial, 20))) k);
end $$;

-- Spaces around the terms let a pattern ask for a word's beginning or for the whole word.
create or replace function search.put(
  kind text, entity uuid, seen_by uuid[], title text, names text, marks text, plate text default '', vin text default '', serial text default '')
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own_plate text := search.mark(put.plate);
  own_vin text := search.mark(put.vin);
  own_serial text := search.mark(put.serial);
begin
  insert into search.entries (org_id, kind, entity_id, seen_by, title, names, terms, plate, vin, serial, near)
  values (app.current_org(), put.kind, put.entity, put.seen_by, put.title, search.norm(put.names),
          ' ' || search.norm(put.names || ' ' || put.marks) || ' ', own_plate, own_vin, own_serial, search.keys(own_plate, own_vin, own_serial))
  on conflict (org_id, kind, entity_id) do update
    set seen_by = excluded.seen_by, title = excluded.title, names = excluded.names, terms = excluded.terms,
        plate = excluded.plate, vin = excluded.vin, serial = excluded.serial, near = excluded.near;
end $$;

create or replace function search.forget(kind text, entity uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from search.entries e where (e.org_id, e.kind, e.entity_id) = (app.current_org(), forget.kind, forget.entity);
end $$;

-- A company is found by its drivers' names and numbers, too.
create or replace function search.put_customer(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put('customer', c.id, c.seen_by, c.name, concat_ws(' ', c.name, c.contact_name, d.names),
                     concat_ws(' ', c.phone_norm, c.phone, c.email, c.city, d.marks))
     from public.customers c
    cross join lateral (
      select string_agg(d.name, ' ' order by d.id) as names, string_agg(concat_ws(' ', d.phone_norm, d.phone, d.email), ' ' order by d.id) as marks
        from public.drivers d where (d.org_id, d.customer_id) = (c.org_id, c.id) and d.archived_at is null) d
    where c.org_id = app.current_org() and c.id = put_customer.of and c.archived_at is null;
end $$;

-- The index follows its rows by trigger, so no writer can forget it.
create or replace function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('customer', new.id);
    return null;
  end if;
  perform search.put_customer(new.id);
  if tg_op = 'UPDATE' and new.name <> old.name then
    perform search.put_open_orders(new.id, null);
  end if;
  return null;
end $$;

create or replace function search.follow_driver() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform search.put_customer(new.customer_id);
  if tg_op = 'UPDATE' and new.customer_id <> old.customer_id then
    perform search.put_customer(old.customer_id);
  end if;
  return null;
end $$;

-- Who may call them, and nobody else.
revoke all on function search.put_open_orders(uuid, uuid), search.follow_work_order(), search.follow_asset(),
  search.near(text, int, text[]), search.find(text, int, text[]), search.brought(uuid[], int),
  search.put(text, uuid, uuid[], text, text, text, text, text, text), search.forget(text, uuid), search.put_customer(uuid),
  search.follow_customer(), search.follow_driver()
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function search.near(text, int, text[]), search.find(text, int, text[])
  to gantry_tenant;
