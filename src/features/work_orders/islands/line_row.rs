//! One row of a job's table.
use crate::domain::line;
use crate::domain::order::LineKind;
use crate::domain::totals::LineAmounts;
use crate::kernel::form::Cell;
use crate::kernel::{Currency, Locale};
use crate::ui::prelude::*;
use leptos::prelude::*;

/// What a row starts with: as saved or as typed, with what is wrong per field.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct RowData {
    /// The line's id; empty for a new one.
    pub line: Cell,
    pub kind: Cell,
    pub description: Cell,
    pub part_number: Cell,
    pub quantity: Cell,
    pub unit_price: Cell,
    pub tax: Cell,
}

impl RowData {
    /// What is wrong with it: column, label and sentence.
    fn errors(&self) -> Vec<(String, String, String)> {
        let cells = [
            &self.kind,
            &self.description,
            &self.part_number,
            &self.quantity,
            &self.unit_price,
            &self.tax,
        ];
        let wrong = cells.into_iter();
        wrong
            .filter_map(|cell| Some((cell.name.clone(), cell.label.clone(), cell.error.clone()?)))
            .collect()
    }
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
    pub(super) fn new(key: usize, data: RowData) -> Self {
        let start = |cell: &Cell| RwSignal::new(cell.value.clone());
        Self {
            key,
            kind: start(&data.kind),
            quantity: start(&data.quantity),
            unit_price: start(&data.unit_price),
            tax: start(&data.tax),
            start: StoredValue::new(data),
        }
    }

    /// What it costs as typed so far.
    pub(super) fn amounts(&self, currency: Currency) -> Option<LineAmounts> {
        let (kind, quantity) = (self.kind.get(), self.quantity.get());
        line::amounts(
            &kind,
            &quantity,
            &self.unit_price.get(),
            &self.tax.get(),
            currency,
        )
    }
}

/// What every row needs to know.
#[derive(Clone)]
pub(super) struct RowContext {
    pub currency: Currency,
    pub locale: Locale,
    pub rates: StoredValue<Vec<(String, String)>>,
    pub dirty: RwSignal<bool>,
    /// Under which the ids of saved rows are posted that are taken away.
    pub remove: StoredValue<String>,
}

/// The row: inputs named like columns, and what it costs.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn EditLine(
    row: EditRow,
    context: RowContext,
    /// Takes a row away that was never saved.
    drop_row: Callback<usize>,
) -> impl IntoView {
    let start = row.start.get_value();
    let errors = start.errors();
    let RowData {
        line,
        kind,
        description,
        part_number,
        quantity,
        unit_price,
        tax,
    } = start;
    let currency = context.currency;
    let amount = move || match row.amounts(currency) {
        Some(line) if line.kind == LineKind::Text => String::new(),
        Some(line) => currency.show(line.net()),
        None => "–".to_owned(),
    };
    let touch = move || context.dirty.set(true);
    let part_error = about(row.key, &part_number);
    let [kind_label, quantity_label, price_label, tax_label] =
        [&kind, &quantity, &unit_price, &tax].map(|cell| cell.label.clone());
    let remove = if line.value.is_empty() {
        view! { <button type="button" class="btn btn-ghost btn-icon btn-sm needs-script" aria-label="Remove this line" on:click=move |_| drop_row.run(row.key)><Icon name="x" class="icon-sm"/></button> }.into_any()
    } else {
        let what = description.value.clone();
        view! { <RemoveStored name=context.remove.get_value() id=line.value.clone() what/> }.into_any()
    };
    view! {
        <tr on:input=move |_| touch()>
            <td class="line-kind" data-label=kind_label><input type="hidden" name=column(&line) value=line.value/><KindSelect row locale=context.locale cell=kind/></td>
            <td class="line-text"><div>
                <DescriptionInput row=row.key cell=description/>
                <input class="input line-part" name=column(&part_number) value=part_number.value aria-label=part_number.label placeholder="Part no."
                    maxlength=part_number.most.map(|most| most.to_string()) autocomplete="off"
                    aria-invalid=part_error.as_ref().map(|_| "true") aria-describedby=part_error/>
            </div></td>
            <td class="line-qty" data-label=quantity_label><NumberInput row=row.key cell=quantity into=row.quantity/></td>
            <td class="line-price" data-label=price_label><NumberInput row=row.key cell=unit_price into=row.unit_price/></td>
            <td class="line-tax" data-label=tax_label><TaxSelect row rates=context.rates cell=tax/></td>
            <td class="line-sum num" data-label=context.locale.line_net()>{amount}</td>
            <td class="line-remove">{remove}</td>
        </tr>
        <RowErrors row=row.key errors/>
    }
    .into_any()
}

/// A column is posted as a list: a cell for each row.
fn column(cell: &Cell) -> String {
    format!("{}[]", cell.name)
}

/// The id of what is wrong with this cell, if anything is.
fn about(row: usize, cell: &Cell) -> Option<String> {
    cell.error.as_ref().map(|_| error_id(row, &cell.name))
}

#[component]
fn NumberInput(row: usize, cell: Cell, into: RwSignal<String>) -> impl IntoView {
    let error = about(row, &cell);
    view! {
        <input class="input input-number" name=column(&cell) value=cell.value aria-label=cell.label inputmode="decimal" autocomplete="off"
            maxlength=cell.most.map(|most| most.to_string())
            aria-invalid=error.as_ref().map(|_| "true") aria-describedby=error
            on:input=move |event| into.set(event_target_value(&event))/>
    }
    .into_any()
}

/// Grows with its text; Enter saves the table, as in the fields beside it.
#[component]
fn DescriptionInput(row: usize, cell: Cell) -> impl IntoView {
    let error = about(row, &cell);
    let name = column(&cell);
    let text = MaybeText::from(cell.value).escaped();
    view! {
        <textarea class="input" name=name rows="1" aria-label=cell.label.clone() placeholder=cell.label maxlength=cell.most.map(|most| most.to_string())
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
fn KindSelect(row: EditRow, locale: Locale, cell: Cell) -> impl IntoView {
    let options = LineKind::ALL
        .iter()
        .map(|kind| view! { <option value=kind.name() selected=kind.name() == cell.value>{locale.word(kind.label())}</option> })
        .collect_view();
    view! {
        <select class="input" name=column(&cell) aria-label=cell.label on:change=move |event| row.kind.set(event_target_value(&event))>{options}</select>
    }
    .into_any()
}

#[component]
fn TaxSelect(row: EditRow, rates: StoredValue<Vec<(String, String)>>, cell: Cell) -> impl IntoView {
    let options = rates
        .get_value()
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == cell.value;
            view! { <option value=value selected=chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <select class="input" name=column(&cell) aria-label="Tax rate" on:change=move |event| row.tax.set(event_target_value(&event))>{options}</select>
    }
    .into_any()
}

/// Saves the table without this row.
#[component]
fn RemoveStored(name: String, id: String, what: String) -> impl IntoView {
    view! {
        <button type="submit" class="btn btn-ghost btn-icon btn-sm" name=name value=id aria-label=format!("Remove {what}") title="Remove this line">
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
fn RowErrors(row: usize, errors: Vec<(String, String, String)>) -> impl IntoView {
    let lines = errors
        .into_iter()
        .map(|(column, label, text)| {
            let id = error_id(row, &column);
            view! { <p class="field-error" id=id><Icon name="alert-circle"/><span><b>{label}</b>" "{text}</span></p> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <tr class="line-errors"><td colspan="7">{lines}</td></tr> })
}
