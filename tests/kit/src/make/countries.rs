//! Workshops of other countries.
use crate::Workshop;

impl Workshop {
    /// As if it had signed up there.
    pub async fn db_country(&self, country: &str, currency: &str, unit: &str) {
        sqlx::query("update organization_settings set country = $1, currency = $2, distance_unit = $3")
            .bind(country)
            .bind(currency)
            .bind(unit)
            .execute(&mut self.db().await)
            .await
            .expect("a country");
    }
}
