//! From month to month, or all of them.
use super::super::locale::locale;
use super::{SegmentedLinks, Tab};
use crate::kernel::time::Month;
use leptos::prelude::*;

/// Links to a month, its neighbours and no month at all.
#[component]
pub fn MonthNav(
    /// The list's address with that month.
    href: impl Fn(Option<Month>) -> String + 'static,
    /// The month that is shown.
    month: Option<Month>,
    /// The month that it is.
    current: Month,
) -> impl IntoView {
    let middle = month.unwrap_or(current);
    let one = |shown: Month| {
        let label = locale().short_month(shown);
        Tab::new(href(Some(shown)), label, month == Some(shown))
    };
    let mut items = vec![one(middle.previous()), one(middle)];
    if middle < current {
        items.push(one(middle.next()));
    }
    items.push(Tab::new(href(None), "All", month.is_none()));
    view! { <SegmentedLinks label="Month" items/> }
}
