-- A workshop can be moved to another database: the role that moves it, whom guards let in, and whose rows each table of `auth` has.

-- Neither the server nor a tenant's transaction is a member of it. What it may read and write comes with the command that moves.
do $$
begin
  if not exists (select from pg_roles where rolname = 'gantry_mover') then
    create role gantry_mover nologin nosuperuser nobypassrls;
  end if;
exception when unique_violation or duplicate_object then null; -- two databases migrating at once
end $$;
grant usage on schema app to gantry_mover; -- guards ask there whether it is the mover

-- Of a workshop: its rows have its org_id and move along.
comment on table auth.organizations is 'workshop: who it is, and how it stands with us';
comment on table auth.former_slugs is 'workshop: addresses that it had';
comment on table auth.affiliations is 'workshop: who belongs to it; the one bridge to people';
comment on table auth.join_codes is 'workshop: what finds it by its code';
comment on table auth.tablets is 'workshop: browsers that a branch shares';
comment on table auth.pins is 'workshop: who opens a shared tablet';
comment on table auth.sessions is 'workshop: who is signed in';
comment on table auth.support_sessions is 'workshop: who of us looks into it';
comment on table auth.audit_heads is 'workshop: where the chain of its trail ends';
comment on table auth.audit_chain is 'workshop: the chain of its trail';
comment on table auth.mails is 'workshop: letters, and what became of them; those of nobody''s stay';

-- Of a person: copied along, because they may work elsewhere, too.
comment on table auth.users is 'person: who it is';
comment on table auth.devices is 'person: browsers that they signed in with';
comment on table auth.second_factors is 'person: what makes their codes';
comment on table auth.recovery_codes is 'person: codes for when that is lost';
comment on table auth.links is 'workshop and person: what a link in a letter opens';
comment on table auth.sign_ins is 'workshop and person: who signed in, and who tried';

-- Of the machine: counted, measured or kept where it is.
comment on table auth.key_check is 'machine: which key its servers share';
comment on table auth.sign_in_attempts is 'machine: guesses';
comment on table auth.sign_up_attempts is 'machine: workshops founded from an address';
comment on table auth.join_attempts is 'machine: codes that were none';
comment on table auth.turns is 'machine: what may be tried only so often';
comment on table auth.pending_sign_ins is 'machine: sign-ins that wait for a code for some minutes';
comment on table auth.storage is 'machine: how much each workshop takes, measured now and then';
comment on table auth.platform_admins is 'machine: who of us may use its console';
comment on table auth.platform_sessions is 'machine: who of us is signed in';
comment on table auth.platform_events is 'machine: what one of us did';
