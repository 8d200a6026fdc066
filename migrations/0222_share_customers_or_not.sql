-- Customers of one branch or of all: a switch of the workshop, kept by row security on customers and what they bring.
-- `seen_by` is the home branch and every branch that had an order of it, kept by triggers: a policy that looked orders up
-- would do so for every row. While customers are shared, the policy is two constants.

create function app.shares_customers() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.shares', true), '') = 'all' $$;

alter table customers add column seen_by uuid[] not null default '{}';
alter table assets add column seen_by uuid[] not null default '{}';
alter table customers disable trigger user;
alter table assets disable trigger user;
do $$
declare org uuid;
begin
  perform set_config('app.branches', 'all', true), set_config('app.sees', 'all', true);
  -- Migrations run under row security too: workshop by workshop.
  for org in select id from auth.organizations loop
    perform set_config('app.org_id', org::text, true);
    update customers c set seen_by = array(select c.home_branch_id union select w.branch_id from work_orders w where w.customer_id = c.id);
    update assets a set seen_by = array(select unnest(c.seen_by) union select w.branch_id from work_orders w where w.asset_id = a.id)
      from customers c where c.id = a.customer_id;
  end loop;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true), set_config('app.sees', '', true);
end $$;
alter table customers enable trigger user;
alter table assets enable trigger user;

create policy shared on customers as restrictive using (
  (select app.shares_customers()) or (select app.all_branches()) or seen_by && (select app.branch_ids()));
create policy shared on assets as restrictive using (
  (select app.shares_customers()) or (select app.all_branches()) or seen_by && (select app.branch_ids()));

create function app.seen_at_home() returns trigger language plpgsql as $$
begin
  if not new.home_branch_id = any (new.seen_by) then new.seen_by := new.seen_by || new.home_branch_id; end if;
  return new;
end $$;
create trigger customers_seen before insert or update of home_branch_id on customers for each row execute function app.seen_at_home();

-- What a customer brings is seen where the customer is; a new owner's branches come to those of the old one's.
create function app.seen_with_owner() returns trigger language plpgsql as $$
begin
  new.seen_by := array(select unnest(new.seen_by) union
    select unnest(c.seen_by) from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id));
  return new;
end $$;
create trigger assets_seen before insert or update of customer_id on assets for each row execute function app.seen_with_owner();

create function app.seen_with_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.customers c set seen_by = c.seen_by || new.branch_id
   where (c.org_id, c.id) = (new.org_id, new.customer_id) and not new.branch_id = any (c.seen_by);
  update public.assets a set seen_by = a.seen_by || new.branch_id
   where (a.org_id, a.id) = (new.org_id, new.asset_id) and not new.branch_id = any (a.seen_by);
  return null;
end $$;
create trigger work_orders_seen after insert or update of customer_id, asset_id on work_orders
  for each row execute function app.seen_with_order();

-- The index says where a row is seen; whether that counts is decided when somebody searches.
alter table search.entries add column seen_by uuid[] not null default '{}';
update search.entries e set seen_by = array[e.branch_id] where e.kind = 'work_order';
do $$
declare org uuid;
begin
  perform set_config('app.branches', 'all', true);
  for org in select id from auth.organizations loop
    perform set_config('app.org_id', org::text, true);
    update search.entries e set seen_by = c.seen_by from customers c
     where e.org_id = org and e.kind = 'customer' and e.entity_id = c.id;
    update search.entries e set seen_by = a.seen_by from assets a
     where e.org_id = org and e.kind = 'asset' and e.entity_id = a.id;
  end loop;
  perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
end $$;

drop function search.put(text, uuid, uuid, text, text, text);
alter table search.entries drop column branch_id;
create function search.put(kind text, entity uuid, seen_by uuid[], title text, names text, marks text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into search.entries (org_id, kind, entity_id, seen_by, title, names, terms)
  values (app.current_org(), kind, entity, seen_by, title, search.norm(names), ' ' || search.norm(names || ' ' || marks) || ' ')
  on conflict (org_id, kind, entity_id) do update
    set seen_by = excluded.seen_by, title = excluded.title, names = excluded.names, terms = excluded.terms
$$;
revoke all on function search.put(text, uuid, uuid[], text, text, text) from public;

create or replace function search.put_work_order(w public.work_orders) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select search.put('work_order', w.id, array[w.branch_id], b.code || '-' || w.number,
    concat_ws(' ', a.plate_norm, c.name), concat_ws(' ', b.code || '-' || w.number, w.number, a.plate, a.serial))
    from public.branches b, public.customers c, public.assets a
   where (b.org_id, b.id) = (w.org_id, w.branch_id) and (c.org_id, c.id) = (w.org_id, w.customer_id) and (a.org_id, a.id) = (w.org_id, w.asset_id)
$$;

create or replace function search.follow_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.archived_at is not null then
    perform search.forget('customer', new.id);
    return null;
  end if;
  perform search.put('customer', new.id,
    new.seen_by,
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
  perform search.put('asset', new.id, new.seen_by,
    coalesce(nullif(new.plate, ''), nullif(new.serial, ''), nullif(new.vin, ''), concat_ws(' ', new.make, new.model)),
    concat_ws(' ', new.plate_norm, new.make, new.model), concat_ws(' ', new.plate, new.vin, new.serial, new.unit_number));
  if tg_op = 'UPDATE' and (new.plate, new.serial) is distinct from (old.plate, old.serial) then
    perform search.put_open_orders(null, new.id);
  end if;
  return null;
end $$;

drop trigger assets_search on assets;
create trigger assets_search after insert or update of plate, vin, serial, make, model, unit_number, archived_at, seen_by, customer_id on assets
  for each row execute function search.follow_asset();

-- A plate is on one vehicle of the workshop; where customers are not shared, of each branch.
alter table assets add column plate_place uuid not null default '00000000-0000-0000-0000-000000000000';
create function app.place_plate() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select s.share_customers from public.organization_settings s where s.org_id = new.org_id) then
    new.plate_place := '00000000-0000-0000-0000-000000000000';
  else
    new.plate_place := (select c.home_branch_id from public.customers c where (c.org_id, c.id) = (new.org_id, new.customer_id));
  end if;
  return new;
end $$;
create trigger assets_plate_place before insert or update of customer_id, plate_place on assets
  for each row execute function app.place_plate();
drop index assets_live_plate;
create unique index assets_live_plate on assets (org_id, plate_norm, plate_place) where plate_norm <> '' and archived_at is null;

-- The switch moves every plate; back to one place is refused by the index while a plate is in two.
create function app.follow_sharing() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
begin
  perform set_config('app.branches', 'all', true);
  update public.assets a set plate_place = a.plate_place where a.org_id = new.org_id and a.plate_norm <> '' and a.archived_at is null;
  perform set_config('app.branches', own_branches, true);
  return null;
end $$;
create trigger organization_settings_sharing after update of share_customers on organization_settings
  for each row when (old.share_customers <> new.share_customers) execute function app.follow_sharing();

create or replace function search.find(query text, at_most int, kinds text[] default '{customer,asset,work_order}')
returns table (kind text, entity_id uuid) language plpgsql stable security definer rows 24
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
         and (everywhere or (shares and e.kind <> 'work_order') or e.seen_by && branches)
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
         and (everywhere or (shares and e.kind <> 'work_order') or e.seen_by && branches)
         and (e.kind <> 'work_order' or all_orders or exists (
           select from public.job_technicians t where t.org_id = org and t.work_order_id = e.entity_id and t.member_id = member))
       limit 2000),
    ranked as (select h.*, row_number() over (partition by h.kind order by h.nearness desc, h.title, h.entity_id desc) as place from hits h)
    select r.kind, r.entity_id from ranked r where r.place <= at_most order by r.kind, r.place;
end $$;


create or replace function auth.enter(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s auth.sessions;
  answer jsonb;
begin
  select * into s from auth.sessions x
   where x.token_hash = enter.token_hash and x.revoked_at is null and x.expires_at > at and x.last_seen_at > at - idle;
  if not found then return null; end if;
  perform set_config('app.org_id', s.org_id::text, true), set_config('app.member_id', s.member_id::text, true);
  select jsonb_build_object(
      'user_id', u.id, 'org_id', s.org_id, 'member_id', m.id, 'name', m.name, 'email', m.email, 'role', m.role,
      'custom_role', (select c.name from public.custom_roles c where c.org_id = s.org_id and c.id = m.custom_role_id),
      'rights', coalesce((select jsonb_object_agg(r.right_name, r.granted) from public.role_rights r
                           where r.org_id = s.org_id and r.role = m.role and r.custom_role_id is not distinct from m.custom_role_id), '{}'::jsonb),
      'org_name', o.name, 'org_slug', o.slug, 'org_state', o.state,
      'all_branches', m.all_branches or m.role = 'owner',
      'branch_id', s.branch_id,
      'branches', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'code', b.code, 'time_zone', b.time_zone) order by b.name)
                     from public.branches b
                    where m.all_branches or m.role = 'owner'
                       or exists (select from public.member_branches mb where mb.member_id = m.id and mb.branch_id = b.id)), '[]'::jsonb),
      'currency', t.currency, 'asset_word', t.asset_word, 'distance_unit', t.distance_unit, 'require_odometer', t.require_odometer,
      'technicians_see_all', t.technicians_see_all, 'technicians_create', t.technicians_create,
      'receptionists_take_payments', t.receptionists_take_payments, 'payment_terms_days', t.payment_terms_days,
      'share_customers', t.share_customers,
      'workshops', (select jsonb_agg(jsonb_build_object('id', f.org_id, 'name', w.name) order by w.name, f.org_id)
                      from auth.affiliations f join auth.organizations w on w.id = f.org_id
                     where f.user_id = s.user_id and f.left_at is null),
      'stale', s.last_seen_at < at - interval '1 minute')
    into answer
    from public.members m
    join auth.users u on u.id = m.user_id
    join auth.organizations o on o.id = s.org_id
    join public.organization_settings t on t.org_id = s.org_id
   where m.org_id = s.org_id and m.id = s.member_id and m.deactivated_at is null and u.deactivated_at is null;
  if answer is null then return null; end if;
  perform set_config('app.branches', case when (answer ->> 'all_branches')::boolean then 'all'
      else coalesce((select string_agg(b ->> 'id', ',') from jsonb_array_elements(answer -> 'branches') b), '') end, true),
    set_config('app.sees', case when answer ->> 'role' = 'technician' and not (answer ->> 'technicians_see_all')::boolean then 'assigned' else 'all' end, true),
    set_config('app.shares', case when (answer ->> 'share_customers')::boolean then 'all' else 'own' end, true);
  return answer;
end $$;
