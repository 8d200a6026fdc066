//! What a search finds.
use crate::domain::order::Phase;
use crate::kernel::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// In the order in which results are grouped; the label is the heading over a group.
    pub enum HitKind {
        Customer = "customer", "Customers";
        Vehicle = "vehicle", "Vehicles";
        Device = "device", "Devices";
        WorkOrder = "work_order", "Work orders";
    }
}

impl HitKind {
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Customer => "user",
            Self::Vehicle => "car",
            Self::Device => "smartphone",
            Self::WorkOrder => "wrench",
        }
    }
}

text_enum! {
    /// A mark that is not what was typed, but nearly: a slip of the finger apart. The label stands beside the row.
    pub enum Near {
        Plate = "plate", "Similar plate";
        Vin = "vin", "Similar VIN";
        Serial = "serial", "Similar serial number";
    }
}

/// One row that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: HitKind,
    pub href: String,
    /// On the car; empty where there is none.
    pub plate: String,
    pub title: String,
    pub detail: String,
    /// Found by a similar mark, not by what was typed.
    pub near: Option<Near>,
    /// Of a work order.
    pub phase: Option<Phase>,
}

/// Results under their headings.
pub fn grouped(hits: Vec<Hit>) -> Vec<(HitKind, Vec<Hit>)> {
    let mut groups: Vec<(HitKind, Vec<Hit>)> = Vec::new();
    for hit in hits {
        match groups.last_mut() {
            Some((kind, group)) if *kind == hit.kind => group.push(hit),
            _ => groups.push((hit.kind, vec![hit])),
        }
    }
    groups
}
