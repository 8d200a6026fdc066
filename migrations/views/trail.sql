-- Over a row of audit_events, so made after the tables.

-- What is hashed: every column that is not null by its name, so that a later column does not change what was hashed before, and
-- the row's place. Times are in the session's zone: callers set UTC.
create or replace function auth.audit_form(e public.audit_events, seq bigint) returns bytea language sql stable as $$
  select convert_to(jsonb_strip_nulls(to_jsonb(e) || jsonb_build_object('seq', seq, 'detail', e.detail::text))::text, 'UTF8')
$$;

-- Who may call them, and nobody else.
revoke all on function auth.audit_form(audit_events, bigint)
  from public, gantry_app, gantry_tenant, gantry_platform;
