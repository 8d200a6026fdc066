//! What the page of one shows.
use super::super::drivers::DriversView;
use super::super::model::{CustomerDetail, VISITS_SHOWN};
use crate::kernel::form::{Filled, ReasonForm};
use crate::kernel::{BranchId, Currency};

/// What the page shows.
#[derive(Clone)]
pub(in super::super) struct ShowView {
    pub whole: CustomerDetail,
    pub zone: chrono_tz::Tz,
    pub currency: Currency,
    pub unit: String,
    pub may_edit: bool,
    pub may_open: bool,
    pub money: bool,
    /// Branches whose orders the member may open.
    pub own_branches: Vec<BranchId>,
    /// Prices are the office's business.
    pub sees_prices: bool,
    /// Whether the member may read everything that was ever done.
    pub trail: bool,
    /// A company's drivers; a person has none.
    pub drivers: Option<DriversView>,
    /// The form that archives.
    pub archive: Filled<ReasonForm>,
}

impl ShowView {
    pub(super) fn href(&self) -> String {
        format!("/customers/{}", self.whole.customer.id)
    }
    pub(super) fn prices(&self) -> Option<Currency> {
        self.sees_prices.then_some(self.currency)
    }
    /// Whether there may be visits that the page does not show.
    pub(super) fn older(&self) -> bool {
        i32::try_from(self.whole.orders.len()) == Ok(VISITS_SHOWN)
    }
    pub(super) fn archived(&self) -> bool {
        self.whole.customer.archived_at.is_some()
    }
}
