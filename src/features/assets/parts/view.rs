//! What the page of one shows.
use super::super::form::OdometerForm;
use super::super::model::AssetDetail;
use crate::kernel::form::ReasonForm;
use crate::kernel::{AssetKind, BranchId, Currency, Filled};

/// What the page shows.
#[derive(Clone)]
pub(in super::super) struct ShowView {
    pub whole: AssetDetail,
    /// Branches whose orders the member may open.
    pub own_branches: Vec<BranchId>,
    /// Prices are the office's business.
    pub sees_prices: bool,
    pub zone: chrono_tz::Tz,
    pub currency: Currency,
    pub unit: String,
    pub may_edit: bool,
    pub may_open: bool,
    /// The form for the next reading.
    pub reading: Filled<OdometerForm>,
    /// The form that archives.
    pub archive: Filled<ReasonForm>,
}

impl ShowView {
    pub(super) fn href(&self) -> String {
        format!("/vehicles/{}", self.whole.asset.id)
    }
    pub(super) fn prices(&self) -> Option<Currency> {
        self.sees_prices.then_some(self.currency)
    }
    pub(super) fn archived(&self) -> bool {
        self.whole.asset.archived_at.is_some()
    }
    pub(super) fn kind(&self) -> AssetKind {
        self.whole.asset.data.kind
    }
}
