//! One row of a job's table.
use crate::domain::line::LineFields;
use crate::domain::order::LineKind;
use crate::domain::totals::LineAmounts;
use crate::kernel::{Currency, Locale};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What a row starts with: as saved or as typed, with what is wrong per field.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct RowData {
    pub fields: LineFields,
    pub errors: Vec<(String, String)>,
}

/// A row that is being edited. Texts keep themselves; what costs is followed.
#[derive(Clone, Copy)]
pub(super) struct EditRow {
    pub key: usize,
    pub start: StoredValue<RowData>,
    kind: RwSignal<String>,
    quantity: RwSignal<String>,
    unit_price: RwSignal<String>,
    tax: RwSignal<String>,
}

impl EditRow {
    pub fn new(key: usize, data: RowData) -> Self {
        let fields = data.fields.clone();
        Self {
            key,
            start: StoredValue::new(data),
            kind: RwSignal::new(fields.kind),
            quantity: RwSignal::new(fields.quantity),
            unit_price: RwSignal::new(fields.unit_price),
            tax: RwSignal::new(fields.tax),
        }
    }

    /// What it costs as typed so far.
    pub fn amounts(&self, currency: Currency) -> Option<LineAmounts> {
        LineFields {
            kind: self.kind.get(),
            quantity: self.quantity.get(),
            unit_price: self.unit_price.get(),
            tax: self.tax.get(),
            ..LineFields::default()
        }
        .amounts(currency)
    }
}

/// What every row needs to know.
#[derive(Clone)]
pub(super) struct RowContext {
    pub currency: Currency,
    pub locale: Locale,
    pub rates: StoredValue<Vec<(String, String)>>,
    pub dirty: RwSignal<bool>,
}

/// The row: inputs named like columns, and what it costs.
#[component]
pub(super) fn EditLine(
    row: EditRow,
    context: RowContext,
    /// Takes a row away that was never saved.
    drop_row: Callback<usize>,
) -> impl IntoView {
    let RowData { fields, errors } = row.start.get_value();
    let currency = context.currency;
    let amount = move || match row.amounts(currency) {
        Some(line) if line.kind == LineKind::Text => String::new(),
        Some(line) => currency.show(line.net()),
        None => "–".to_owned(),
    };
    let (id, stored) = (fields.id.clone(), !fields.id.is_empty());
    let touch = move || context.dirty.set(true);
    let about = |column: &str| {
        errors
            .iter()
            .any(|(field, _)| field == column)
            .then(|| error_id(row.key, column))
    };
    let (text_error, part_error) = (about("description"), about("part_number"));
    let (quantity_error, price_error) = (about("quantity"), about("unit_price"));
    let remove = if stored {
        view! { <RemoveStored id=id.clone() name=fields.description.clone()/> }.into_any()
    } else {
        view! { <button type="button" class="btn btn-ghost btn-icon btn-sm needs-script" aria-label="Remove this line" on:click=move |_| drop_row.run(row.key)><Icon name="x" class="icon-sm"/></button> }.into_any()
    };
    view! {
        <tr on:input=move |_| touch()>
            <td class="line-kind" data-label="Kind"><input type="hidden" name="line[]" value=id/><KindSelect row locale=context.locale selected=fields.kind.clone()/></td>
            <td class="line-text"><div>
                <DescriptionInput text=fields.description error=text_error/>
                <input class="input line-part" name="part_number[]" value=fields.part_number aria-label="Part number" placeholder="Part no." maxlength="60" autocomplete="off"
                    aria-invalid=part_error.as_ref().map(|_| "true") aria-describedby=part_error/>
            </div></td>
            <td class="line-qty" data-label="Quantity"><NumberInput name="quantity[]" label="Quantity" start=fields.quantity into=row.quantity error=quantity_error/></td>
            <td class="line-price" data-label="Unit price"><NumberInput name="unit_price[]" label="Unit price" start=fields.unit_price into=row.unit_price error=price_error/></td>
            <td class="line-tax" data-label="Tax"><TaxSelect row rates=context.rates selected=fields.tax/></td>
            <td class="line-sum num" data-label=context.locale.line_net()>{amount}</td>
            <td class="line-remove">{remove}</td>
        </tr>
        <RowErrors row=row.key errors/>
    }
    .into_any()
}

#[component]
fn NumberInput(
    name: &'static str,
    label: &'static str,
    start: String,
    into: RwSignal<String>,
    error: Option<String>,
) -> impl IntoView {
    view! {
        <input class="input input-number" name=name value=start aria-label=label inputmode="decimal" autocomplete="off" maxlength="20"
            aria-invalid=error.as_ref().map(|_| "true") aria-describedby=error
            on:input=move |event| into.set(event_target_value(&event))/>
    }
    .into_any()
}

/// Grows with its text; Enter saves the table, as in the fields beside it.
#[component]
fn DescriptionInput(text: String, error: Option<String>) -> impl IntoView {
    let text = MaybeText::from(text).escaped();
    view! {
        <textarea class="input" name="description[]" rows="1" aria-label="Description" placeholder="Description" maxlength="500"
            aria-invalid=error.as_ref().map(|_| "true") aria-describedby=error
            on:keydown=save_on_enter inner_html=text></textarea>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn save_on_enter(event: leptos::ev::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    if event.key() != "Enter" || event.shift_key() || event.is_composing() {
        return;
    }
    event.prevent_default();
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    if let Some(form) = field.and_then(|field| field.form()) {
        // Refused only when the browser finds a field invalid, and then it says so itself.
        let _ = form.request_submit();
    }
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
fn save_on_enter(_: leptos::ev::KeyboardEvent) {}

#[component]
fn KindSelect(row: EditRow, locale: Locale, selected: String) -> impl IntoView {
    let options = LineKind::ALL
        .iter()
        .map(|kind| view! { <option value=kind.name() selected=kind.name() == selected>{locale.word(kind.label())}</option> })
        .collect_view();
    view! {
        <select class="input" name="kind[]" aria-label="Kind" on:change=move |event| row.kind.set(event_target_value(&event))>{options}</select>
    }
    .into_any()
}

#[component]
fn TaxSelect(row: EditRow, rates: StoredValue<Vec<(String, String)>>, selected: String) -> impl IntoView {
    let options = rates
        .get_value()
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == selected;
            view! { <option value=value selected=chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <select class="input" name="tax[]" aria-label="Tax rate" on:change=move |event| row.tax.set(event_target_value(&event))>{options}</select>
    }
    .into_any()
}

/// Saves the table without this row.
#[component]
fn RemoveStored(id: String, name: String) -> impl IntoView {
    view! {
        <button type="submit" class="btn btn-ghost btn-icon btn-sm" name="remove[]" value=id aria-label=format!("Remove {name}") title="Remove this line">
            <Icon name="trash" class="icon-sm"/>
        </button>
    }
    .into_any()
}

/// Only one table on a page comes back with errors.
fn error_id(row: usize, column: &str) -> String {
    format!("line-{row}-{column}-error")
}

/// What is wrong with the row above.
#[component]
fn RowErrors(row: usize, errors: Vec<(String, String)>) -> impl IntoView {
    let lines = errors
        .into_iter()
        .map(|(field, text)| {
            let id = error_id(row, &field);
            let field = match field.as_str() {
                "unit_price" => "Unit price",
                "quantity" => "Quantity",
                "description" => "Description",
                "part_number" => "Part number",
                "tax" => "Tax",
                _ => "Kind",
            };
            view! { <p class="field-error" id=id><Icon name="alert-circle"/><span><b>{field}</b>" "{text}</span></p> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <tr class="line-errors"><td colspan="7">{lines}</td></tr> })
}
