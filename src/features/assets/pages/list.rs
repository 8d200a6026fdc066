//! The list: newest first, the archived ones, or those that a plate, number or name finds.
use super::super::parts::list::{ListView, asset_list_view};
use super::super::selectors;
use crate::kernel::permission::{EditCustomers, ViewCustomers};
use crate::kernel::text_enum;
use crate::list_query;
use crate::server::http::list::Sort;
use crate::server::prelude::*;

list_query! {
    /// `view` is `archived`, or nothing for those that still come.
    pub(crate) struct AssetQuery shows AssetControls at "/vehicles" { tabs: [view: "List"], filters: [q: "Search"], sorted }
}

text_enum! {
    /// In which order.
    #[derive(Default)]
    pub(crate) enum AssetSort {
        #[default]
        Newest = "newest", "Newest first";
        Plate = "plate", "Plate, A to Z";
        PlateDown = "plate-down", "Plate, Z to A";
    }
}

impl Sort for AssetSort {
    fn column(self) -> &'static str {
        match self {
            Self::Newest => "",
            Self::Plate | Self::PlateDown => "plate",
        }
    }
    fn descending(self) -> bool {
        self != Self::Plate
    }
}

pub(crate) async fn list(mut scope: Scope<ViewCustomers>, Search(query): Search<AssetQuery>) -> PageResult {
    let page = if query.is_narrowed() {
        selectors::matching(&mut scope, query.q.trim()).await?
    } else if query.view == "archived" {
        selectors::archived(&mut scope, query.cursor()).await?
    } else {
        match AssetSort::of(&query) {
            AssetSort::Newest => selectors::newest(&mut scope, query.cursor()).await?,
            sort => selectors::in_order_of_plate(&mut scope, sort.descending(), query.after()).await?,
        }
    };
    let session = scope.session();
    let kind = session.terms().kind;
    let view = ListView {
        page,
        query,
        kind,
        unit: session.settings.distance_unit.clone(),
        zone: session.zone(),
        may_edit: session.allows::<EditCustomers>(),
    };
    let page = Page::new(session.terms().asset().titles()).nav("/vehicles");
    Ok(scope.page(page, move || asset_list_view(view)))
}
