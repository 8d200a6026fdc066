//! What a driver is.
use super::form::NewDriver;
use crate::kernel::{CustomerId, DriverId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A driver as the pages show them.
#[derive(Clone, Debug)]
pub struct Driver {
    pub id: DriverId,
    pub customer: CustomerId,
    /// The company's name.
    pub company: String,
    pub data: NewDriver,
    pub archived_at: Option<DateTime<Utc>>,
    pub archived_reason: String,
    pub version: i32,
}

/// A driver as the database hands them over with the company.
#[derive(Debug, Deserialize)]
pub(crate) struct DriverRow {
    pub id: Uuid,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub licence: String,
    pub notes: String,
    pub archived_at: Option<DateTime<Utc>>,
    pub archived_reason: String,
    pub version: i32,
}

/// A driver to choose at check-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriverChoice {
    pub id: String,
    pub name: String,
    pub phone: String,
}

impl DriverChoice {
    /// Those who drive for them still.
    pub fn of(drivers: &[Driver]) -> Vec<Self> {
        let active = drivers.iter().filter(|driver| driver.archived_at.is_none());
        let choice = |driver: &Driver| Self {
            id: driver.id.to_string(),
            name: driver.data.name.clone(),
            phone: driver.data.phone.clone(),
        };
        active.map(choice).collect()
    }

    /// `Jo Weber · 0171 2345678`
    pub fn label(&self) -> String {
        if self.phone.is_empty() {
            self.name.clone()
        } else {
            format!("{} · {}", self.name, self.phone)
        }
    }
}
