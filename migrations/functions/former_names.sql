-- Names by which servers of the version before call what has another name now: they run on while this schema is put in place (rule 8 of
-- docs/schema.md). They go with the next baseline.
create or replace function auth.come_in(token_hash bytea, at timestamptz, idle interval) returns jsonb
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  return auth.authenticate(token_hash, at, idle);
end $$;

create or replace function auth.take_turn(what text, subject bytea, at timestamptz, span interval, most int, most_a_day int,
  out turn bigint, out retry_after_s int)
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  select l.turn, l.retry_after_s into turn, retry_after_s
    from auth.consume_rate_limit(take_turn.what, subject, at, span, most, most_a_day) l;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.come_in(bytea, timestamptz, interval),
  auth.take_turn(text, bytea, timestamptz, interval, int, int)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.come_in(bytea, timestamptz, interval),
  auth.take_turn(text, bytea, timestamptz, interval, int, int)
  to gantry_app;
