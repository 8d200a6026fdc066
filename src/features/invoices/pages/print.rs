//! The document on paper.
use super::super::form::{PrintForm, Printing, paper};
use super::super::parts::sheet_view;
use super::super::selectors;
use crate::features::payments;
use crate::kernel::permission::{PrintDocuments, ViewInvoices};
use crate::query;
use crate::server::prelude::*;
use crate::ui::prelude::{ButtonLink, Paper, PrintAction, PrintFrame};
use leptos::prelude::*;

query! {
    pub(crate) struct PrintSearch {
        /// `a4` or `letter`; otherwise what the currency's countries print on.
        paper,
        /// A recorded print, which may be sent to the printer.
        print,
    }
}

/// Records the print and leads to the document that prints.
pub(crate) async fn record(
    mut scope: Scope<PrintDocuments>,
    Id(id): Id<InvoiceId>,
    FormBody(form): FormBody<PrintForm>,
) -> PageResult {
    scope.also::<ViewInvoices>().await?;
    let document = selectors::document(&mut scope, id).await?;
    let printout = exports::Printout {
        what: &document.title(),
        entity: "invoice",
        id: id.uuid(),
        order: None,
        customer: document.customer,
    };
    let print = exports::record_print(&mut scope, &printout).await?;
    let paper = paper(form.parse(&scope.form_context())?.paper);
    let to = format!("/invoices/{id}/print?paper={paper}&print={print}");
    scope.done(to, "").await
}

pub(crate) async fn print(
    mut scope: Scope<ViewInvoices>,
    Id(id): Id<InvoiceId>,
    Search(search): Search<PrintSearch>,
) -> PageResult {
    let document = selectors::document(&mut scope, id).await?;
    let payments = payments::selectors::of_invoice(&mut scope, id).await?;
    let ready = exports::may_print(&mut scope, &search.print, id.uuid()).await?;
    let letter = match search.paper.as_str() {
        "letter" => true,
        "a4" => false,
        _ => Paper::usual(document.currency.code()) == Paper::Letter,
    };
    let here = format!("/invoices/{id}");
    let (size, label) = if letter {
        (Paper::Letter, "A4")
    } else {
        (Paper::A4, "Letter")
    };
    let (other, this) = (
        paper(!letter),
        PrintForm::of(&Printing { paper: letter }, &FormContext::PUBLIC),
    );
    let fields = vec![this.fields(&FieldErrors::default()).paper.posted()];
    let action = format!("{here}/print");
    let switch = format!("{action}?paper={other}");
    let hint = if ready {
        "Ctrl+P or ⌘P prints too; “Save as PDF” makes a file."
    } else {
        "Each print is recorded."
    };
    let tools = move || {
        view! {
            <ButtonLink href=here label="Back" icon="arrow-left"/>
            <p class="hint">{hint}</p>
            <ButtonLink href=switch label=format!("Show as {label}") icon="file-text"/>
            <PrintAction action fields ready/>
        }
    };
    let page = Page::new(document.title()).bare().prints(ready);
    let words = document.seller.words(scope.session().locale());
    Ok(scope.page(page, move || {
        view! { <PrintFrame paper=size ready tools>{sheet_view(document, payments, words)}</PrintFrame> }
    }))
}
