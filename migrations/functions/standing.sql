-- How a workshop stands with us, and at which address: read by eyes, so what looks like another's is another's; and it may change, so the
-- old one leads on.

-- Amounts are numbers of one currency: it stands once something was posted or paid, in whatever branch.
create or replace function app.guard_currency() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  own_branches text := coalesce(current_setting('app.branches', true), '');
  posted boolean;
begin
  perform set_config('app.branches', 'all', true);
  posted := exists (select from public.invoices i where i.org_id = new.org_id and i.state = 'posted')
         or exists (select from public.payments p where p.org_id = new.org_id);
  perform set_config('app.branches', own_branches, true);
  if posted then raise exception 'the currency stands' using errcode = 'GA021'; end if;
  return new;
end $$;

-- One name, wherever it is read.
create or replace function app.follow_name() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set name = new.name where o.id = new.org_id;
  return null;
end $$;

create or replace function app.begin_trial() returns trigger language plpgsql as $$
begin
  if new.state = 'trial' and new.expires_at is null then
    new.expires_at := new.created_at + interval '720 hours';
  end if;
  return new;
end $$;

create or replace function auth.standing_of(org uuid, at timestamptz) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.state from auth.organizations o, auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, standing_of.at) s where o.id = org
$$;

-- Open streams look at their rights again.
create or replace function app.tell_standing() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.id, new.id, 'organization', new.id));
  return null;
end $$;

-- Nobody comes in anew where nothing is written, whichever door they take.
create or replace function app.take_nobody_in() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  at timestamptz;
begin
  if tg_table_name = 'invites' then at := new.accepted_at; else at := new.created_at; end if;
  if auth.standing_of(new.org_id, at) not in ('trial', 'active', 'past_due') then
    raise exception 'this workshop takes nobody in' using errcode = 'GA030';
  end if;
  return new;
end $$;

-- An owner ends it, and takes that back while the workshop can still be read. False when there is nothing to do.
create or replace function auth.leave(at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set cancelled_at = leave.at
   where o.id = app.current_org() and o.cancelled_at is null
     and exists (select from public.members m where m.id = app.current_member() and m.role = 'owner' and m.deactivated_at is null);
  return found;
end $$;

-- When the transaction's own workshop would be locked if it left now.
create or replace function auth.leaving(at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(s.until, leaving.at) from auth.organizations o, auth.standing(o.state, o.expires_at, leaving.at, o.suspended_at, leaving.at) s
   where o.id = app.current_org()
$$;

create or replace function auth.come_back(at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set cancelled_at = null
   where o.id = app.current_org() and o.cancelled_at > come_back.at - interval '720 hours'
     and exists (select from public.members m where m.id = app.current_member() and m.role = 'owner' and m.deactivated_at is null);
  return found;
end $$;

-- Two names that a hurried reader takes for one have one skeleton (as UTS 39 has for scripts; addresses are plain letters and digits).
create or replace function auth.skeleton(slug text) returns text language sql immutable parallel safe
  as $$ select replace(replace(translate(replace(slug, '-', ''), '0158i', 'olsbl'), 'rn', 'm'), 'vv', 'w') $$;

-- A new workshop whose address is somebody's, or looks like it, is not made: signing up tries the next one.
create or replace function auth.refuse_likeness() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7105, hashtext(auth.skeleton(new.slug)));
  if exists (select from auth.organizations o where auth.skeleton(o.slug) = auth.skeleton(new.slug))
     or exists (select from auth.former_slugs f where auth.skeleton(f.slug) = auth.skeleton(new.slug)) then
    return null;
  end if;
  return new;
end $$;

-- Gives the transaction's own workshop another address; false when somebody has it, had it, or has one that looks like it.
create or replace function auth.move_workshop(new_slug text, at timestamptz) returns boolean
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

-- Found also where only a hyphen or a look-alike differs: nobody else may have that address, and the workshop itself may have had it.
create or replace function auth.find_workshop(slug text) returns text language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select o.slug from auth.organizations o where o.slug = find_workshop.slug),
    (select o.slug from auth.former_slugs f join auth.organizations o on o.id = f.org_id where f.slug = find_workshop.slug),
    (select o.slug from auth.organizations o where auth.skeleton(o.slug) = auth.skeleton(find_workshop.slug)),
    (select o.slug from auth.former_slugs f join auth.organizations o on o.id = f.org_id where auth.skeleton(f.slug) = auth.skeleton(find_workshop.slug)))
$$;

-- A workshop keeps few former addresses, so that good names are not hoarded.
create or replace function auth.let_go_of_addresses() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from auth.former_slugs f where f.org_id = new.org_id and f.slug in (
    select x.slug from auth.former_slugs x where x.org_id = new.org_id order by x.since desc, x.slug offset 5);
  return null;
end $$;

-- Every request asks how its workshop stands: a function in SQL is planned anew at each call, one in PL/pgSQL once a connection.
create or replace function auth.standing(plan text, expires_at timestamptz, cancelled_at timestamptz, suspended_at timestamptz, at timestamptz,
                                         out state text, out until timestamptz)
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  closes timestamptz := least(expires_at + interval '168 hours', cancelled_at);
  locks timestamptz := least(expires_at + interval '1608 hours', cancelled_at + interval '720 hours');
begin
  if suspended_at <= at then state := 'suspended';
  elsif locks <= at then state := 'locked';
  elsif closes <= at then state := 'read_only'; until := least(locks, suspended_at);
  elsif expires_at <= at then state := 'past_due'; until := least(closes, suspended_at);
  else state := plan; until := least(expires_at, closes, suspended_at);
  end if;
end $$;

-- Who may call them, and nobody else.
revoke all on function app.guard_currency(), app.follow_name(), auth.standing_of(uuid, timestamptz), app.take_nobody_in(),
  auth.leave(timestamptz), auth.leaving(timestamptz), auth.come_back(timestamptz), auth.skeleton(text), auth.refuse_likeness(),
  auth.move_workshop(text, timestamptz), auth.find_workshop(text), auth.let_go_of_addresses(),
  auth.standing(text, timestamptz, timestamptz, timestamptz, timestamptz)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.find_workshop(text)
  to gantry_app;
grant execute on function auth.leave(timestamptz), auth.leaving(timestamptz), auth.come_back(timestamptz),
  auth.move_workshop(text, timestamptz)
  to gantry_tenant;
