//! The document on paper.
use super::super::parts::Sheet;
use super::super::selectors;
use crate::features::payments;
use crate::kernel::permission::ViewInvoices;
use crate::server::messages::Words;
use crate::server::prelude::*;
use crate::ui::prelude::locale;
use crate::ui::prelude::{ButtonLink, Paper, PrintAction, PrintFrame};
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PrintSearch {
    /// `a4` or `letter`; otherwise what the currency's countries print on.
    paper: String,
}

pub(crate) async fn print(
    mut scope: Scope<ViewInvoices>,
    Id(id): Id<InvoiceId>,
    Search(search): Search<PrintSearch>,
) -> PageResult {
    let document = selectors::document(&mut scope, id).await?;
    let payments = payments::selectors::of_invoice(&mut scope, id).await?;
    let letter = match search.paper.as_str() {
        "letter" => true,
        "a4" => false,
        _ => Paper::usual(document.currency.code()) == Paper::Letter,
    };
    let here = format!("/invoices/{id}");
    let (paper, other, label) = if letter {
        (Paper::Letter, "a4", "A4")
    } else {
        (Paper::A4, "letter", "Letter")
    };
    let switch = format!("{here}/print?paper={other}");
    let tools = move || {
        view! {
            <ButtonLink href=here label="Back" icon="arrow-left"/>
            <p class="hint">"Ctrl+P or ⌘P prints too; “Save as PDF” makes a file."</p>
            <ButtonLink href=switch label=format!("Show as {label}") icon="file-text"/>
            <PrintAction/>
        }
    };
    Ok(scope.page(Page::new(document.title()).bare().prints(), move || {
        view! { <PrintFrame paper tools><Sheet document payments words=Words::english().said_in(locale())/></PrintFrame> }
    }))
}
