//! The pieces of the detail page, each about one thing.
mod concerns;
mod decisions;
mod facts;
mod hand_over;
mod header;
mod job;
mod jobs;
mod lines;
mod mentions;
mod money;
mod moves;
mod notes;
mod odometer;
mod people;
mod timeline;

pub(super) use concerns::concerns_view;
pub(super) use decisions::decisions_view;
pub(super) use facts::Facts;
pub(super) use hand_over::hand_over_card_view;
pub use header::flag_badges_view;
pub(super) use header::header_view;
pub(super) use jobs::jobs_view;
pub use mentions::mentions_view;
pub(super) use money::money_box_view;
pub(super) use moves::next_step_view;
pub(super) use notes::notes_view;
pub(super) use odometer::odometer_view;
pub(super) use people::technicians_view;
pub(super) use timeline::History;

use super::form::RejectedForm;
use super::view::WorkOrderView;
use crate::kernel::permission::{EditWorkOrders, ViewInvoices};
use crate::kernel::{Filled, Form, Money, Permission};
use crate::server::clock::SharedClock;
use crate::server::db::tenant::Session;
use crate::server::orders::{OrderPart, Place};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::ops::Deref;
use std::sync::Arc;

/// What every piece needs: the order, who looks, and the form that was refused, if one was.
#[derive(Clone)]
pub(super) struct Ctx(Arc<Inner>);

pub(super) struct Inner {
    pub order: WorkOrderView,
    /// What other features put on the page.
    parts: Vec<OrderPart>,
    pub session: Arc<Session>,
    pub draft: RejectedForm,
    pub now: DateTime<Utc>,
    clock: SharedClock,
}

impl Deref for Ctx {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Ctx {
    pub(super) fn new(
        (order, parts): (WorkOrderView, Vec<OrderPart>),
        session: Arc<Session>,
        draft: RejectedForm,
        clock: SharedClock,
    ) -> Self {
        let now = clock.now();
        Self(Arc::new(Inner {
            order,
            parts,
            session,
            draft,
            now,
            clock,
        }))
    }
}

impl Inner {
    /// Whether to show what changes something: the order is open and the member has the right.
    pub(super) fn can<P: Permission>(&self) -> bool {
        self.order.is_open() && self.session.allows::<P>()
    }
    /// Prices are the office's business; who only repairs sees what to do.
    pub(super) fn sees_prices(&self) -> bool {
        self.session.allows::<EditWorkOrders>() || self.session.allows::<ViewInvoices>()
    }
    /// What other features put there.
    pub(super) fn parts(&self, place: Place) -> impl IntoView + use<> {
        let here = self.parts.iter().filter(|part| part.place == place);
        here.map(|part| part.view.run()).collect_view()
    }
    /// This form with what was typed into it, or as it is saved; with a key of its own, for it acts once.
    pub(super) fn filled<F: Form + Clone + 'static>(&self, form: &str, saved: F) -> Filled<F> {
        self.draft.filled(form, saved).keyed(&self.key())
    }
    /// A fresh key: each form acts once.
    pub(super) fn key(&self) -> String {
        self.clock.new_uuid().to_string()
    }
    pub(super) fn money(&self, amount: Money) -> String {
        self.session.settings.currency.show(amount)
    }
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        self.session.locale().near(at, self.now, &self.order.zone)
    }
    /// Where a form about a part of this order posts.
    pub(super) fn action(&self, part: &str) -> String {
        format!("{}/{part}", self.order.path())
    }
}
