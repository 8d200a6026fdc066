//! The schema's laws: every table belongs to an organization, by its policies, its keys and its references.
use super::{assert_none, names, seen, with};
use crate::kit::TestApp;

/// Runs one query about the catalogue and lets nobody break it; whoever does is seen.
async fn law(sentence: &str, query: &str, excepted: &[(&str, &str)], breaches: &[(&str, &str)]) {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    assert_none(sentence, names(&mut db, query).await, excepted);
    for (breach, violation) in breaches {
        seen(&mut db, query, breach, violation).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_belongs_to_an_organization() {
    law(
        "a table without a required org_id",
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f')
         and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull and a.atttypid = 'uuid'::regtype)
         and c.relname <> '_sqlx_migrations'",
        &[],
        &[
            ("create table leaflets (id int primary key)", "leaflets"),
            ("create table leaflets (id int primary key, org_id uuid)", "leaflets"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_security_is_on_and_forced_on_every_table() {
    law(
        "a table without forced row security",
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> '_sqlx_migrations'",
        &[],
        &[
            ("alter table notes no force row level security", "notes"),
            ("alter table notes disable row level security", "notes"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_permissive_policy_names_the_organization_and_every_other_only_narrows() {
    law(
        "a table whose only permissive policy is not the tenant's",
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and c.relname <> '_sqlx_migrations'
         and coalesce((select array_agg(format('%s %s %s %s %s', p.polname, p.polcmd, p.polroles, pg_get_expr(p.polqual, p.polrelid),
                          pg_get_expr(p.polwithcheck, p.polrelid))) from pg_policy p where p.polrelid = c.oid and p.polpermissive), '{}')
             <> array['tenant * {0} (org_id = ( SELECT app.current_org() AS current_org)) ']",
        &[],
        &[
            ("create policy also on notes using (true)", "notes"),
            ("drop policy tenant on notes", "notes"),
            ("drop policy tenant on notes; create policy tenant on notes using (true)", "notes"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_branches_shows_a_member_their_own_only() {
    law(
        "a table with branch_id and without the branch's policy",
        "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'branch_id'
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'branch' and not p.polpermissive and p.polcmd = '*'
           and p.polwithcheck is null and pg_get_expr(p.polqual, p.polrelid) =
             '(( SELECT app.all_branches() AS all_branches) OR (branch_id = ANY (( SELECT app.branch_ids() AS branch_ids)::uuid[])))')",
        &[("member_branches", "says which branches are somebody's, so it is read before they are known")],
        &[
            ("drop policy branch on payments", "payments"),
            ("create table leaflets (branch_id uuid)", "leaflets"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_unique_key_starts_with_the_organization() {
    law(
        "a unique index that tells one organization about another",
        "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
         where c.relnamespace = 'public'::regnamespace and i.indisunique and c.relname <> '_sqlx_migrations'
         and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'org_id')",
        &[],
        &[
            ("create unique index plates on assets (plate)", "plates"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_has_a_primary_key() {
    law(
        "a table without a primary key",
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)",
        &[],
        &[
            ("create table leaflets (org_id uuid not null)", "leaflets"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn references_between_tenants_tables_carry_the_organization() {
    law(
        "a foreign key between tenant tables that another organization's row would satisfy",
        "select k.conname || ' on ' || k.conrelid::regclass from pg_constraint k
         join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
         where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and p.relnamespace = 'public'::regnamespace
         and (cardinality(k.conkey) < 2
           or not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1] and a.attname = 'org_id')
           or not exists (select from pg_attribute a where a.attrelid = p.oid and a.attnum = k.confkey[1] and a.attname = 'org_id'))",
        &[],
        &[
            ("alter table work_orders add unique (id); alter table notes add constraint loose foreign key (work_order_id) references work_orders (id)", "loose on notes"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_never_cascades() {
    law(
        "a foreign key that deletes or changes rows behind row security",
        "select k.conname || ' on ' || k.conrelid::regclass from pg_constraint k
         where k.contype = 'f' and (k.confdeltype in ('c', 'n', 'd') or k.confupdtype in ('c', 'n', 'd'))
         and k.connamespace in ('public'::regnamespace, 'auth'::regnamespace, 'search'::regnamespace)",
        &[],
        &[
            ("alter table notes add constraint sweeping foreign key (org_id, work_order_id) references work_orders (org_id, id) on delete cascade", "sweeping on notes"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenants_table_refers_outside_only_to_its_organization_and_the_phases() {
    law(
        "a foreign key to a table without an organization",
        "select k.conname || ' on ' || k.conrelid::regclass from pg_constraint k
         where k.contype = 'f' and k.connamespace = 'public'::regnamespace
         and k.confrelid not in (select oid from pg_class where relnamespace = 'public'::regnamespace)
         and pg_get_constraintdef(k.oid) not in ('FOREIGN KEY (org_id) REFERENCES auth.organizations(id)')
         and k.confrelid <> 'app.phases'::regclass",
        &[],
        &[(
            "alter table notes add constraint outside foreign key (member_id) references auth.users (id)",
            "outside on notes",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_view_looks_with_more_rights_than_its_reader() {
    law(
        "a materialized view, or a view with its owner's rights",
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema') and (c.relkind = 'm'
           or c.relkind = 'v' and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false))",
        &[],
        &[
            ("create view everything as select * from customers", "everything"),
            ("create materialized view everything as select 1", "everything"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_only_grows_is_guarded_by_triggers_that_always_fire() {
    law(
        "a table that may only be added to, without its guards",
        "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and has_table_privilege('gantry_tenant', c.oid, 'insert')
         and not has_any_column_privilege('gantry_tenant', c.oid, 'update') and not has_table_privilege('gantry_tenant', c.oid, 'delete')
         -- 27: before, each row, update or delete; 34: before, each statement, truncate
         and not (exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A' and t.tgtype = 27 and t.tgqual is null
                            and t.tgfoid = 'app.refuse_change'::regproc)
              and exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'A' and t.tgtype = 34
                            and t.tgfoid = 'app.refuse_change'::regproc))",
        &[],
        &[
            ("drop trigger notes_append_only on notes", "notes"),
            ("alter table notes enable trigger notes_no_truncate", "notes"),
            ("create table leaflets (org_id uuid); grant insert on leaflets to gantry_tenant", "leaflets"),
        ],
    )
    .await;
}

/// The histories, by name: this list is the promise, the grants keep it.
const HISTORIES: &[&str] = &[
    "announcement_receipts",
    "audit_events",
    "authorizations",
    "export_events",
    "hand_overs",
    "idempotency_keys",
    "notes",
    "odometer_readings",
    "payment_allocations",
    "payments",
    "work_order_moves",
];

const ONLY_GROW: &str = "select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and has_table_privilege('gantry_tenant', c.oid, 'insert')
         and not has_any_column_privilege('gantry_tenant', c.oid, 'update') and not has_table_privilege('gantry_tenant', c.oid, 'delete')
         order by 1";

#[tokio::test(flavor = "multi_thread")]
async fn histories_can_only_be_added_to() {
    let app = TestApp::new().await;
    let mut db = app.db_admin().await;
    let only_grow = names(&mut db, ONLY_GROW).await;
    assert_eq!(only_grow, HISTORIES);
    let statement = "grant update on notes to gantry_tenant";
    assert!(
        !with(&mut db, ONLY_GROW, statement)
            .await
            .contains(&"notes".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_a_row_refers_to_it() {
    law(
        "a column that names a row of somewhere, without a foreign key",
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'uuid'::regtype
         and a.attname like '%\\_id' and a.attname <> 'org_id'
         and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)) order by 1",
        &[
            ("audit_events.customer_id", "the trail stands for itself"),
            ("audit_events.entity_id", "the trail is of every table"),
            ("audit_events.member_id", "the trail stands for itself"),
            ("audit_events.work_order_id", "the trail stands for itself"),
            ("export_events.entity_id", "the log outlives a draft that was printed"),
            ("invites.link_id", "links are known to functions of schema auth only"),
            ("join_requests.user_id", "people are known to functions of schema auth only"),
            ("idempotency_keys.member_id", "forgotten after a day"),
            ("members.user_id", "people are known to functions of schema auth only"),
        ],
        &[("alter table notes add column customer_id uuid", "notes.customer_id")],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn posted_documents_are_guarded_by_triggers_that_always_fire() {
    law(
        "a trigger that guards documents or work orders and can be switched off by a session",
        "select t.tgname || ' on ' || t.tgrelid::regclass from pg_trigger t
         where not t.tgisinternal and t.tgenabled <> 'A' and t.tgrelid in ('invoices'::regclass, 'invoice_lines'::regclass,
           'invoice_work_orders'::regclass, 'work_orders'::regclass) and t.tgname ~ '(guard|truncate)'",
        &[],
        &[
            ("alter table invoices enable trigger invoices_guard", "invoices_guard on invoices"),
            ("alter table invoice_lines disable trigger invoice_lines_no_truncate", "invoice_lines_no_truncate on invoice_lines"),
        ],
    )
    .await;
}
