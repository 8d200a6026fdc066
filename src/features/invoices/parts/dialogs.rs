//! What is asked before something happens to a document. All of them work without script.
use super::super::form::{DraftForm, VoidForm};
use super::super::model::Document;
use crate::domain::payment::Method;
use crate::features::payments::{InvoicePayment, PaymentForm, ReverseForm};
use crate::kernel::Filled;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// Due date and subject of a draft.
pub(in crate::features::invoices) fn edit_dialog_view(
    document: Document,
    filled: Filled<DraftForm>,
    terms: String,
) -> impl IntoView {
    let (open, fields) = (filled.is_refused(), filled.fields());
    let here = format!("/invoices/{}", document.id);
    view! {
        <Dialog id="edit" title="Due date and subject" open close_href=here.clone()>
            <form class="form" method="post" action=format!("{here}/edit")>
                <FormGrid>
                    <Field of=fields.due_on hint=terms span=Span::Full/>
                    <Field of=fields.subject span=Span::Full hint="Printed above the lines."/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Save draft"/>
                </FormActions>
            </form>
        </Dialog>
    }
}

/// Asks before a document becomes final.
pub(in crate::features::invoices) fn post_dialog_view(document: Document) -> impl IntoView {
    let text = format!(
        "{} to {}. It gets this branch's next number and cannot be changed after that; mistakes are corrected by credit note.",
        document.show(document.total),
        document.buyer.name
    );
    let action = format!("/invoices/{}/post", document.id);
    view! {
        <Dialog id="post" title="Post this invoice?">
            <p class="text-muted">{text}</p>
            <div class="form-actions mt-5">
                <PostButton action label="Post invoice" variant=Variant::Primary icon="check"/>
                <Button label="Not yet" opens="post"/>
            </div>
        </Dialog>
    }
}

/// Why an invoice is voided, and whether its work is billed again.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(in crate::features::invoices) fn VoidDialog(
    document: Document,
    filled: Filled<VoidForm>,
    /// Whoever voids may also draft the work again.
    may_issue: bool,
) -> impl IntoView {
    let (open, fields) = (filled.is_refused(), filled.fields());
    let here = format!("/invoices/{}", document.id);
    let again = may_issue.then(|| view! { <Checkbox of=fields.again/> });
    let kept = if document.paid.is_zero() {
        String::new()
    } else {
        format!(
            " The {} already paid stays as customer credit.",
            document.show(document.paid)
        )
    };
    let text = format!(
        "A credit note for {} is posted. The invoice keeps its number, and its work can be invoiced again.{kept}",
        document.show(document.total)
    );
    view! {
        <Dialog id="void" title=format!("Void {}?", document.title()) open close_href=here.clone()>
            <form class="form" method="post" action=format!("{here}/void")>
                <p class="text-muted">{text}</p>
                <Field of=fields.reason span=Span::Full hint="Printed on the credit note." id="f-void-reason"/>
                {again}
                <FormActions>
                    <SubmitButton label="Void invoice" variant=Variant::DangerFill/>
                </FormActions>
            </form>
        </Dialog>
    }
}

/// Money comes in.
pub(in crate::features::invoices) fn pay_dialog_view(
    document: Document,
    filled: Filled<PaymentForm>,
    today: String,
) -> impl IntoView {
    let (open, fields) = (filled.is_refused(), filled.fields());
    let here = format!("/invoices/{}", document.id);
    let hint = format!("{} is open.", document.show(document.open));
    view! {
        <Dialog id="pay" title="Record payment" open close_href=here.clone()>
            <form class="form" method="post" action=format!("{here}/payments")>
                <Hidden of=fields.key/>
                <FormGrid>
                    <MoneyField of=fields.amount currency=document.currency.code() hint/>
                    <Select of=fields.method options=Method::usual(document.currency, locale())/>
                    <Field of=fields.received_on max=today/>
                    <Field of=fields.reference placeholder="Receipt or transfer no."/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Record payment"/>
                </FormActions>
            </form>
        </Dialog>
    }
}

/// Money goes back, or never came.
pub(in crate::features::invoices) fn reverse_dialog_view(
    id: String,
    payment: InvoicePayment,
    amount: String,
    close_href: String,
    filled: Filled<ReverseForm>,
) -> impl IntoView {
    let (open, fields) = (filled.is_refused(), filled.fields());
    let field = format!("f-{id}-reason");
    let suggestions = [
        "Refunded to the customer",
        "Payment bounced",
        "Entered by mistake",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    view! {
        <Dialog id title=format!("Reverse the payment of {amount}?") open close_href>
            <form class="form" method="post" action=format!("/payments/{}/reverse", payment.id)>
                <Hidden of=fields.key/>
                <p class="text-muted">
                    "A negative payment for the full amount is recorded today. The payment stays in the list, and what it paid is due again."
                </p>
                <Field of=fields.reason span=Span::Full id=field suggestions/>
                <FormActions>
                    <SubmitButton label="Reverse payment" variant=Variant::DangerFill/>
                </FormActions>
            </form>
        </Dialog>
    }
}
