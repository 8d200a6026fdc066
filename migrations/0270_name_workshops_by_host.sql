-- A workshop's address: read by eyes, so what looks like another's is another's; and it may change, so the old one leads on.

-- Two names that a hurried reader takes for one have one skeleton (as UTS 39 has for scripts; addresses are plain letters and digits).
create function auth.skeleton(slug text) returns text language sql immutable parallel safe
  as $$ select replace(replace(translate(replace(slug, '-', ''), '0158i', 'olsbl'), 'rn', 'm'), 'vv', 'w') $$;

create table auth.former_slugs (
  slug text primary key,
  org_id uuid not null references auth.organizations,
  since timestamptz not null
);
create unique index former_slugs_skeleton on auth.former_slugs (auth.skeleton(slug));
create index former_slugs_org on auth.former_slugs (org_id);

-- Those who came later step aside.
update auth.organizations o set slug = left(o.slug, 34) || '-' || left(md5(o.id::text), 5)
 where exists (select from auth.organizations e where auth.skeleton(e.slug) = auth.skeleton(o.slug) and (e.created_at, e.id) < (o.created_at, o.id));
create unique index organizations_skeleton on auth.organizations (auth.skeleton(slug));

-- A new workshop whose address is somebody's, or looks like it, is not made: signing up tries the next one.
create function auth.refuse_likeness() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7105, hashtext(auth.skeleton(new.slug)));
  if exists (select from auth.organizations o where auth.skeleton(o.slug) = auth.skeleton(new.slug))
     or exists (select from auth.former_slugs f where auth.skeleton(f.slug) = auth.skeleton(new.slug)) then
    return null;
  end if;
  return new;
end $$;
create trigger organizations_likeness before insert on auth.organizations for each row execute function auth.refuse_likeness();

-- The address that a workshop has now, by one that it has or had.
create function auth.find_workshop(slug text) returns text language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select o.slug from auth.organizations o where o.slug = find_workshop.slug),
    (select o.slug from auth.former_slugs f join auth.organizations o on o.id = f.org_id where f.slug = find_workshop.slug))
$$;

-- Gives the transaction's own workshop another address; false when somebody has it, had it, or has one that looks like it.
create function auth.move_workshop(new_slug text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  own uuid := app.current_org();
  old_slug text;
begin
  perform pg_advisory_xact_lock(7105, hashtext(auth.skeleton(new_slug)));
  select o.slug into old_slug from auth.organizations o where o.id = own for update;
  if exists (select from auth.organizations o where auth.skeleton(o.slug) = auth.skeleton(new_slug) and o.id <> own)
     or exists (select from auth.former_slugs f where auth.skeleton(f.slug) = auth.skeleton(new_slug) and f.org_id <> own) then
    return false;
  end if;
  -- Back to a name of its own, or to one that looks like it.
  delete from auth.former_slugs f where f.org_id = own and auth.skeleton(f.slug) in (auth.skeleton(new_slug), auth.skeleton(old_slug));
  update auth.organizations o set slug = new_slug where o.id = own;
  if auth.skeleton(old_slug) <> auth.skeleton(new_slug) then
    insert into auth.former_slugs (slug, org_id, since) values (old_slug, own, move_workshop.at);
  end if;
  return true;
end $$;

revoke all on function auth.skeleton(text), auth.refuse_likeness(), auth.find_workshop(text), auth.move_workshop(text, timestamptz) from public;
grant execute on function auth.find_workshop(text) to gantry_app;
grant execute on function auth.move_workshop(text, timestamptz) to gantry_tenant;
