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

create or replace function auth.come_in(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb := auth.enter(token_hash, at, idle);
  stands jsonb;
begin
  if answer is null then
    answer := auth.enter_support(token_hash, at);
    if answer is null then return null; end if;
  end if;
  select jsonb_build_object('org_state', s.state, 'state_until', s.until, 'on_trial', o.state = 'trial',
                            'expires_at', o.expires_at, 'cancelled_at', o.cancelled_at)
    into stands
    from auth.organizations o
   cross join lateral auth.standing(o.state, o.expires_at, o.cancelled_at, o.suspended_at, at) s
   where o.id = (answer ->> 'org_id')::uuid;
  if stands ->> 'org_state' = 'suspended' then
    perform set_config('app.org_id', '', true), set_config('app.branches', '', true);
  end if;
  return answer || stands;
end $$;
