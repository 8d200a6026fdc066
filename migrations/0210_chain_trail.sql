-- Whoever changes the trail behind the product's back is found out: the rows of an organization form a chain of hashes. A link
-- stands beside its row, so that a thousand rows written by one statement are chained by one lock of the chain's head.

create table auth.audit_heads (
  org_id uuid primary key references auth.organizations,
  seq bigint not null check (seq >= 0),
  hash bytea not null check (octet_length(hash) = 32)
);

create table auth.audit_chain (
  org_id uuid not null,
  seq bigint not null check (seq > 0),
  event_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (org_id, seq)
);

-- What is hashed: every column that is not null by its name, so that a later column does not change what was hashed before, and
-- the row's place. Times are in the session's zone: callers set UTC.
create function auth.audit_form(e public.audit_events, seq bigint) returns bytea language sql stable as $$
  select convert_to(jsonb_strip_nulls(to_jsonb(e) || jsonb_build_object('seq', seq, 'detail', e.detail::text))::text, 'UTF8')
$$;

-- After a statement, because only then all its rows are at hand. Writers of one organization queue here until they commit, so
-- the trail is the last thing that a transaction writes.
create function auth.chain_audit() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  org uuid;
  e public.audit_events;
  head auth.audit_heads;
begin
  for org in select distinct a.org_id from added a order by a.org_id loop
    select * into head from auth.audit_heads h where h.org_id = org for update;
    if not found then
      insert into auth.audit_heads (org_id, seq, hash) values (org, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
      select * into head from auth.audit_heads h where h.org_id = org for update;
    end if;
    for e in select * from added a where a.org_id = org order by a.at, a.id loop
      head.seq := head.seq + 1;
      head.hash := sha256(head.hash || auth.audit_form(e, head.seq));
      insert into auth.audit_chain (org_id, seq, event_id, hash) values (org, head.seq, e.id, head.hash);
    end loop;
    update auth.audit_heads h set seq = head.seq, hash = head.hash where h.org_id = org;
  end loop;
  return null;
end $$;

-- What is there already, in the order in which it happened.
do $$
declare
  org uuid;
  e public.audit_events;
  head auth.audit_heads;
begin
  perform set_config('TimeZone', 'UTC', true);
  for org in select o.id from auth.organizations o loop
    perform set_config('app.org_id', org::text, true);
    head := row(org, 0, decode(repeat('00', 32), 'hex'));
    for e in select * from public.audit_events a where a.org_id = org order by a.at, a.id loop
      head.seq := head.seq + 1;
      head.hash := sha256(head.hash || auth.audit_form(e, head.seq));
      insert into auth.audit_chain (org_id, seq, event_id, hash) values (org, head.seq, e.id, head.hash);
    end loop;
    insert into auth.audit_heads values (head.*);
  end loop;
  perform set_config('app.org_id', '', true);
end $$;

create trigger audit_events_chain after insert on audit_events referencing new table as added
  for each statement execute function auth.chain_audit();
alter table audit_events enable always trigger audit_events_chain;

-- A chain only grows, a head only moves forward.
create trigger audit_chain_append_only before update or delete on auth.audit_chain for each row execute function app.refuse_change();
create trigger audit_chain_no_truncate before truncate on auth.audit_chain for each statement execute function app.refuse_change();
create trigger audit_heads_forward before update on auth.audit_heads for each row
  when (new.org_id <> old.org_id or new.seq <= old.seq) execute function app.refuse_change();
create trigger audit_heads_stay before delete on auth.audit_heads for each row execute function app.refuse_change();
create trigger audit_heads_no_truncate before truncate on auth.audit_heads for each statement execute function app.refuse_change();
alter table auth.audit_chain enable always trigger audit_chain_append_only;
alter table auth.audit_chain enable always trigger audit_chain_no_truncate;
alter table auth.audit_heads enable always trigger audit_heads_forward;
alter table auth.audit_heads enable always trigger audit_heads_stay;
alter table auth.audit_heads enable always trigger audit_heads_no_truncate;

revoke all on function auth.audit_form(public.audit_events, bigint), auth.chain_audit() from public;

-- Each way of reading the trail is a range of an index of its own: everything, a person's deeds, a kind of thing; a customer's has one.
create index audit_events_newest on audit_events (org_id, at desc, id desc);
create index audit_events_member on audit_events (org_id, member_id, at desc, id desc);
create index audit_events_kind on audit_events (org_id, entity, at desc, id desc);
