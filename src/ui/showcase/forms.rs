//! Forms: empty, filled, refused.

use leptos::prelude::*;

use crate::kernel::form::{FieldView, Kind};
use crate::ui::prelude::*;

/// All of them.
#[component]
pub(super) fn Forms() -> impl IntoView {
    view! {
        <div class="split">
            <div class="stack">
                <Refused />
                <Choices />
            </div>
            <div class="stack">
                <Filters />
                <Bay />
            </div>
        </div>
    }
}

#[component]
fn Refused() -> impl IntoView {
    let errors = options([
        ("name", "A customer needs a name"),
        ("odometer", "The odometer was 128 400 km in March"),
    ]);
    view! {
        <Card title="New customer" subtitle="With their first vehicle">
            <form class="form" method="post" action="/design">
                <FormErrors errors />
                <FormGrid>
                    <Field of=FieldView::plain("name", "Name", "").demanded().wrong("A customer needs a name") autocomplete="name" />
                    <Field of=FieldView::plain("phone", "Mobile", "+48 601 234 567").kind(Kind::Phone) autocomplete="tel" />
                    <Field of=FieldView::plain("email", "Email", "").kind(Kind::Email) hint="Invoices go here." placeholder="anna@example.com" span=Span::TwoThirds />
                    <Field of=FieldView::plain("vat", "VAT number", "") class="input-code" span=Span::Third />
                    <Field of=FieldView::plain("plate", "Plate", "WX41KLM").demanded() class="input-code" span=Span::Third />
                    <Field of=FieldView::plain("odometer", "Odometer", "12 840").wrong("The odometer was 128 400 km in March") suffix="km" class="input-number" inputmode="numeric" hint="Lower than before needs a reason." span=Span::Third />
                    <Field of=FieldView::plain("make", "Make", "") span=Span::Third suggestions=vec!["Škoda".to_owned(), "Seat".to_owned()] />
                    <TextArea of=FieldView::plain("concern", "What the customer says", "") placeholder="Squeals when braking" />
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Save customer" />
                    <ButtonLink href="/customers" label="Back" variant=Variant::Ghost />
                </FormActions>
            </form>
        </Card>
    }
}

#[component]
fn Choices() -> impl IntoView {
    view! {
        <Card title="Choices">
            <div class="form">
                <FormGrid>
                    <Select of=FieldView::plain("technician", "Technician", "j") prompt="Nobody yet" options=options([("j", "Jonas Weber"), ("p", "Priya Nair")]) />
                    <Field of=FieldView::plain("promised", "Promised", "2026-05-04T14:30").kind(Kind::Moment) step="900" />
                    <MoneyField of=FieldView::plain("rate", "Labor rate", "86.00") currency="€" hint="For one hour, net." />
                    <Field of=FieldView::plain("number", "Number", "WO-1042") readonly=true />
                    <Segmented of=FieldView::plain("priority", "Priority", "normal") options=options([("low", "Can wait"), ("normal", "Normal"), ("high", "Today")]) />
                    <FileField of=FieldView::plain("photos", "Photos", "") accept="image/*" multiple=true span=Span::Half />
                    <RadioGroup of=FieldView::plain("approved", "How did the customer approve?", "phone") span=Span::Half options=options([("person", "In person"), ("phone", "By phone"), ("link", "By the link")]) />
                    <CheckboxGroup of=FieldView::plain("roles", "For whom", "technician") hint="None selected: everyone." options=options([("technician", "Technicians"), ("receptionist", "Receptionists")]) />
                    <div>
                        <Checkbox of=FieldView::plain("notify", "Send a message when ready", "on") hint="By text, to +48 601 234 567" />
                        <Checkbox of=FieldView::plain("keep", "Keep replaced parts", "")  />
                        <Checkbox of=FieldView::plain("terms", "I accept the terms", "").wrong("Needed before work can start")  />
                    </div>
                </FormGrid>
            </div>
        </Card>
    }
}

#[component]
fn Filters() -> impl IntoView {
    view! {
        <Card title="A form in a row">
            <form method="get">
                <FormRow>
                    <Field of=FieldView::plain("quantity", "Quantity", "2") class="input-number" inputmode="decimal" />
                    <Button label="Reserve" />
                </FormRow>
            </form>
        </Card>
    }
}

#[component]
fn Bay() -> impl IntoView {
    view! {
        <div class="bay">
            <Card title="At the bay">
                <form class="form" method="post" action="/design">
                    <Segmented of=FieldView::plain("pads", "Front brake pads", "amber") options=options([("green", "Good"), ("amber", "Soon"), ("red", "Now")]) />
                    <Field of=FieldView::plain("mm", "Left, mm", "4") class="input-number" inputmode="decimal" />
                    <SubmitButton label="Save and next" size=Size::Bay />
                </form>
            </Card>
        </div>
    }
}
