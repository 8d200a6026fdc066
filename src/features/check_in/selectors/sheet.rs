//! One check-in as the customer reads it.
use crate::domain::order::number_text;
use crate::kernel::text::joined;
use crate::server::messages::Words;
use crate::server::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// A name and its value; empty ones are not shown.
pub type Facts = Vec<(String, String)>;

/// What stands on the sheet, ready to print.
#[derive(Clone)]
pub struct CheckInSheet {
    pub customer_id: CustomerId,
    pub number: String,
    pub checked_in: String,
    pub org: String,
    pub branch: String,
    pub branch_address: String,
    pub branch_phone: String,
    pub branch_email: String,
    /// In the customer's language.
    pub words: Words,
    /// What it is called: the name of a term.
    pub term: &'static str,
    pub greeting: String,
    pub email: String,
    pub asset_label: String,
    pub customer: Facts,
    pub asset: Facts,
    pub promise: Facts,
    /// The customer is waiting here: printed, but not written to them.
    pub waiting: bool,
    pub concerns: Vec<String>,
}

/// The sheet of an order, in the customer's language.
///
/// # Errors
/// `NotFound`.
pub async fn sheet(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<CheckInSheet> {
    let row = sqlx::query!(
        r#"select w.customer_id as "customer_id: CustomerId", w.branch_id as "branch_id: BranchId", w.number, w.created_at, w.promised_at, w.waiting, w.odometer_in
             , b.code, b.name as branch, b.address, b.phone as branch_phone, b.email as branch_email, b.time_zone
             , c.name as customer, c.contact_name, c.phone, c.email, c.street, c.postal_code, c.city, c.language
             , a.kind, a.plate, a.serial, a.vin, a.make, a.model, a.model_year, a.color
             , (select m.name from members m where (m.org_id, m.id) = (w.org_id, w.advisor_id)) as advisor
             , (select array_agg(n.concern order by n.position) from concerns n where (n.org_id, n.work_order_id) = (w.org_id, w.id)) as concerns
             , d.name as "driver?"
             from work_orders w
             left join drivers d on (d.org_id, d.id) = (w.org_id, w.driver_id)
             join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
             join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
             join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
            where w.id = $1"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tx.focus(row.branch_id);
    let here = tx.session().locale_at(row.branch_id);
    let words = Words::of_customer(tx.session(), &row.language).said_in(here);
    let zone: Tz = row.time_zone.parse().unwrap_or(Tz::UTC);
    let (locale, unit) = (here, tx.session().settings.distance_unit.clone());
    let year = row.model_year.map(|year| year.to_string()).unwrap_or_default();
    let name = joined(" ", [&row.make, &row.model, &year]);
    let mark = if row.plate.is_empty() {
        row.serial.clone()
    } else {
        row.plate.clone()
    };
    Ok(CheckInSheet {
        customer_id: row.customer_id,
        number: number_text(&row.code, row.number),
        checked_in: words.moment(row.created_at, &zone),
        org: tx.session().org_name.clone(),
        branch: row.branch,
        branch_address: row.address,
        branch_phone: row.branch_phone,
        branch_email: row.branch_email,
        term: term(tx.session().terms(), AssetKind::of_word(&row.kind)),
        greeting: if row.contact_name.is_empty() {
            row.customer.clone()
        } else {
            row.contact_name.clone()
        },
        email: row.email.clone(),
        asset_label: joined(" · ", [&mark, &name]),
        customer: vec![
            (words.word("fact-name"), row.customer),
            (words.word("fact-contact"), row.contact_name),
            (words.word("fact-phone"), row.phone),
            (words.word("fact-email"), row.email),
            (
                words.word("fact-address"),
                locale.address(&row.street, &row.postal_code, &row.city),
            ),
            (words.word("fact-driver"), row.driver.unwrap_or_default()),
        ],
        asset: vec![
            (words.word("fact-plate"), row.plate),
            (words.word("fact-make-model"), name),
            (words.word("fact-color"), row.color),
            (words.word("fact-vin"), row.vin),
            (words.word("fact-serial"), row.serial),
            (
                words.word("fact-odometer"),
                row.odometer_in
                    .map(|value| locale.reading(value, &unit))
                    .unwrap_or_default(),
            ),
        ],
        promise: vec![
            (
                words.word("fact-promised"),
                row.promised_at
                    .map_or_else(|| words.word("fact-no-promise"), |at| words.moment(at, &zone)),
            ),
            (words.word("fact-advisor"), row.advisor.unwrap_or_default()),
        ],
        waiting: row.waiting,
        concerns: row.concerns.unwrap_or_default(),
        words,
    })
}

/// How many letters about an order left since then.
pub async fn letters_since(tx: &mut TenantTx, id: WorkOrderId, at: DateTime<Utc>) -> AppResult<i64> {
    let letters = sqlx::query_scalar!(
        r#"select count(*) as "letters!" from audit_events where work_order_id = $1 and action = 'work_order.sheet_mailed' and at > $2"#,
        id.uuid(),
        at
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(letters)
}

/// The workshop's own word, unless it is of the other kind.
fn term(terms: Terms, kind: AssetKind) -> &'static str {
    if kind == terms.kind {
        terms.asset.name()
    } else {
        kind.name()
    }
}
