//! What the search box asks while somebody types.
use super::model::Hit;
use crate::kernel::AppResult;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {super::selectors, crate::kernel::permission::UseWorkshop, crate::server::prelude::*};

/// The nearest few of each kind.
#[server]
pub async fn find(query: String) -> AppResult<Vec<Hit>> {
    let mut scope = Scope::<UseWorkshop>::read().await?;
    selectors::find(&mut scope, &query, selectors::FEW).await
}
