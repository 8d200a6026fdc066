-- What one of us notes about a workshop, for whoever of us helps it next; and whether its letters go out.

-- False when there is no such workshop. The same words twice within a minute are one note: a double click.
create function auth.platform_note(org uuid, note text, at timestamptz, event_id uuid, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  words text := 'Noted: ' || platform_note.note;
begin
  if auth.platform_admin() is null then return false; end if;
  perform from auth.organizations o where o.id = org for no key update;
  if not found then return false; end if;
  insert into auth.platform_events (id, at, admin_id, admin_name, action, org_id, summary, request_id)
  select event_id, platform_note.at, a.id, a.name, 'note.written', org, words, platform_note.request_id
    from auth.platform_admins a
   where a.id = auth.platform_admin() and not exists (
     select from auth.platform_events e where e.org_id = org and e.admin_id = a.id and e.summary = words and e.at > platform_note.at - interval '1 minute');
  return true;
end $$;

create index mails_failed on auth.mails (org_id, created_at) where state = 'failed';
create index mails_waiting on auth.mails (org_id) where state = 'queued';
-- Letters that wait for another try, and those given up since then.
create function auth.platform_letters(org uuid, since timestamptz, out waiting bigint, out failed bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.platform_admin() is null then return; end if;
  select count(*) into waiting from auth.mails m where m.org_id = org and m.state = 'queued' and m.attempts > 0;
  select count(*) into failed from auth.mails m where m.org_id = org and m.state = 'failed' and m.created_at > since;
end $$;

revoke all on function auth.platform_note(uuid, text, timestamptz, uuid, text), auth.platform_letters(uuid, timestamptz) from public;
grant execute on function auth.platform_note(uuid, text, timestamptz, uuid, text), auth.platform_letters(uuid, timestamptz) to gantry_platform;
