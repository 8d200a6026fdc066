//! The check-in sheet: what the customer takes along, and signs.
use super::islands::PrintButton;
use super::selectors::{self, Sheet};
use crate::kernel::permission::CreateWorkOrders;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn show(mut scope: Scope<CreateWorkOrders>, Id(order): Id<WorkOrderId>) -> PageResult {
    let sheet = selectors::sheet(&mut scope, order).await?;
    let title = Page::new(format!("Check-in {}", sheet.number)).bare().islands();
    Ok(scope.page(title, move || {
        let (back, mail) = (format!("/work-orders/{order}"), mail_link(&sheet));
        view! {
            <PrintFrame tools=move || view! { <Tools back mail/> }>
                <Head sheet=sheet.clone()/>
                <Body sheet/>
            </PrintFrame>
        }
    }))
}

#[component]
fn Tools(back: String, mail: Option<String>) -> impl IntoView {
    view! {
        <ButtonLink href=back label="Work order" icon="arrow-left"/>
        {mail.map(|href| view! { <ButtonLink href label="E-mail" icon="mail"/> })}
        <PrintButton/>
    }
}

#[component]
fn Head(sheet: Sheet) -> impl IntoView {
    let contact = [sheet.branch_phone, sheet.branch_email]
        .into_iter()
        .filter(|line| !line.is_empty());
    let lines = sheet.branch_address.lines().map(ToOwned::to_owned).chain(contact);
    view! {
        <header class="flex items-start justify-between gap-6">
            <div class="min-w-0">
                <p class="text-muted">"Check-in"</p>
                <h1 class="text-2xl">{sheet.number}</h1>
                <p class="text-muted">{sheet.checked_in}</p>
            </div>
            <div class="text-right min-w-0">
                <p class="font-medium">{sheet.org}</p>
                <p>{sheet.branch}</p>
                {lines.map(|line| view! { <p class="text-muted">{line}</p> }).collect_view()}
            </div>
        </header>
    }
}

#[component]
fn Body(sheet: Sheet) -> impl IntoView {
    let facts = |facts: Vec<(&'static str, String)>| {
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| view! { <Fact label>{value}</Fact> })
            .collect_view()
    };
    let concerns = sheet
        .concerns
        .into_iter()
        .map(|concern| view! { <li>{concern}</li> })
        .collect_view();
    view! {
        <div class="sheet-parts">
            <section>
                <h2>"Customer"</h2>
                <DescriptionList>{facts(sheet.customer)}</DescriptionList>
            </section>
            <section>
                <h2>{if sheet.device { "Device" } else { "Vehicle" }}</h2>
                <DescriptionList>{facts(sheet.asset)}</DescriptionList>
            </section>
        </div>
        <section class="sheet-section">
            <h2>"What is to be looked at"</h2>
            <ol>{concerns}</ol>
        </section>
        <section class="sheet-section">
            <DescriptionList>{facts(sheet.promise)}</DescriptionList>
        </section>
        <p class="sheet-terms">
            "I hand the above over for diagnosis. Work starts after I approved it; I will be told its price before."
        </p>
        <div class="sheet-sign">
            <p>"Place and date"</p>
            <p>"Signature of the customer"</p>
        </div>
    }
}

/// The same in a letter of the person's own mail program, where the customer has an address.
fn mail_link(sheet: &Sheet) -> Option<String> {
    let subject = format!("Checked in: {}", sheet.number);
    let concerns: Vec<String> = sheet
        .concerns
        .iter()
        .map(|concern| format!("- {concern}"))
        .collect();
    let promise: Vec<String> = sheet
        .promise
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    let body = format!(
        "Hello {},\n\nwe have your {} here under the number {}.\n\n{}\n\n{}\n\n{}, {}\n{}",
        sheet.greeting,
        sheet.asset_label,
        sheet.number,
        concerns.join("\n"),
        promise.join("\n"),
        sheet.org,
        sheet.branch,
        sheet.branch_phone
    );
    let query =
        serde_urlencoded::to_string([("subject", subject), ("body", body.replace('\n', "\r\n"))]).ok()?;
    (!sheet.email.is_empty()).then(|| format!("mailto:{}?{}", sheet.email, query.replace('+', "%20")))
}
