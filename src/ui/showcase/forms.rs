//! Forms: empty, filled, refused.

use leptos::prelude::*;

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
                    <Field label="Name" name="name" required=true error="A customer needs a name" autocomplete="name" />
                    <Field label="Mobile" name="phone" kind="tel" value="+48 601 234 567" autocomplete="tel" />
                    <Field
                        label="Email"
                        name="email"
                        kind="email"
                        hint="Invoices go here."
                        placeholder="anna@example.com"
                        span=Span::TwoThirds
                    />
                    <Field label="VAT number" name="vat" class="input-code" span=Span::Third />
                    <Field
                        label="Plate"
                        name="plate"
                        value="WX41KLM"
                        class="input-code"
                        required=true
                        span=Span::Third
                    />
                    <Field
                        label="Odometer"
                        name="odometer"
                        value="12 840"
                        suffix="km"
                        class="input-number"
                        inputmode="numeric"
                        error="The odometer was 128 400 km in March"
                        hint="Lower than before needs a reason."
                        span=Span::Third
                    />
                    <Field
                        label="Make"
                        name="make"
                        span=Span::Third
                        suggestions=vec!["Škoda".to_owned(), "Seat".to_owned()]
                    />
                    <TextArea label="What the customer says" name="concern" placeholder="Squeals when braking" />
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
                    <Select
                        label="Technician"
                        name="technician"
                        prompt="Nobody yet"
                        selected="j"
                        options=options([("j", "Jonas Weber"), ("p", "Priya Nair")])
                    />
                    <DateTimeField label="Promised" name="promised" value="2026-05-04T14:30" step="900" />
                    <MoneyField label="Labor rate" name="rate" currency="€" value="86.00" hint="For one hour, net." />
                    <Field label="Number" name="number" value="WO-1042" readonly=true />
                    <Segmented
                        label="Priority"
                        name="priority"
                        selected="normal"
                        options=options([("low", "Can wait"), ("normal", "Normal"), ("high", "Today")])
                    />
                    <FileField label="Photos" name="photos" accept="image/*" multiple=true span=Span::Half />
                    <RadioGroup
                        label="How did the customer approve?"
                        name="approved"
                        selected="phone"
                        span=Span::Half
                        options=options([("person", "In person"), ("phone", "By phone"), ("link", "By the link")])
                    />
                    <CheckboxGroup
                        label="For whom"
                        name="roles"
                        selected=vec!["technician".to_owned()]
                        hint="None selected: everyone."
                        options=options([("technician", "Technicians"), ("receptionist", "Receptionists")])
                    />
                    <div>
                        <Checkbox
                            label="Send a message when ready"
                            name="notify"
                            checked=true
                            hint="By text, to +48 601 234 567"
                        />
                        <Checkbox label="Keep replaced parts" name="keep" />
                        <Checkbox label="I accept the terms" name="terms" error="Needed before work can start" />
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
                    <Field label="Quantity" name="quantity" value="2" class="input-number" inputmode="decimal" />
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
                    <Segmented
                        label="Front brake pads"
                        name="pads"
                        selected="amber"
                        options=options([("green", "Good"), ("amber", "Soon"), ("red", "Now")])
                    />
                    <Field label="Left, mm" name="mm" value="4" class="input-number" inputmode="decimal" />
                    <SubmitButton label="Save and next" size=Size::Bay />
                </form>
            </Card>
        </div>
    }
}
