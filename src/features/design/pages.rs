use crate::query;
use crate::server::prelude::*;
use crate::ui::showcase::Showcase;
use leptos::prelude::*;

query! {
    pub(super) struct DesignSearch {
        view,
    }
}

pub(super) async fn show(visitor: Visitor, Search(search): Search<DesignSearch>) -> PageResult {
    let theme = visitor.request.theme;
    Ok(visitor.page(
        Page::new("Design"),
        move || view! { <Showcase view=search.view theme/> },
    ))
}
