//! Who the server is for the database: the role that it signs in as, the one that it becomes, and the owner of the functions.
use super::Finding;
use crate::server::config::Config;
use sqlx::PgConnection;

/// Nothing that row security does not bind, and nothing at all outside a tenant's transaction.
pub(super) async fn powers(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select r.rolname::text as "name!", r.rolname = current_user as "signs_in!", r.rolcanlogin as "may_sign_in!", r.rolsuper as "superuser!"
                , r.rolbypassrls as "bypasses!", r.rolcreaterole as "makes_roles!"
                , exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                           where n.nspname in ('public', 'auth', 'search', 'app') and c.relkind in ('r', 'p')
                             and pg_has_role(r.oid, c.relowner, 'member')
                             -- What a transaction becomes is found under its own name.
                             and (r.rolname = 'gantry_tenant' or c.relowner is distinct from to_regrole('gantry_tenant'))) as "owns!"
                , exists (select from pg_class c
                           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
                             and (has_any_column_privilege(r.oid, c.oid, 'select, insert, update') or has_table_privilege(r.oid, c.oid, 'delete, truncate'))) as "reaches!"
                , pg_has_role(r.oid, to_regrole('gantry_tenant'), 'member') as enters
             from pg_roles r where r.rolname in (current_user, 'gantry_tenant') order by r.rolname"#
    )
    .fetch_all(conn)
    .await?;
    let mut findings = Vec::new();
    for row in rows {
        let bound = !row.superuser;
        let faults = [
            (row.superuser, "is a superuser"),
            (row.bypasses && bound, "has BYPASSRLS"),
            (row.makes_roles && bound, "may create roles"),
            (
                row.owns && bound,
                "owns tables, or is a member of the role that does",
            ),
            (
                row.signs_in && row.reaches && !row.owns && bound,
                "reaches workshops' tables by itself: it inherits rights, or was granted some",
            ),
            (
                !row.signs_in && row.may_sign_in,
                "may sign in, although it is only what a transaction becomes",
            ),
        ];
        for (_, what) in faults.into_iter().filter(|(broken, _)| *broken) {
            let instead = if row.signs_in {
                "Use gantry_app in DATABASE_URL, noinherit and without rights of its own, and the owner only in DATABASE_OWNER_URL."
            } else {
                "Make it as the migrations do: nologin nosuperuser nobypassrls, and owner of nothing."
            };
            findings.push(Finding::error(format!(
                "The role {} {what}: nothing would keep workshops apart. {instead}",
                row.name
            )));
        }
        if row.signs_in && row.enters == Some(false) {
            findings.push(Finding::error(format!(
                "The role {0} cannot become gantry_tenant: no page could read anything. `grant gantry_tenant to {0}`",
                row.name
            )));
        }
    }
    Ok(findings)
}

/// What the migrations set for the role, and what a dump that is restored elsewhere leaves behind.
pub(super) async fn limits(conn: &mut PgConnection, config: &Config) -> sqlx::Result<Vec<Finding>> {
    let row = sqlx::query!(
        r#"select current_user::text as "name!", current_setting('statement_timeout') as "statement!", current_setting('lock_timeout') as "lock!"
                , current_setting('idle_in_transaction_session_timeout') as "idle!", current_setting('plan_cache_mode') as "plans!"
                , current_setting('random_page_cost')::float8 as "page_cost!""#
    )
    .fetch_one(conn)
    .await?;
    let name = row.name;
    let mut findings = Vec::new();
    for (setting, value, usual) in [
        ("statement_timeout", row.statement, "15s"),
        ("lock_timeout", row.lock, "5s"),
        ("idle_in_transaction_session_timeout", row.idle, "10s"),
    ] {
        if value == "0" {
            findings.push(Finding::grave_in_production(
                config,
                format!("The role {name} has no {setting}: one stuck request could hold up everybody. `alter role {name} set {setting} = '{usual}'`"),
            ));
        }
    }
    if row.plans != "force_generic_plan" {
        findings.push(Finding::warning(format!(
            "The role {name} plans every statement anew, which takes lists half their speed. `alter role {name} set plan_cache_mode = 'force_generic_plan'`"
        )));
    }
    if row.page_cost > 2.0 {
        findings.push(Finding::warning(format!(
            "The role {name} plans for spinning disks and reads whole tables for a page. `alter role {name} set random_page_cost = 1.1`"
        )));
    }
    Ok(findings)
}

/// Functions that run with their owner's rights: an owner whom row security does not bind would open every workshop.
pub(super) async fn owners(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let rows = sqlx::query!(
        r#"select r.rolname::text as "owner!", min(p.oid::regprocedure::text) as "function!", count(*) as "functions!"
             from pg_proc p join pg_roles r on r.oid = p.proowner
            where p.prosecdef and (r.rolsuper or r.rolbypassrls)
              and p.pronamespace in (select oid from pg_namespace where nspname in ('public', 'app', 'auth', 'search'))
            group by r.rolname"#
    )
    .fetch_all(conn)
    .await?;
    let sentence = |owner: String, function: String, functions: i64| {
        Finding::error(format!(
            "{functions} functions, such as {function}, run with the rights of {owner}, whom row-level security does not bind. Migrate as an owner that is \
             no superuser, and `alter function {function} owner to` it."
        ))
    };
    Ok(rows
        .into_iter()
        .map(|row| sentence(row.owner, row.function, row.functions))
        .collect())
}

/// What PUBLIC may do. A grant on one of our functions is left over from a manual repair; the rest PostgreSQL grants by itself, and only a
/// superuser takes it away.
pub(super) async fn everybody(conn: &mut PgConnection) -> sqlx::Result<Vec<Finding>> {
    let row = sqlx::query!(
        r#"select (select min(p.oid::regprocedure::text) from pg_proc p
                    where p.prosecdef and p.pronamespace in (select oid from pg_namespace where nspname in ('public', 'app', 'auth', 'search'))
                      and has_function_privilege('public', p.oid, 'execute')) as function
                , has_function_privilege('public', 'pg_catalog.lo_create(oid)', 'execute')
                    or has_function_privilege('public', 'pg_catalog.lo_creat(int)', 'execute')
                    or has_function_privilege('public', 'pg_catalog.lo_from_bytea(oid, bytea)', 'execute') as "large_objects!"
                , (select string_agg(d.datname::text, ', ' order by d.datname) from pg_database d
                    where d.datname in ('postgres', 'template1') and has_database_privilege('public', d.oid, 'connect')) as databases"#
    )
    .fetch_one(conn)
    .await?;
    let mut findings = Vec::new();
    if let Some(function) = row.function {
        findings.push(Finding::error(format!(
            "Everybody may call {function}, which runs with its owner's rights. `revoke all on function {function} from public`"
        )));
    }
    if row.large_objects {
        findings.push(Finding::warning(
            "Everybody may make large objects, which have no row security. As a superuser, in this database: `revoke execute on function \
             lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea), lo_open(oid, int) from public`",
        ));
    }
    if let Some(databases) = row.databases {
        findings.push(Finding::warning(format!(
            "Everybody may connect to {databases}, where Gantry has nothing to do. As a superuser: `revoke connect on database {databases} from public`"
        )));
    }
    Ok(findings)
}
