-- A person's own account: signing up, confirming an address, passwords. Each function answers for one secret or one address, and does the
-- same work whether or not somebody has the address.

-- The person behind an address and the workshop to open: that of the slug, or the first whose membership still stands.
create or replace function auth.find_account(email_norm text, slug text, out user_id uuid, out password_hash text, out org_id uuid, out member_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  place record;
begin
  for place in
    select u.id, u.password_hash, f.org_id, f.member_id
      from auth.users u join auth.affiliations f on f.user_id = u.id join auth.organizations o on o.id = f.org_id
     where u.email_norm = find_account.email_norm and u.deactivated_at is null
       and o.slug = coalesce(find_account.slug, o.slug)
     order by f.org_id
  loop
    perform set_config('app.org_id', place.org_id::text, true);
    if exists (select from public.members m where m.id = place.member_id and m.deactivated_at is null) then
      user_id := place.id; password_hash := place.password_hash; org_id := place.org_id; member_id := place.member_id;
      return;
    end if;
  end loop;
end $$;

-- Ends the account's other sessions; how many there were.
create or replace function auth.end_other_sessions(token_hash bytea, at timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended bigint;
begin
  update auth.sessions s set revoked_at = end_other_sessions.at
    from auth.sessions o
   where o.token_hash = end_other_sessions.token_hash and o.revoked_at is null
     and s.user_id = o.user_id and s.token_hash <> o.token_hash and s.revoked_at is null;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- Counts one more use of a limit, or says how many seconds to wait: `most` within the span and `most_a_day` within a day.
create or replace function auth.consume_rate_limit(what text, subject bytea, at timestamptz, span interval, most int, most_a_day int,
  out turn bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7104, hashtext(consume_rate_limit.what || encode(consume_rate_limit.subject, 'hex')));
  retry_after_s := greatest(
    auth.wait_seconds(array(
      select t.at from auth.turns t
       where t.what = consume_rate_limit.what and t.subject = consume_rate_limit.subject and t.at > consume_rate_limit.at - consume_rate_limit.span
       order by t.at desc limit consume_rate_limit.most), consume_rate_limit.at, consume_rate_limit.span, consume_rate_limit.most, consume_rate_limit.most),
    auth.wait_seconds(array(
      select t.at from auth.turns t
       where t.what = consume_rate_limit.what and t.subject = consume_rate_limit.subject and t.at > consume_rate_limit.at - interval '1 day'
       order by t.at desc limit consume_rate_limit.most_a_day), consume_rate_limit.at, interval '1 day', consume_rate_limit.most_a_day, consume_rate_limit.most_a_day));
  if retry_after_s > 0 then return; end if;
  insert into auth.turns (what, subject, at) values (consume_rate_limit.what, consume_rate_limit.subject, consume_rate_limit.at) returning id into turn;
end $$;

-- A new link; the account's older ones for the same purpose end.
create or replace function auth.make_link(link uuid, purpose text, token_hash bytea, account uuid, at timestamptz, expires_at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.links l set revoked_at = make_link.at
   where l.user_id = account and l.purpose = make_link.purpose and l.used_at is null and l.revoked_at is null;
  insert into auth.links (id, purpose, token_hash, user_id, created_at, expires_at)
  values (link, make_link.purpose, make_link.token_hash, account, make_link.at, make_link.expires_at)
$$;

-- A letter with a link for whoever forgot the password. Nobody's address: the same rows are written and taken back.
create or replace function auth.begin_reset(email_norm text, email_hash bytea, link uuid, token_hash bytea, expires_at timestamptz,
  mail_id uuid, letter jsonb, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account auth.users;
begin
  if (select t.turn from auth.consume_rate_limit('reset', email_hash, begin_reset.at, interval '15 minutes', 3, 10) t) is null then return; end if;
  select * into account from auth.users u where u.email_norm = begin_reset.email_norm and u.deactivated_at is null;
  begin
    perform auth.make_link(link, 'reset_password', begin_reset.token_hash, account.id, begin_reset.at, begin_reset.expires_at);
    perform auth.post_letter(mail_id, account.id, coalesce(account.email, begin_reset.email_norm), letter, begin_reset.at);
    if account.id is null then raise exception 'nobody' using errcode = 'GA100'; end if;
  exception when sqlstate 'GA100' then null;
  end;
end $$;

-- Whose a link is, while it stands.
create or replace function auth.look_at_link(token_hash bytea, purpose text, at timestamptz, out email text, out name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, u.name from auth.links l join auth.users u on u.id = l.user_id and u.deactivated_at is null
   where l.token_hash = look_at_link.token_hash and l.purpose = look_at_link.purpose
     and l.used_at is null and l.revoked_at is null and l.expires_at > look_at_link.at
$$;

-- Uses a link up; whose it was. Of many at once one gets it.
create or replace function auth.use_link(token_hash bytea, purpose text, at timestamptz) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update auth.links l set used_at = use_link.at
    from auth.users u
   where l.token_hash = use_link.token_hash and l.purpose = use_link.purpose and u.id = l.user_id and u.deactivated_at is null
     and l.used_at is null and l.revoked_at is null and l.expires_at > use_link.at
  returning l.user_id
$$;

create or replace function auth.verify_email(token_hash bytea, at timestamptz, request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account uuid := auth.use_link(verify_email.token_hash, 'verify_email', verify_email.at);
begin
  if account is null then return false; end if;
  update auth.users u set unverified_since = null where u.id = account;
  perform auth.note_deed(account, verify_email.at, 'email.confirmed', 'Confirmed the e-mail address',
    '{"before": {"E-mail confirmed": false}, "after": {"E-mail confirmed": true}}', verify_email.request_id);
  return true;
end $$;

-- Another letter to confirm the address of this session's account. Null when it is confirmed, else the seconds to wait.
create or replace function auth.ask_again_to_confirm(token_hash bytea, link uuid, link_hash bytea, expires_at timestamptz,
  mail_id uuid, letter jsonb, at timestamptz) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  account auth.users;
  taken record;
begin
  select u.* into account from auth.sessions s join auth.users u on u.id = s.user_id
   where s.token_hash = ask_again_to_confirm.token_hash and s.revoked_at is null and u.unverified_since is not null;
  if not found then return null; end if;
  select * into taken from auth.consume_rate_limit('confirm', uuid_send(account.id), ask_again_to_confirm.at, interval '15 minutes', 3, 10);
  if taken.turn is null then return taken.retry_after_s; end if;
  perform auth.make_link(link, 'verify_email', link_hash, account.id, ask_again_to_confirm.at, ask_again_to_confirm.expires_at);
  perform auth.post_letter(mail_id, account.id, account.email, letter, ask_again_to_confirm.at);
  return 0;
end $$;

-- A new password by a link: every session, remembered browser and PIN of the account ends. False when the link does not stand.
create or replace function auth.reset_password(token_hash bytea, new_hash text, mail_id uuid, letter jsonb, at timestamptz, request_id text) returns boolean
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
  perform auth.post_letter(mail_id, u.id, u.email, letter, reset_password.at) from auth.users u where u.id = account;
  perform auth.note_deed(account, reset_password.at, 'password.reset', 'Set a new password by a link from the mailbox', null, reset_password.request_id);
  return true;
end $$;

-- A new password, as the session of this token: the account's other sessions end and its other browsers are forgotten.
create or replace function auth.change_password(token_hash bytea, new_hash text, device_hash bytea, at timestamptz, event_id uuid, request_id text,
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
  perform auth.post_letter(change_password.mail_id, u.id, u.email, change_password.letter, change_password.at)
     from auth.users u where u.id = own.user_id;
  perform set_config('app.org_id', own.org_id::text, true);
  insert into public.audit_events (id, at, member_id, member_name, action, entity, entity_id, summary, request_id)
  select event_id, change_password.at, m.id, m.name, 'password.changed', 'member', m.id, 'Changed the password', change_password.request_id
    from public.members m where m.id = own.member_id;
end $$;

-- The account's address and its open sessions, newest use first; `here` is the asking one.
create or replace function auth.own_account(token_hash bytea, at timestamptz, idle interval)
returns table (email text, id uuid, here boolean, by_pin boolean, created_at timestamptz, last_seen_at timestamptz, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.email, s.id, s.token_hash = own_account.token_hash, s.tablet_id is not null, s.created_at, s.last_seen_at, s.address, s.user_agent
    from auth.sessions o join auth.users u on u.id = o.user_id join auth.sessions s on s.user_id = o.user_id
   where o.token_hash = own_account.token_hash and o.revoked_at is null
     and s.revoked_at is null and s.expires_at > own_account.at and s.last_seen_at > own_account.at - least(own_account.idle, s.own_idle)
   order by s.token_hash = own_account.token_hash desc, s.last_seen_at desc
   limit 50
$$;

-- Ends one other session of the account; whether there was one.
create or replace function auth.end_session(token_hash bytea, session uuid, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update auth.sessions s set revoked_at = end_session.at
    from auth.sessions o
   where o.token_hash = end_session.token_hash and o.revoked_at is null
     and s.user_id = o.user_id and s.id = end_session.session and s.id <> o.id and s.revoked_at is null;
  return found;
end $$;

-- Who tried to sign in as this session's person, and how it went, newest first.
create or replace function auth.own_sign_ins(token_hash bytea, most int)
returns table (at timestamptz, outcome text, address text, user_agent text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.outcome, a.address, a.user_agent
    from auth.sessions s join auth.users u on u.id = s.user_id
    join auth.sign_in_attempts a on a.email_hash = sha256(convert_to(u.email_norm, 'UTF8'))
   where s.token_hash = own_sign_ins.token_hash and s.revoked_at is null and a.outcome <> 'pending'
   order by a.at desc, a.id desc limit most
$$;

-- Forgets what no longer counts: ended sessions after a week, sign-ins after ninety days, browsers after a year without use.
create or replace function auth.clean_up(at timestamptz, idle interval) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
  total bigint := 0;
begin
  delete from auth.sessions s where least(s.expires_at, s.last_seen_at + least(clean_up.idle, s.own_idle), s.revoked_at) < at - interval '7 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_in_attempts a where a.at < clean_up.at - interval '90 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.sign_up_attempts a where a.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.turns t where t.at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.pending_sign_ins p where p.expires_at < at;
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.second_factors f where f.confirmed_at is null and f.created_at < clean_up.at - interval '1 day';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.links l where l.purpose in ('verify_email', 'reset_password') and l.expires_at < at - interval '30 days';
  get diagnostics gone = row_count; total := total + gone;
  delete from auth.devices d where d.last_seen_at < at - interval '400 days';
  get diagnostics gone = row_count;
  return total + gone;
end $$;

-- Makes a workshop with its first branch and owner, if the address has no account, and gives the account of the address. For
-- a taken address the same rows are written and taken back, so that both take the same time.
create or replace function auth.sign_up(attempt bigint, new_user uuid, email text, email_norm text, person text, new_hash text,
  new_org uuid, org_name text, slug text, settings jsonb,
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
      free_slug := slug || '-' || case when tries <= 50 then tries::text else left(md5(new_org::text || tries), 8) end;
    end loop;
    perform set_config('app.org_id', new_org::text, true);
    insert into public.organization_settings as t (name, asset_word, distance_unit, currency, country, require_odometer)
    select org_name, r.asset_word, r.distance_unit, r.currency, r.country, r.asset_word = 'vehicle'
      from jsonb_populate_record(null::public.organization_settings, settings) r;
    insert into public.branches as b (id, name, code, address, time_zone, created_at)
    values (branch_id, branch_name, branch_code, branch_address, time_zone, at);
    insert into public.members as m (id, user_id, name, email, role, all_branches, created_at)
    values (new_member, new_user, person, email, 'owner', true, at);
    insert into public.tax_rates as t (id, name, basis_points, is_default, position)
    select gen_random_uuid(), r.name, r.points, r.n = 1, r.n::int from unnest(tax_names, tax_points) with ordinality r (name, points, n);
    insert into public.audit_events as e (id, at, member_id, member_name, action, entity, entity_id, summary, detail, request_id)
    values (event_id, at, new_member, person, 'organization.created', 'organization', new_org, 'Opened the workshop ' || org_name,
            jsonb_build_object('before', '{}'::jsonb, 'after', jsonb_build_object('Name', org_name, 'Branch', branch_name, 'Owner', person)),
            request_id);
    perform auth.post_letter(mail_id, new_user, email, letter, at);
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

-- Sixty workshops an hour from one address: nobody founds more, and taken addresses cannot be listed faster.
create or replace function auth.begin_sign_up(address text, at timestamptz, out attempt bigint, out retry_after_s int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7103, hashtext(auth.network(begin_sign_up.address)));
  retry_after_s := auth.wait_seconds(array(
    select a.at from auth.sign_up_attempts a
     where a.network = auth.network(begin_sign_up.address) and a.at > begin_sign_up.at - interval '1 hour'
     order by a.at desc limit 60), begin_sign_up.at, interval '1 hour', 60, 60);
  if retry_after_s > 0 then return; end if;
  insert into auth.sign_up_attempts (address, at) values (begin_sign_up.address, begin_sign_up.at) returning id into attempt;
end $$;

-- Who may call them, and nobody else.
revoke all on function auth.find_account(text, text), auth.end_other_sessions(bytea, timestamptz),
  auth.consume_rate_limit(text, bytea, timestamptz, interval, int, int),
  auth.make_link(uuid, text, bytea, uuid, timestamptz, timestamptz),
  auth.begin_reset(text, bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.look_at_link(bytea, text, timestamptz), auth.use_link(bytea, text, timestamptz),
  auth.verify_email(bytea, timestamptz, text),
  auth.ask_again_to_confirm(bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.reset_password(bytea, text, uuid, jsonb, timestamptz, text),
  auth.change_password(bytea, text, bytea, timestamptz, uuid, text, uuid, jsonb),
  auth.own_account(bytea, timestamptz, interval), auth.end_session(bytea, uuid, timestamptz), auth.own_sign_ins(bytea, int),
  auth.clean_up(timestamptz, interval),
  auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, jsonb, uuid, text, text, text, text, uuid, text[], int[], timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb),
  auth.begin_sign_up(text, timestamptz)
  from public, gantry_app, gantry_tenant, gantry_platform;
grant execute on function auth.find_account(text, text), auth.end_other_sessions(bytea, timestamptz),
  auth.consume_rate_limit(text, bytea, timestamptz, interval, int, int),
  auth.begin_reset(text, bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.look_at_link(bytea, text, timestamptz), auth.verify_email(bytea, timestamptz, text),
  auth.ask_again_to_confirm(bytea, uuid, bytea, timestamptz, uuid, jsonb, timestamptz),
  auth.reset_password(bytea, text, uuid, jsonb, timestamptz, text),
  auth.change_password(bytea, text, bytea, timestamptz, uuid, text, uuid, jsonb), auth.clean_up(timestamptz, interval),
  auth.sign_up(bigint, uuid, text, text, text, text, uuid, text, text, jsonb, uuid, text, text, text, text, uuid, text[], int[], timestamptz, uuid, text, uuid, bytea, timestamptz, uuid, jsonb),
  auth.begin_sign_up(text, timestamptz)
  to gantry_app;
grant execute on function auth.end_other_sessions(bytea, timestamptz), auth.own_account(bytea, timestamptz, interval),
  auth.end_session(bytea, uuid, timestamptz), auth.own_sign_ins(bytea, int)
  to gantry_tenant;
