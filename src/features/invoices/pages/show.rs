//! One document and everything that can be done with it.
use super::super::form::{DraftForm, VoidForm};
use super::super::model::Document;
use super::super::parts::*;
use super::super::selectors;
use crate::domain::billing::InvoiceState;
use crate::domain::payment::Method;
use crate::features::payments::{self, InvoicePayment, PaymentForm, ReverseForm};
use crate::kernel::error::Missing;
use crate::kernel::permission::{IssueInvoices, RecordPayments, ReversePayments, ViewInvoices, VoidInvoices};
use crate::server::messages::Words;
use crate::server::prelude::*;
use crate::ui::prelude::{
    Alert, Button, ButtonLink, Card, Confirm, FormConflict, Menu, MenuPost, PageHeader, PhaseBadge,
    PostButton, Size, Tone, Variant, locale,
};
use leptos::prelude::*;

/// A form that was refused: its dialog is open again, with what was typed.
#[derive(Clone, Debug)]
pub(crate) enum RejectedForm {
    Edit(Filled<DraftForm>),
    Void(Filled<VoidForm>),
    Pay(Filled<PaymentForm>),
    Reverse(PaymentId, Filled<ReverseForm>),
}

impl RejectedForm {
    fn status(&self) -> u16 {
        match self {
            Self::Edit(form) => form.status(),
            Self::Void(form) => form.status(),
            Self::Pay(form) => form.status(),
            Self::Reverse(_, form) => form.status(),
        }
    }
    fn conflict(&self) -> Option<Conflict> {
        match self {
            Self::Edit(form) => form.conflict.clone(),
            Self::Void(form) => form.conflict.clone(),
            Self::Pay(form) => form.conflict.clone(),
            Self::Reverse(_, form) => form.conflict.clone(),
        }
    }
}

struct Show {
    document: Document,
    payments: Vec<InvoicePayment>,
    credit: Money,
    missing: Vec<Missing>,
    may_issue: bool,
    may_void: bool,
    may_pay: bool,
    may_reverse: bool,
    due: String,
    today: String,
    keys: Vec<String>,
    refused: Option<RejectedForm>,
}

pub(crate) async fn show(scope: Scope<ViewInvoices>, Id(id): Id<InvoiceId>) -> PageResult {
    page(scope, id, None).await
}

/// The page again after a refused form.
pub(crate) async fn show_again<P: Permission>(
    scope: Scope<P>,
    id: InvoiceId,
    refused: RejectedForm,
) -> PageResult {
    page(scope, id, Some(refused)).await
}

async fn page<P: Permission>(
    mut scope: Scope<P>,
    id: InvoiceId,
    refused: Option<RejectedForm>,
) -> PageResult {
    let document = selectors::document(&mut scope, id).await?;
    let (mut payments, mut credit, mut missing) = (Vec::new(), Money::ZERO, Vec::new());
    if document.is_draft() {
        missing = selectors::readiness(&mut scope, &document).await?;
    } else {
        payments = payments::selectors::of_invoice(&mut scope, id).await?;
        credit = payments::selectors::credit_of_customer(&mut scope, document.customer).await?;
    }
    let zone = scope.session().branch(document.branch)?.time_zone;
    let show = Show {
        keys: (0..=payments.len()).map(|_| idempotency::fresh(&scope)).collect(),
        may_issue: scope.allows::<IssueInvoices>(),
        may_void: scope.allows::<VoidInvoices>(),
        may_pay: scope.allows::<RecordPayments>(),
        may_reverse: scope.allows::<ReversePayments>(),
        due: due_after(scope.session().settings.payment_terms_days),
        today: scope.now().with_timezone(&zone).date_naive().to_string(),
        document,
        payments,
        credit,
        missing,
        refused,
    };
    let status = show.refused.as_ref().map_or(200, RejectedForm::status);
    let frame = Page::new(show.document.title()).nav("/invoices").status(status);
    Ok(scope.page(frame, move || view(&show)))
}

fn due_after(days: i32) -> String {
    match days {
        0 => "On the posting date".to_owned(),
        1 => "1 day after posting".to_owned(),
        days => format!("{days} days after posting"),
    }
}

fn view(show: &Show) -> impl IntoView + use<> {
    let (document, state) = (show.document.clone(), show.document.state);
    let subtitle = if document.subject.is_empty() {
        document.buyer.name.clone()
    } else {
        format!("{} · {}", document.buyer.name, document.subject)
    };
    let crumbs = vec![("/invoices".to_owned(), "Invoices".to_owned())];
    let badge = move || view! { <PhaseBadge label=state.label() tone=state.tone() large=true/> };
    let (lines, currency, sums) = (document.lines.clone(), document.currency, document.clone());
    let actions = actions(show);
    let conflict = show.refused.as_ref().and_then(RejectedForm::conflict);
    view! {
        <PageHeader title=document.title() subtitle crumbs badges=badge>{actions}</PageHeader>
        <div class="split">
            <div class="stack">
                <FormConflict of=conflict/>
                {notices(show)}
                <Card flush=true foot=move || sum_list_view(sums, Words::english().said_in(locale()))>
                    <LinesTable lines currency words=Words::english().said_in(locale())/>
                </Card>
            </div>
            <div class="stack">
                {money(show)}
                <Facts document due=show.due.clone()/>
            </div>
        </div>
        {dialogs(show)}
    }
}

fn actions(show: &Show) -> impl IntoView + use<> {
    let here = format!("/invoices/{}", show.document.id);
    let (print, refresh) = (format!("{here}/print"), format!("{here}/refresh"));
    let draft = (show.may_issue && show.document.is_draft()).then(|| {
        let post = show.missing.is_empty().then(|| {
            view! { <Button label="Post invoice" opens="post" variant=Variant::Primary icon="check"/> }
        });
        view! {
            <Menu id="more" label="More" quiet=true>
                <MenuPost opens="edit" label="Due date and subject" icon="pencil"/>
                <MenuPost action=refresh label="Copy the lines again" icon="refresh"/>
                <MenuPost opens="delete" label="Discard draft" icon="trash" danger=true/>
            </Menu>
            {post}
        }
    });
    let void = (show.may_void && can_be_voided(show.document.state)).then(|| {
        view! { <Button label="Void" opens="void" icon="ban"/> }
    });
    view! {
        <ButtonLink href=print label="Print" icon="printer"/>
        {void}
        {draft}
    }
}

fn can_be_voided(state: InvoiceState) -> bool {
    !matches!(
        state,
        InvoiceState::Draft | InvoiceState::Void | InvoiceState::CreditNote
    )
}

/// What this document is, where that is not obvious, and what it waits for.
fn notices(show: &Show) -> impl IntoView + use<> {
    let document = &show.document;
    let link =
        |id: InvoiceId, text: String| view! { <a class="link" href=format!("/invoices/{id}")>{text}</a> };
    let draft = (document.is_draft() && show.missing.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Info title="This is a draft">
                "It has no number yet and is not due. Post it to assign the next number."
            </Alert>
        }
    });
    let void = document.voided_by.clone().map(|credit| {
        view! {
            <Alert title="This invoice is void">
                "Credit note "{link(credit.id, credit.number)}" cancels it in full."
            </Alert>
        }
    });
    let corrects = document.corrects.clone().map(|invoice| {
        let reason = format!(". Reason: {}", document.reason);
        view! {
            <Alert title="This is a credit note">
                "It voids invoice "{link(invoice.id, invoice.number)}{reason}
            </Alert>
        }
    });
    view! { {missing(show)}{draft}{void}{corrects} }
}

fn missing(show: &Show) -> impl IntoView + use<> {
    (!show.missing.is_empty()).then(|| {
        let items = show
            .missing
            .iter()
            .map(|one| match one.href.as_str() {
                "" => view! { <li>{one.what.clone()}</li> }.into_any(),
                href => view! { <li><a class="link" href=href.to_owned()>{one.what.clone()}</a></li> }.into_any(),
            })
            .collect_view();
        // What the seller lacks does not come with the lines.
        let of_work = show
            .missing
            .iter()
            .any(|one| !one.href.is_empty() && !one.href.starts_with("/settings"));
        let again = (show.may_issue && of_work).then(|| {
            let action = format!("/invoices/{}/refresh", show.document.id);
            view! { <div class="mt-2"><PostButton action label="Copy the lines again" size=Size::Small icon="refresh"/></div> }
        });
        view! { <Alert tone=Tone::Warning title="Before this can be posted"><ul>{items}</ul>{again}</Alert> }
    })
}

fn money(show: &Show) -> impl IntoView + use<> {
    let document = show.document.clone();
    let has_balance = !matches!(document.state, InvoiceState::Draft | InvoiceState::CreditNote);
    has_balance.then(|| {
        view! {
            {balance_view(document.clone(), show.credit, show.may_pay)}
            {payments_view(document, show.payments.clone(), show.may_reverse)}
        }
    })
}

fn dialogs(show: &Show) -> impl IntoView + use<> {
    let document = show.document.clone();
    let drafted = (show.may_issue && document.is_draft()).then(|| draft_dialogs(show));
    let void = (show.may_void && can_be_voided(document.state)).then(|| {
        let filled = match &show.refused {
            Some(RejectedForm::Void(form)) => form.clone(),
            _ => Filled::default(),
        };
        view! { <VoidDialog document=document.clone() filled may_issue=show.may_issue/> }
    });
    let pay = (show.may_pay && document.is_owed()).then(|| {
        let filled = match &show.refused {
            Some(RejectedForm::Pay(form)) => form.clone(),
            _ => Filled::new(usual_payment(show)),
        };
        pay_dialog_view(document, filled, show.today.clone())
    });
    let reverse = show.may_reverse.then(|| reverse_dialogs(show));
    view! { {drafted}{void}{pay}{reverse} }
}

fn draft_dialogs(show: &Show) -> impl IntoView + use<> {
    let document = show.document.clone();
    let stored = DraftForm {
        due_on: document.due_on.map(|day| day.to_string()).unwrap_or_default(),
        subject: document.subject.clone(),
    };
    let filled = match &show.refused {
        Some(RejectedForm::Edit(form)) => form.clone(),
        _ => Filled::new(stored),
    };
    let terms = format!("Empty: {}.", show.due.to_lowercase());
    let delete = format!("/invoices/{}/delete", document.id);
    view! {
        {edit_dialog_view(document.clone(), filled, terms)}
        {show.missing.is_empty().then(|| post_dialog_view(document))}
        <Confirm
            id="delete" title="Discard this draft?" action=delete label="Discard"
            text="It has no number yet. Its work can be invoiced again."
        />
    }
}

/// What most payments are: all that is open, today, by card.
fn usual_payment(show: &Show) -> PaymentForm {
    PaymentForm {
        method: Method::Card.name().to_owned(),
        amount: show.document.currency.plain(show.document.open),
        received_on: show.today.clone(),
        reference: String::new(),
        key: show.keys.first().cloned().unwrap_or_default(),
    }
}

fn reverse_dialogs(show: &Show) -> impl IntoView + use<> {
    let here = format!("/invoices/{}", show.document.id);
    let keyed = show
        .payments
        .iter()
        .cloned()
        .zip(show.keys.iter().skip(1).cloned());
    keyed
        .enumerate()
        .filter(|(_, (payment, _))| payment.reversed_on.is_none())
        .map(|(at, (payment, key))| {
            let filled = match &show.refused {
                Some(RejectedForm::Reverse(id, form)) if *id == payment.id => form.clone(),
                _ => Filled::new(ReverseForm::default().keyed(&key)),
            };
            let amount = show.document.show(payment.amount);
            reverse_dialog_view(format!("reverse-{at}"), payment, amount, here.clone(), filled)
        })
        .collect_view()
}
