-- How a workshop stands with us: on trial or paid for, until when, whether it left, whether we stopped it. What that amounts to at a
-- moment is one function; whoever asks, asks it.

alter table auth.organizations drop constraint organizations_state_check;
update auth.organizations set state = 'active' where state <> 'trial';
alter table auth.organizations
  add column expires_at timestamptz, -- of the trial or of what is paid for; none is without end
  add column cancelled_at timestamptz, -- its owner said so, and may come back for a while
  add column suspended_at timestamptz, -- we said so
  add column suspended_reason text not null default '' check (length(suspended_reason) <= 500);
-- Who is on trial already gets the thirty days from now on.
update auth.organizations set expires_at = greatest(created_at, now()) + interval '720 hours' where state = 'trial';
alter table auth.organizations
  add constraint organizations_state_check check (state in ('trial', 'active')),
  add constraint organizations_trials_end check (state <> 'trial' or expires_at is not null);

create function app.begin_trial() returns trigger language plpgsql as $$
begin
  if new.state = 'trial' and new.expires_at is null then
    new.expires_at := new.created_at + interval '720 hours';
  end if;
  return new;
end $$;
create trigger organizations_trial before insert on auth.organizations for each row execute function app.begin_trial();

-- The one rule. What was not paid warns for seven days, is read-only for sixty, then locked; who left reads for thirty days. Hours,
-- because a day is not the same everywhere. `until`: when it changes by itself, if it does.
create function auth.standing(plan text, expires_at timestamptz, cancelled_at timestamptz, suspended_at timestamptz, at timestamptz,
  out state text, out until timestamptz)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when suspended_at <= at then 'suspended'
              when locks <= at then 'locked'
              when closes <= at then 'read_only'
              when expires_at <= at then 'past_due'
              else plan end,
         case when suspended_at <= at or locks <= at then null
              when closes <= at then least(locks, suspended_at)
              when expires_at <= at then least(closes, suspended_at)
              else least(expires_at, closes, suspended_at) end
    from (select least(expires_at + interval '168 hours', cancelled_at) as closes,
                 least(expires_at + interval '1608 hours', cancelled_at + interval '720 hours') as locks) dates
$$;

create function auth.standing_of(org uuid, at timestamptz) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.state from auth.organizations o, auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, standing_of.at) s where o.id = org
$$;

-- Opens a request: what `auth.enter` knows of the session, and how its workshop stands. In a suspended one the transaction belongs to
-- nobody, so that even a forgotten question finds no row.
create function auth.come_in(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb := auth.enter(token_hash, at, idle);
  o auth.organizations;
  now_state text;
  now_until timestamptz;
begin
  if answer is null then return null; end if;
  select * into o from auth.organizations x where x.id = (answer ->> 'org_id')::uuid;
  select s.state, s.until into now_state, now_until from auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s;
  if now_state = 'suspended' then
    perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  end if;
  return answer || jsonb_build_object('org_state', now_state, 'state_until', now_until, 'on_trial', o.state = 'trial',
    'expires_at', o.expires_at, 'cancelled_at', o.cancelled_at);
end $$;

-- Open streams look at their rights again.
create function app.tell_standing() returns trigger language plpgsql as $$
begin
  perform pg_notify('gantry', concat_ws('|', new.id, new.id, 'organization', new.id));
  return null;
end $$;
create trigger organizations_tell after update of state, expires_at, cancelled_at, suspended_at on auth.organizations
  for each row execute function app.tell_standing();

-- Nobody comes in anew where nothing is written, whichever door he takes.
create function app.take_nobody_in() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  at timestamptz;
begin
  if tg_table_name = 'invites' then at := new.accepted_at; else at := new.created_at; end if;
  if auth.standing_of(new.org_id, at) not in ('trial', 'active', 'past_due') then
    raise exception 'this workshop takes nobody in' using errcode = 'GA030';
  end if;
  return new;
end $$;
create trigger invites_welcome before update of accepted_at on invites for each row
  when (old.accepted_at is null and new.accepted_at is not null) execute function app.take_nobody_in();
create trigger join_requests_welcome before insert on join_requests for each row execute function app.take_nobody_in();

-- An owner ends it, and takes that back while the workshop can still be read. False when there is nothing to do.
create function auth.leave(at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set cancelled_at = leave.at
   where o.id = app.current_org() and o.cancelled_at is null
     and exists (select from public.members m where m.id = app.current_member() and m.role = 'owner' and m.deactivated_at is null);
  return found;
end $$;
-- When the transaction's own workshop would be locked if it left now.
create function auth.leaving(at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(s.until, leaving.at) from auth.organizations o, auth.standing(o.state, o.expires_at, leaving.at, o.suspended_at, leaving.at) s
   where o.id = app.current_org()
$$;
create function auth.come_back(at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.organizations o set cancelled_at = null
   where o.id = app.current_org() and o.cancelled_at > come_back.at - interval '720 hours'
     and exists (select from public.members m where m.id = app.current_member() and m.role = 'owner' and m.deactivated_at is null);
  return found;
end $$;

revoke all on function auth.standing(text, timestamptz, timestamptz, timestamptz, timestamptz), auth.standing_of(uuid, timestamptz),
  auth.come_in(bytea, timestamptz, interval), auth.leave(timestamptz), auth.leaving(timestamptz), auth.come_back(timestamptz) from public;
grant execute on function auth.come_in(bytea, timestamptz, interval) to gantry_app;
grant execute on function auth.leave(timestamptz), auth.leaving(timestamptz), auth.come_back(timestamptz) to gantry_tenant;
