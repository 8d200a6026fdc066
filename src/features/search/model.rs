//! What a search finds.
use crate::features::work_orders::model::Phase;
use serde::{Deserialize, Serialize};

/// In the order in which results are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    Customer,
    Vehicle,
    Device,
    WorkOrder,
}

impl HitKind {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "customer" => Some(Self::Customer),
            "vehicle" => Some(Self::Vehicle),
            "device" => Some(Self::Device),
            "work_order" => Some(Self::WorkOrder),
            _ => None,
        }
    }
    /// The heading over a group.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Customer => "Customers",
            Self::Vehicle => "Vehicles",
            Self::Device => "Devices",
            Self::WorkOrder => "Work orders",
        }
    }
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Customer => "user",
            Self::Vehicle => "car",
            Self::Device => "smartphone",
            Self::WorkOrder => "wrench",
        }
    }
}

/// A mark that is not what was typed, but nearly: a slip of the finger apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Near {
    Plate,
    Vin,
    Serial,
}

impl Near {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "plate" => Some(Self::Plate),
            "vin" => Some(Self::Vin),
            "serial" => Some(Self::Serial),
            _ => None,
        }
    }
    /// Beside a row that was found so.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plate => "Similar plate",
            Self::Vin => "Similar VIN",
            Self::Serial => "Similar serial number",
        }
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
