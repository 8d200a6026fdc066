//! Rule 9 of the schema (`docs/schema.md`): functions and constraints that another database can take over as they are.
use super::{assert_none, names, seen};
use crate::kit::TestApp;

/// Definer functions in SQL that are older than the rule. Whoever writes one anew writes it in PL/pgSQL and takes its name out.
const OLDER: &[&str] = &[
    "auth.add_invite_link(uuid,bytea,timestamp with time zone,timestamp with time zone)",
    "auth.affiliate(uuid)",
    "auth.begin_factor(bytea,bytea,timestamp with time zone)",
    "auth.choose_branch(bytea,uuid)",
    "auth.drop_pin(bytea)",
    "auth.end_support_look(bytea,timestamp with time zone)",
    "auth.enrol_tablet(uuid,bytea,uuid,text,timestamp with time zone)",
    "auth.find_workshop(text)",
    "auth.join_code()",
    "auth.leaving(timestamp with time zone)",
    "auth.list_mails(timestamp with time zone,integer)",
    "auth.list_sign_ins(timestamp with time zone,uuid,uuid,text,integer)",
    "auth.list_tablets()",
    "auth.look_at_link(bytea,text,timestamp with time zone)",
    "auth.make_link(uuid,text,bytea,uuid,timestamp with time zone,timestamp with time zone)",
    "auth.members_seen()",
    "auth.note_failed_sign_in(text,bytea,text,text,timestamp with time zone,text)",
    "auth.open_session(bytea,uuid,uuid,uuid,timestamp with time zone,timestamp with time zone,text,text)",
    "auth.own_account(bytea,timestamp with time zone,interval)",
    "auth.own_factor(bytea)",
    "auth.own_pin(bytea)",
    "auth.own_sign_ins(bytea,integer)",
    "auth.platform_admin()",
    "auth.platform_history(uuid,timestamp with time zone,uuid,integer)",
    "auth.platform_storage(uuid[])",
    "auth.queue_mail(uuid,text,text,jsonb,timestamp with time zone)",
    "auth.revoke_invite_link(uuid,timestamp with time zone)",
    "auth.set_join_code(uuid,bytea,timestamp with time zone)",
    "auth.set_pin(bytea,text,timestamp with time zone)",
    "auth.standing_of(uuid,timestamp with time zone)",
    "auth.touch_session(bytea,timestamp with time zone)",
    "auth.use_link(bytea,text,timestamp with time zone)",
    "auth.works_in(uuid,uuid,uuid)",
];

async fn law(sentence: &str, query: &str, excepted: &[(&str, &str)], breaches: &[(&str, &str)]) {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    assert_none(sentence, names(&mut db, query).await, excepted);
    for (breach, violation) in breaches {
        seen(&mut db, query, breach, violation).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn definer_functions_are_in_plpgsql() {
    let older: Vec<(&str, &str)> = OLDER.iter().map(|name| (*name, "older than the rule")).collect();
    law(
        "a security definer function in SQL: it is planned anew at each call, and runs as its owner where its statement runs; write it in PL/pgSQL",
        "select p.oid::regprocedure::text from pg_proc p join pg_language l on l.oid = p.prolang
          where p.prosecdef and l.lanname <> 'plpgsql' and p.pronamespace in (
            select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')",
        &older,
        &[
            (
                "create function auth.peek() returns int language sql stable security definer set search_path = pg_catalog, pg_temp as 'select 1'",
                "auth.peek()",
            ),
            (
                "create function app.peek(a int) returns int language sql as 'select a'; alter function app.peek(int) security definer",
                "app.peek(integer)",
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_take_columns_and_no_row_of_a_table() {
    law(
        "a function that takes or gives a table's row: take the columns, or jsonb",
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where n.nspname in ('public', 'app', 'auth', 'search') and exists (
            select from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) used
              join pg_type t on used in (t.oid, t.typarray) join pg_class c on c.oid = t.typrelid where c.relkind in ('r', 'p', 'v'))",
        &[
            ("search.put_work_order(work_orders)", "older than the rule"),
            ("auth.audit_form(audit_events,bigint)", "older than the rule"),
        ],
        &[
            (
                "create function app.peek(n notes) returns int language plpgsql as 'begin return 1; end'",
                "app.peek(notes)",
            ),
            (
                "create function app.peek() returns setof notes language plpgsql as 'begin return; end'",
                "app.peek()",
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn triggers_of_tenants_tables_ask_auth_for_the_standing_alone() {
    law(
        "a trigger of a tenants' table that looks into auth beyond how the organization stands: let the service do it",
        "select distinct p.oid::regprocedure::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
          cross join lateral regexp_matches(p.prosrc, '\\mauth\\.(\\w+)', 'g') asked
          where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and asked[1] not in ('standing', 'standing_of')",
        &[
            ("app.follow_member()", "brings a membership's end to auth; older than the rule"),
            ("app.follow_name()", "brings a workshop's name to auth; older than the rule"),
            ("auth.chain_audit()", "the chain of a workshop's audit log stands in auth and moves with it"),
        ],
        &[(
            "create function app.peek() returns trigger language plpgsql as 'begin perform from auth.users; return null; end';
             create trigger peek after insert on notes for each row execute function app.peek()",
            "app.peek()",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_over_several_columns_have_a_name() {
    let older = |name| (name, "older than the rule");
    law(
        "a check over several columns whose name says nothing: write `constraint invoices_total_is_the_sum check (…)`",
        "select k.conname || ' on ' || k.conrelid::regclass from pg_constraint k join pg_class c on c.oid = k.conrelid
          join pg_namespace n on n.oid = c.relnamespace
          where n.nspname in ('public', 'app', 'auth', 'search') and k.conname ~ ('^' || c.relname || '_check\\d*$')",
        &[
            older("assets_check on assets"),
            older("branch_hours_check on branch_hours"),
            older("invoice_balances_check on invoice_balances"),
            older("invoice_balances_check1 on invoice_balances"),
            older("invoices_check on invoices"),
            older("invoices_check1 on invoices"),
            older("invoices_check2 on invoices"),
            older("invoices_check3 on invoices"),
            older("join_requests_check on join_requests"),
            older("payments_check on payments"),
            older("sign_ins_check on auth.sign_ins"),
            older("support_grants_check on support_grants"),
        ],
        &[(
            "alter table notes add check (body <> '' or org_id is not null)",
            "notes_check on notes",
        )],
    )
    .await;
}
