//! The workshop's own settings.
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/workshop", "name=Workshop+nord&currency=EUR&distance_unit=km&payment_terms_days=21&share_customers=on&version=<version>",
        given its_settings;
    "POST /settings/workshop/address", "slug=nordlicht";
}

async fn its_settings(of: &Fixture) -> Given {
    Given::by(&of.owner).with("version", of.version("/settings/workshop").await)
}
