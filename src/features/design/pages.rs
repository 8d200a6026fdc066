use crate::server::prelude::*;
use crate::ui::showcase::Showcase;
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DesignSearch {
    view: String,
}

pub(super) async fn show(visitor: Visitor, Search(search): Search<DesignSearch>) -> PageResult {
    let theme = visitor.request.theme;
    Ok(visitor.page(
        Page::new("Design"),
        move || view! { <Showcase view=search.view theme/> },
    ))
}
