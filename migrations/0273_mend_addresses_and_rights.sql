-- Addresses are found more kindly and hoarded less; rights to end somebody's access stand alone. A workshop's address is found also where only a hyphen or a look-alike differs: nobody else may have that one, and the workshop itself
-- may have had it. It keeps few former addresses, so that good names are not hoarded.

create or replace function auth.find_workshop(slug text) returns text language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select o.slug from auth.organizations o where o.slug = find_workshop.slug),
    (select o.slug from auth.former_slugs f join auth.organizations o on o.id = f.org_id where f.slug = find_workshop.slug),
    (select o.slug from auth.organizations o where auth.skeleton(o.slug) = auth.skeleton(find_workshop.slug)),
    (select o.slug from auth.former_slugs f join auth.organizations o on o.id = f.org_id where auth.skeleton(f.slug) = auth.skeleton(find_workshop.slug)))
$$;

create function auth.let_go_of_addresses() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from auth.former_slugs f where f.org_id = new.org_id and f.slug in (
    select x.slug from auth.former_slugs x where x.org_id = new.org_id order by x.since desc, x.slug offset 5);
  return null;
end $$;
revoke all on function auth.let_go_of_addresses() from public;
create trigger former_slugs_few after insert on auth.former_slugs for each row execute function auth.let_go_of_addresses();

-- A name that many workshops share is tried with ever new endings.
do $$
declare
  sign_up regprocedure := (select p.oid from pg_proc p where p.pronamespace = 'auth'::regnamespace and p.proname = 'sign_up');
  before text := pg_get_functiondef(sign_up);
  after text := replace(before, 'left(md5(new_org::text), 4)', 'left(md5(new_org::text || tries), 8)');
begin
  if after = before then
    raise exception 'auth.sign_up is not as expected';
  end if;
  execute after;
end $$;

-- Deactivating people and retiring tablets are rights of their own now, since they go on in a read-only workshop: whoever was given or
-- denied the larger right keeps what he had.
alter table role_rights no force row level security;
insert into role_rights (org_id, role, custom_role_id, right_name, granted)
select r.org_id, r.role, r.custom_role_id, case r.right_name when 'ManageMembers' then 'DismissMembers' else 'RetireTablets' end, r.granted
  from role_rights r where r.right_name in ('ManageMembers', 'ManageTablets');
alter table role_rights force row level security;
