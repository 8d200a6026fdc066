//! What the check-in's island asks.
use super::model::Arrival;
use crate::kernel::AppResult;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::{model::Who, selectors},
    crate::kernel::permission::CreateWorkOrders,
    crate::server::prelude::*,
};

/// Who came, by what is typed so far: a mark (`plate`, also a device's serial number), a VIN, a chosen vehicle or customer, a name or telephone number.
#[server]
pub async fn look_up(
    plate: String,
    vin: String,
    vehicle: String,
    customer: String,
    name: String,
    phone: String,
    email: String,
) -> AppResult<Arrival> {
    let mut scope = Scope::<CreateWorkOrders>::read().await?;
    let who = Who {
        plate,
        vin,
        vehicle,
        customer,
        name,
        phone,
        email,
        ..Who::default()
    };
    selectors::arrival(&mut scope, &who).await
}
