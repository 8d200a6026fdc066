-- Doors for confirming an address, for a new password without the old one, and for letters about sign-ins. Each answers for one
-- secret or one address, and does the same work whether or not somebody has the address.

-- Takes a turn, or says how many seconds to wait: `most` within the span and `most_a_day` within a day.
create function auth.take_turn(what text, subject bytea, at timestamptz, span interval, most int, most_a_day int,
  out turn bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7104, hashtext(take_turn.what || encode(take_turn.subject, 'hex')));
  retry_after_s := greatest(
    auth.wait_seconds(array(
      select t.at from auth.turns t
       where t.what = take_turn.what and t.subject = take_turn.subject and t.at > take_turn.at - take_turn.span
       order by t.at desc limit take_turn.most), take_turn.at, take_turn.span, take_turn.most, take_turn.most),
    auth.wait_seconds(array(
      select t.at from auth.turns t
       where t.what = take_turn.what and t.subject = take_turn.subject and t.at > take_turn.at - interval '1 day'
       order by t.at desc limit take_turn.most_a_day), take_turn.at, interval '1 day', take_turn.most_a_day, take_turn.most_a_day));
  if retry_after_s > 0 then return; end if;
  insert into auth.turns (what, subject, at) values (take_turn.what, take_turn.subject, take_turn.at) returning id into turn;
end $$;

-- A letter about an account belongs to no workshop.
create function auth.post_letter(mail_id uuid, recipient text, letter jsonb, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth.mails (id, org_id, recipient, subject, letter, due_at, created_at)
  values (mail_id, null, recipient, letter ->> 'subject', letter, at, at)
$$;

-- A new link; the account's older ones for the same purpose end.
create function auth.make_link(link uuid, purpose text, token_hash bytea, account uuid, at timestamptz, expires_at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.links l set revoked_at = make_link.at
   where l.user_id = account and l.purpose = make_link.purpose and l.used_at is null and l.revoked_at is null;
  insert into auth.links (id, purpose, token_hash, user_id, created_at, expires_at)
  values (link, make_link.purpose, make_link.token_hash, account, make_link.at, make_link.expires_at)
$$;

-- A line in the trail of every workshop that the person belongs to; always in the same order, because each trail has a lock.
create function auth.note_deed(account uuid, at timestamptz, action text, summary text, request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  place record;
  before text := current_setting('app.org_id', true);
begin
  for place in select f.org_id, f.member_id from auth.affiliations f
                where f.user_id = account and f.left_at is null order by f.org_id loop
    perform set_config('app.org_id', place.org_id::text, true);
    insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
    select gen_random_uuid(), note_deed.at, m.id, m.name, note_deed.action, 'member', m.id, note_deed.summary, note_deed.request_id
      from public.members m where m.org_id = place.org_id and m.id = place.member_id;
  end loop;
  perform set_config('app.org_id', coalesce(before, ''), true);
end $$;

-- A letter with a link for whoever forgot the password. Nobody's address: the same rows are written and taken back.
create function auth.begin_reset(email_norm text, email_hash bytea, link uuid, token_hash bytea, expires_at timestamptz,
  mail_id uuid, letter jsonb, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account auth.users;
begin
  if (select t.turn from auth.take_turn('reset', email_hash, begin_reset.at, interval '15 minutes', 3, 10) t) is null then return; end if;
  select * into account from auth.users u where u.email_norm = begin_reset.email_norm and u.deactivated_at is null;
  begin
    perform auth.make_link(link, 'reset_password', begin_reset.token_hash, account.id, begin_reset.at, begin_reset.expires_at);
    perform auth.post_letter(mail_id, coalesce(account.email, begin_reset.email_norm), letter, begin_reset.at);
    if account.id is null then raise exception 'nobody' using errcode = 'GA100'; end if;
  exception when sqlstate 'GA100' then null;
  end;
end $$;

-- Whose a link is, while it stands.
create function auth.look_at_link(token_hash bytea, purpose text, at timestamptz, out email text, out name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, u.name from auth.links l join auth.users u on u.id = l.user_id and u.deactivated_at is null
   where l.token_hash = look_at_link.token_hash and l.purpose = look_at_link.purpose
     and l.used_at is null and l.revoked_at is null and l.expires_at > look_at_link.at
$$;

-- Uses a link up; whose it was. Of many at once one gets it.
create function auth.use_link(token_hash bytea, purpose text, at timestamptz) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.links l set used_at = use_link.at
    from auth.users u
   where l.token_hash = use_link.token_hash and l.purpose = use_link.purpose and u.id = l.user_id and u.deactivated_at is null
     and l.used_at is null and l.revoked_at is null and l.expires_at > use_link.at
  returning l.user_id
$$;

create function auth.verify_email(token_hash bytea, at timestamptz, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid := auth.use_link(verify_email.token_hash, 'verify_email', verify_email.at);
begin
  if account is null then return false; end if;
  update auth.users u set unverified_since = null where u.id = account;
  perform auth.note_deed(account, verify_email.at, 'email.confirmed', 'Confirmed the e-mail address', verify_email.request_id);
  return true;
end $$;

-- Another letter to confirm the address of this session's account. Null when it is confirmed, else the seconds to wait.
create function auth.ask_again_to_confirm(token_hash bytea, link uuid, link_hash bytea, expires_at timestamptz,
  mail_id uuid, letter jsonb, at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account auth.users;
  taken record;
begin
  select u.* into account from auth.sessions s join auth.users u on u.id = s.user_id
   where s.token_hash = ask_again_to_confirm.token_hash and s.revoked_at is null and u.unverified_since is not null;
  if not found then return null; end if;
  select * into taken from auth.take_turn('confirm', uuid_send(account.id), ask_again_to_confirm.at, interval '15 minutes', 3, 10);
  if taken.turn is null then return taken.retry_after_s; end if;
  perform auth.make_link(link, 'verify_email', link_hash, account.id, ask_again_to_confirm.at, ask_again_to_confirm.expires_at);
  perform auth.post_letter(mail_id, account.email, letter, ask_again_to_confirm.at);
  return 0;
end $$;

-- A new password by a link: every session, remembered browser and PIN of the account ends. False when the link does not stand.
create function auth.reset_password(token_hash bytea, new_hash text, mail_id uuid, letter jsonb, at timestamptz, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid := auth.use_link(reset_password.token_hash, 'reset_password', reset_password.at);
begin
  if account is null then return false; end if;
  -- Whoever follows a link from the mailbox has the mailbox.
  update auth.users u set password_hash = new_hash, unverified_since = null where u.id = account;
  update auth.sessions s set revoked_at = reset_password.at where s.user_id = account and s.revoked_at is null;
  delete from auth.devices d where d.user_id = account;
  delete from auth.pending_sign_ins p where p.user_id = account;
  delete from auth.pins p using auth.affiliations f where f.user_id = account and (p.org_id, p.member_id) = (f.org_id, f.member_id);
  perform auth.post_letter(mail_id, u.email, letter, reset_password.at) from auth.users u where u.id = account;
  perform auth.note_deed(account, reset_password.at, 'password.reset', 'Set a new password by a link from the mailbox', reset_password.request_id);
  return true;
end $$;

-- As before, and the person gets a letter that the password was changed.
drop function auth.change_password(bytea, text, bytea, timestamptz, uuid, text);
create function auth.change_password(token_hash bytea, new_hash text, device_hash bytea, at timestamptz, event_id uuid, request_id text,
  mail_id uuid, letter jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  own auth.sessions;
begin
  select * into own from auth.sessions s where s.token_hash = change_password.token_hash and s.revoked_at is null;
  if not found then return; end if;
  update auth.users u set password_hash = change_password.new_hash where u.id = own.user_id;
  perform auth.end_other_sessions(change_password.token_hash, change_password.at);
  delete from auth.devices d where d.user_id = own.user_id and d.token_hash <> change_password.device_hash;
  delete from auth.pending_sign_ins p where p.user_id = own.user_id;
  perform auth.post_letter(change_password.mail_id, u.email, change_password.letter, change_password.at)
     from auth.users u where u.id = own.user_id;
  perform set_config('app.org_id', own.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, change_password.at, m.id, m.name, 'password.changed', 'member', m.id, 'Changed the password', change_password.request_id
    from public.members m where m.id = own.member_id;
end $$;

-- As before, and the new owner gets a letter with a link that confirms the address (taken back with the rest where it is taken).
drop function auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, text, text, text, uuid, text, text, text, text, uuid,
  text[], int[], timestamptz, uuid, text);
create function auth.sign_up(attempt bigint, new_user uuid, email text, email_norm text, person text, new_hash text,
  new_org uuid, org_name text, slug text, asset_word text, distance_unit text, currency text,
  branch_id uuid, branch_name text, branch_code text, branch_address text, time_zone text, new_member uuid,
  tax_names text[], tax_points int[], at timestamptz, event_id uuid, request_id text,
  link uuid, link_hash bytea, link_expires_at timestamptz, mail_id uuid, letter jsonb,
  out made boolean, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
  free_slug text := slug;
  tries int := 1;
begin
  made := true;
  begin
    loop
      insert into auth.organizations as o (id, name, slug, created_at) values (new_org, org_name, free_slug, at)
      on conflict on constraint organizations_slug_key do nothing;
      exit when found;
      tries := tries + 1;
      free_slug := slug || '-' || case when tries <= 50 then tries::text else left(md5(new_org::text), 4) end;
    end loop;
    perform set_config('app.org_id', new_org::text, true);
    insert into public.organization_settings as s (name, asset_word, distance_unit, currency, require_odometer)
    values (org_name, asset_word, distance_unit, currency, asset_word = 'vehicle');
    insert into public.branches as b (id, name, code, address, time_zone, created_at)
    values (branch_id, branch_name, branch_code, branch_address, time_zone, at);
    insert into public.members as m (id, user_id, name, email, role, all_branches, created_at)
    values (new_member, new_user, person, email, 'owner', true, at);
    insert into public.tax_rates as t (id, name, basis_points, is_default, position)
    select gen_random_uuid(), r.name, r.points, r.n = 1, r.n::int from unnest(tax_names, tax_points) with ordinality r (name, points, n);
    insert into public.audit_events as e (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
    values (event_id, at, new_member, person, 'organization.created', 'organization', new_org, 'Opened the workshop ' || org_name, request_id);
    perform auth.post_letter(mail_id, email, letter, at);
    insert into auth.users as u (id, email, email_norm, name, password_hash, created_at, unverified_since)
    values (new_user, email, email_norm, person, new_hash, at, at);
    insert into auth.affiliations as f (user_id, org_id, member_id) values (new_user, new_org, new_member);
    perform auth.make_link(link, 'verify_email', link_hash, new_user, at, link_expires_at);
  exception when unique_violation then
    made := false;
  end;
  update auth.sign_up_attempts a set outcome = case when made then 'made' else 'taken' end where a.id = attempt;
  select l.user_id, l.password_hash, l.org_id, l.member_id into user_id, password_hash, org_id, member_id
    from auth.find_account(email_norm, null) l;
end $$;

revoke all on function auth.take_turn(text, bytea, timestamptz, interval, int, int), auth.post_letter(uuid, text, jsonb, timestamptz),
  auth.make_link(uuid, text, bytea, uuid, timestamptz, timestamptz), auth.note_deed(uuid, timestamptz, text, text, text),
  auth.begin_reset(text, bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz), auth.look_at_link(bytea, text, timestamptz),
  auth.use_link(bytea, text, timestamptz), auth.verify_email(bytea, timestamptz, text),
  auth.ask_again_to_confirm(bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.reset_password(bytea, text, uuid, jsonb, timestamptz, text),
  auth.change_password(bytea, text, bytea, timestamptz, uuid, text, uuid, jsonb),
  auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, text, text, text, uuid, text, text, text, text, uuid, text[], int[],
    timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb) from public;
grant execute on function auth.take_turn(text, bytea, timestamptz, interval, int, int),
  auth.begin_reset(text, bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz), auth.look_at_link(bytea, text, timestamptz),
  auth.verify_email(bytea, timestamptz, text),
  auth.ask_again_to_confirm(bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.reset_password(bytea, text, uuid, jsonb, timestamptz, text),
  auth.change_password(bytea, text, bytea, timestamptz, uuid, text, uuid, jsonb),
  auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, text, text, text, uuid, text, text, text, text, uuid, text[], int[],
    timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb) to gantry_app;
