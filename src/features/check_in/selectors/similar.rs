//! Who may be meant by a mark that nobody has.
use super::super::model::Similar;
use crate::kernel::text::{first_of, joined};
use crate::server::prelude::*;

/// So many are offered.
const MOST: i32 = 5;

/// Vehicles and devices with nearly one of these marks, the nearest first.
pub async fn similar(tx: &mut TenantTx, marks: &[String]) -> AppResult<Vec<Similar>> {
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select a.id as "id: AssetId", a.plate, a.serial, a.vin, a.make, a.model, c.name
             from unnest($1::text[]) with ordinality as m(mark, field)
                  cross join lateral search.near(m.mark, $2, '{asset}') with ordinality as n(kind, entity_id, near, place)
                  join assets a on a.id = n.entity_id and a.archived_at is null
                  join customers c on (c.org_id, c.id) = (a.org_id, a.customer_id)
            order by m.field, n.place"#,
        marks,
        MOST
    )
    .fetch_all(tx.conn())
    .await?;
    let mut similar: Vec<Similar> = Vec::new();
    for row in rows {
        let id = row.id.to_string();
        if similar.iter().any(|known| known.id == id) {
            continue;
        }
        let model = joined(" ", [&row.make, &row.model]);
        similar.push(Similar {
            id,
            mark: first_of(&[&row.plate, &row.serial, &row.vin]).to_owned(),
            plated: !row.plate.is_empty(),
            name: joined(", ", [&model, &row.name]),
        });
    }
    Ok(similar)
}
