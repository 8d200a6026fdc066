//! What the database's roles may do, and what functions may do for them.
use super::{assert_none, names, seen};
use crate::kit::TestApp;

async fn law(sentence: &str, query: &str, breaches: &[(&str, &str)]) {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    assert_none(sentence, names(&mut db, query).await, &[]);
    for (breach, violation) in breaches {
        seen(&mut db, query, breach, violation).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_roles_are_not_powerful() {
    law(
        "a role with more than it needs",
        "select rolname::text from pg_roles where rolname in ('gantry_app', 'gantry_tenant', 'gantry_platform')
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
         union all select 'gantry_app inherits' from pg_roles where rolname = 'gantry_app' and rolinherit
         union all select rolname || ' logs in' from pg_roles where rolname in ('gantry_tenant', 'gantry_platform') and rolcanlogin
         union all select 'gantry_owner is too powerful' from pg_roles where rolname = 'gantry_owner' and (rolsuper or rolbypassrls)
         union all select format('%s is a member of %s', m.member::regrole, m.roleid::regrole) from pg_auth_members m
           where m.member in ('gantry_app'::regrole, 'gantry_tenant'::regrole, 'gantry_platform'::regrole)
             and not (m.member = 'gantry_app'::regrole and m.roleid in ('gantry_tenant'::regrole, 'gantry_platform'::regrole, 'gantry_jobs'::regrole) and not m.admin_option)
         -- The queue's role has nothing but the queue.
         union all select 'gantry_jobs is too powerful' from pg_roles where rolname = 'gantry_jobs'
           and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin)
         union all select format('gantry_jobs owns %s', c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relowner = 'gantry_jobs'::regrole and n.nspname not in ('graphile_worker', 'pg_toast')
         union all select format('gantry_jobs reaches %s', n.nspname) from pg_namespace n
           where n.nspname in ('public', 'app', 'auth', 'search') and has_schema_privilege('gantry_jobs', n.oid, 'usage')
         union all select format('%s reaches the queue', r.rolname) from pg_roles r
           where r.rolname in ('gantry_tenant', 'gantry_platform') and has_schema_privilege(r.oid, 'graphile_worker', 'usage')",
        &[
            ("alter role gantry_app createdb", "gantry_app"),
            ("alter role gantry_tenant bypassrls", "gantry_tenant"),
            ("alter role gantry_platform createrole", "gantry_platform"),
            ("alter role gantry_app inherit", "gantry_app inherits"),
            ("alter role gantry_tenant login", "gantry_tenant logs in"),
            ("alter role gantry_owner superuser", "gantry_owner is too powerful"),
            ("grant gantry_owner to gantry_app", "gantry_app is a member of gantry_owner"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_roles_own_nothing() {
    law(
        "something that belongs to a role of the server",
        "select pg_describe_object(d.classid, d.objid, d.objsubid) from pg_shdepend d
         where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and d.refobjid in ('gantry_app'::regrole, 'gantry_tenant'::regrole, 'gantry_platform'::regrole)
           and d.dbid = (select oid from pg_database where datname = current_database())",
        &[
            ("alter table notes owner to gantry_tenant", "table notes"),
            ("create schema attic authorization gantry_app", "schema attic"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_a_tenant_transaction_no_table_is_reachable() {
    law(
        "a table or sequence that gantry_app reaches by itself",
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema') and (
           c.relkind in ('r', 'p', 'v', 'm', 'f') and (has_any_column_privilege('gantry_app', c.oid, 'select, insert, update, references')
             or has_table_privilege('gantry_app', c.oid, 'delete, truncate, trigger'))
           or c.relkind = 'S' and has_sequence_privilege('gantry_app', c.oid, 'usage, select, update'))
         union all select nspname::text from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'
           and (has_schema_privilege('gantry_app', oid, 'create') or nspname <> 'auth' and has_schema_privilege('gantry_app', oid, 'usage'))",
        &[
            ("grant select (name) on customers to gantry_app", "customers"),
            ("grant usage on schema search to gantry_app", "search"),
            ("grant create on schema auth to gantry_app", "auth"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_transaction_reaches_tenants_rows_and_nothing_else() {
    law(
        "a right of gantry_tenant that no page needs",
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p', 'v', 'm', 'f') and (
           has_table_privilege('gantry_tenant', c.oid, 'truncate, trigger') or has_any_column_privilege('gantry_tenant', c.oid, 'references')
           or n.nspname not in ('public', 'app') and has_any_column_privilege('gantry_tenant', c.oid, 'select, insert, update')
           or n.nspname = 'app' and (has_any_column_privilege('gantry_tenant', c.oid, 'insert, update') or has_table_privilege('gantry_tenant', c.oid, 'delete')))
         union all select nspname::text from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'
           and has_schema_privilege('gantry_tenant', oid, 'create')",
        &[
            ("grant truncate on notes to gantry_tenant", "notes"),
            ("grant select on auth.users to gantry_tenant", "auth.users"),
            ("grant insert on app.phases to gantry_tenant", "app.phases"),
            ("grant create on schema public to gantry_tenant", "public"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_granted_to_everybody() {
    law(
        "a right of everybody's",
        "select format('%s on %s', a.privilege_type, c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace,
           aclexplode(c.relacl) a where n.nspname not in ('pg_catalog', 'information_schema') and a.grantee = 0
         union all select format('%s on schema %s', a.privilege_type, n.nspname) from pg_namespace n, aclexplode(n.nspacl) a
           where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and a.grantee = 0
         union all select format('%s on database', a.privilege_type) from pg_database d, aclexplode(d.datacl) a
           where d.datname = current_database() and a.grantee = 0
         union all select format('by default: %s', d.defaclacl) from pg_default_acl d",
        &[
            ("grant select on customers to public", "SELECT on customers"),
            ("grant usage on schema app to public", "USAGE on schema app"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_with_their_owners_rights_are_few_fixed_and_not_everybodys() {
    law(
        "a security definer function outside auth and search, without a fixed search path, or callable by everybody",
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and (
           n.nspname not in ('auth', 'search') and not (n.nspname = 'app' and p.prorettype = 'trigger'::regtype)
           or not coalesce((select bool_or(c ~ '^search_path=.*pg_temp$') from unnest(p.proconfig) c), false)
           or pg_get_userbyid(p.proowner) <> 'gantry_owner'
           or p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))",
        &[
            ("create function app.peek() returns int language sql security definer set search_path = pg_catalog, pg_temp as 'select 1'", "app.peek()"),
            ("create function auth.peek() returns int language sql security definer as 'select 1'; alter function auth.peek() owner to gantry_owner; revoke all on function auth.peek() from public", "auth.peek()"),
            ("grant execute on function auth.applied_migrations() to public", "auth.applied_migrations()"),
            ("grant execute on function app.follow_member() to public", "app.follow_member()"),
            ("alter function auth.applied_migrations() owner to postgres", "auth.applied_migrations()"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identities_are_reached_through_functions_that_the_tenants_role_may_not_call() {
    let app = TestApp::new().await;
    let query = "select p.proname::text from pg_proc p where p.pronamespace = 'auth'::regnamespace
         and has_function_privilege('gantry_tenant', p.oid, 'execute') order by 1";
    let mut db = app.db_admin().await;
    let own_workshop = "answers for the transaction's own organization, whatever is asked";
    let own_session = "answers for the session whose secret is given, within the page's own transaction";
    assert_none(
        "a function in schema auth that gantry_tenant may call",
        names(&mut db, query).await,
        &[
            ("move_workshop", own_workshop),
            ("add_invite_link", own_workshop),
            ("affiliate", own_workshop),
            ("come_back", own_workshop),
            ("drop_join_code", own_workshop),
            ("drop_pin", own_session),
            ("end_other_sessions", own_session),
            ("end_session", own_session),
            ("enrol_tablet", own_workshop),
            ("join_code", own_workshop),
            ("leave", own_workshop),
            ("leaving", own_workshop),
            ("list_mails", own_workshop),
            ("list_sign_ins", own_workshop),
            ("list_tablets", own_workshop),
            ("members_seen", own_workshop),
            ("own_account", own_session),
            ("own_factor", own_session),
            ("own_pin", own_session),
            ("own_sign_ins", own_session),
            ("queue_job", own_workshop),
            ("queue_mail", own_workshop),
            ("retire_tablet", own_workshop),
            ("revoke_invite_link", own_workshop),
            ("set_join_code", own_workshop),
            ("set_pin", own_session),
        ],
    );
    let breach = "grant execute on function auth.touch_session(bytea, timestamptz) to gantry_tenant";
    seen(&mut db, query, breach, "touch_session").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_of_the_server_may_hold_a_connection_for_long() {
    law(
        "a setting of gantry_app that is missing",
        "select wanted from unnest(array['plan_cache_mode=force_generic_plan', 'random_page_cost=1.1', 'statement_timeout=15s', 'lock_timeout=5s',
           'idle_in_transaction_session_timeout=10s']) wanted
         where not exists (select from pg_db_role_setting s where s.setrole = 'gantry_app'::regrole and s.setdatabase = 0 and wanted = any (s.setconfig))",
        &[
            ("alter role gantry_app reset statement_timeout", "statement_timeout=15s"),
            ("alter role gantry_app set lock_timeout = 0", "lock_timeout=5s"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_consoles_role_reaches_no_table_and_a_few_functions() {
    law(
        "a table, sequence or schema that gantry_platform reaches",
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema') and (
           c.relkind in ('r', 'p', 'v', 'm', 'f') and (has_any_column_privilege('gantry_platform', c.oid, 'select, insert, update, references')
             or has_table_privilege('gantry_platform', c.oid, 'delete, truncate, trigger'))
           or c.relkind = 'S' and has_sequence_privilege('gantry_platform', c.oid, 'usage, select, update'))
         union all select nspname::text from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'
           and (has_schema_privilege('gantry_platform', oid, 'create') or nspname <> 'auth' and has_schema_privilege('gantry_platform', oid, 'usage'))",
        &[
            ("grant select (name) on customers to gantry_platform", "customers"),
            ("grant usage on schema public to gantry_platform", "public"),
        ],
    )
    .await;
    let app = TestApp::new().await;
    let query = "select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                  where n.nspname in ('auth', 'app', 'search') and has_function_privilege('gantry_platform', p.oid, 'execute')
                    and p.prosecdef and p.prorettype <> 'trigger'::regtype order by 1";
    let ours = "says how workshops stand, or tells what was done";
    let found = names(&mut app.db_admin().await, query).await;
    let allowed = [
        "grants",
        "history",
        "job_lag",
        "letters",
        "look",
        "note",
        "organization",
        "organizations",
        "resume",
        "set_plan",
        "storage",
        "suspend",
    ];
    let allowed: Vec<String> = allowed.iter().map(|name| format!("platform_{name}")).collect();
    let excepted: Vec<(&str, &str)> = allowed.iter().map(|name| (name.as_str(), ours)).collect();
    assert_none("a function that gantry_platform may call", found, &excepted);
}
