//! What features add to a seeded workshop: rows that their manifests make of what is there.
use super::workshop::Workshop;
use crate::app::product;
use crate::server::feature::{SeedOrder, SeedRows, SeedShop};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

/// The rows, table by table, in the order in which they refer to each other.
pub(super) fn rows(shop: &mut Workshop) -> SeedRows {
    let owner = shop.rows.members[shop.someone("owner")].id;
    let orders = shop.rows.orders.iter().map(|order| SeedOrder {
        id: order.id,
        phase: order.phase,
        since: order.phase_since,
        member: order.advisor_id,
    });
    let mut seen = SeedShop {
        created_at: shop.org.created_at,
        devices: shop.org.asset_word == "device",
        owner,
        orders: orders.collect(),
        new_id: &mut |at| shop.dice.id(at),
    };
    let product = product(false);
    let seeds = product.features.iter().filter_map(|feature| feature.seed);
    seeds.flat_map(|seed| seed(&mut seen)).collect()
}

/// Writes them. Tables and columns are the features' own words.
pub(super) async fn insert(conn: &mut PgConnection, rows: &SeedRows) -> sqlx::Result<()> {
    for (table, rows) in rows {
        let first = rows.first().and_then(serde_json::Value::as_object);
        let columns: Vec<&str> = first
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        let columns = columns.join(", ");
        if columns.is_empty() {
            continue;
        }
        let statement = format!(
            "insert into {table} ({columns}) select {columns} from jsonb_populate_recordset(null::{table}, $1)"
        );
        sqlx::query(AssertSqlSafe(statement))
            .bind(Json(rows))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
