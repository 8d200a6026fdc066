//! What workshops have written survives the next version.
use super::rows::fill;
use crate::kit::cluster::Database;
use gantry::server::db::MIGRATOR;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

/// The schema of the first version that workshops may run.
const FIRST: i64 = 152;

/// A workshop with a row in every table there is now.
async fn work(admin: &mut PgConnection) {
    let (org, branch) = (Uuid::new_v4(), Uuid::new_v4());
    for statement in [
        format!(
            "insert into auth.organizations (id, name, slug, created_at) values ('{org}', 'Nord', 'w{}', now())",
            org.simple().to_string().split_at(12).0
        ),
        format!("select set_config('app.org_id', '{org}', false), set_config('app.branches', 'all', false)"),
        "insert into organization_settings (name) values ('Nord')".to_owned(),
        format!(
            "insert into branches (id, name, code, created_at) values ('{branch}', 'Main', 'MAIN', now())"
        ),
    ] {
        admin
            .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect("a workshop");
    }
    fill(admin, org, branch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_goes_through_with_a_row_in_every_table() {
    let database = Database::empty().await;
    let mut owner = PgConnection::connect(&database.owner_url)
        .await
        .expect("the owner");
    let mut admin = PgConnection::connect(&database.admin_url)
        .await
        .expect("the superuser");
    for migration in MIGRATOR.iter() {
        if migration.version > FIRST {
            work(&mut admin).await;
        }
        let mut tx = owner.begin().await.expect("a transaction");
        let ran = tx.execute(sqlx::raw_sql(migration.sql.clone())).await;
        if let Err(error) = ran {
            panic!("migration {} with rows there: {error}", migration.version);
        }
        tx.commit().await.expect("the migration");
    }
    work(&mut admin).await;
}
