//! A job's lines as one table and one form: it adds up while typing, through the same function that the server saves by.
use super::line_row::{EditLine, EditRow, RowContext, RowData};
use crate::domain::totals::{Totals, totals};
use crate::kernel::form::Cell;
use crate::kernel::{Currency, Locale, Money};
use crate::ui::island::wakes;
use crate::ui::prelude::*;
use leptos::ev;
use leptos::prelude::*;

/// The table of one job. Without script it is the same form with one empty row at its end.
#[island]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn LineEditor(
    /// Where it posts.
    action: String,
    /// The order's version that it shows.
    version: Cell,
    /// Answers a double click once.
    form_key: Cell,
    /// The ids of the rows to take away.
    remove: Cell,
    currency: Currency,
    locale: Locale,
    rows: Vec<RowData>,
    /// Value (basis points) and label of each tax rate.
    rates: Vec<(String, String)>,
    /// What a new row starts with.
    blank: RowData,
) -> impl IntoView {
    let next = StoredValue::new(rows.len());
    let rows = RwSignal::new(
        rows.into_iter()
            .enumerate()
            .map(|(key, data)| EditRow::new(key, data))
            .collect::<Vec<_>>(),
    );
    let dirty = RwSignal::new(false);
    // The browser asks before lines that were not saved are left behind, by a link or by another form of the page.
    Effect::new(move |_| {
        let leaving = window_event_listener(ev::beforeunload, move |ev| {
            if dirty.get_untracked() {
                ev.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
    });
    let context = RowContext {
        currency,
        locale,
        rates: StoredValue::new(rates),
        dirty,
        remove: StoredValue::new(format!("{}[]", remove.name)),
    };
    let drop_row = Callback::new(move |key: usize| rows.update(|rows| rows.retain(|row| row.key != key)));
    let blank = StoredValue::new(blank);
    let add = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        rows.update(|rows| {
            rows.push(EditRow::new(key, blank.get_value()));
        });
    };
    let sums = Memo::new(move |_| {
        totals(
            &rows
                .read()
                .iter()
                .filter_map(|row| row.amounts(currency))
                .collect::<Vec<_>>(),
        )
    });
    // By its job, the last but one part of the address.
    let id = format!("lines-{}", action.rsplit('/').nth(1).unwrap_or_default());
    view! {
        <form method="post" action=action class="lines-form" id=id data-keep=move || dirty.get().then_some("") on:submit=move |_| dirty.set(false)>
            // Enter in a field presses the first button of a form: it has to be this one and not a row's trash can.
            <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true">"Save lines"</button>
            <input type="hidden" name=version.name value=version.value/>
            <input type="hidden" name=form_key.name value=form_key.value/>
            <table class="lines">
                <LinesHead locale/>
                <tbody>
                    <For each=move || rows.get() key=|row| row.key let:row>
                        <EditLine row context=context.clone() drop_row/>
                    </For>
                </tbody>
            </table>
            <div class="lines-foot">
                <div class="lines-actions">
                    <button type="button" class="btn btn-sm needs-script" on:click=add><Icon name="plus"/>"Add line"</button>
                    <button type="submit" class=move || if dirty.get() { "btn btn-sm btn-primary" } else { "btn btn-sm" }><Icon name="check"/>"Save lines"</button>
                    <span class="lines-dirty" role="status">{move || dirty.get().then_some("Not saved yet")}</span>
                </div>
                <LineSums currency locale sums/>
            </div>
        </form>
    }
    .into_any()
}

wakes!(
    LineEditor,
    wake_LineEditor,
    LineEditorProps,
    LineEditorPropsSerialized {
        action,
        version,
        form_key,
        remove,
        currency,
        locale,
        rows,
        rates,
        blank
    }
);

#[component]
fn LinesHead(locale: Locale) -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"Kind"</th>
                <th scope="col">"Description"</th>
                <th scope="col" class="num">"Quantity"</th>
                <th scope="col" class="num">"Unit price"</th>
                <th scope="col">"Tax"</th>
                <th scope="col" class="num">{locale.line_net()}</th>
                <th scope="col"><span class="sr-only">"Remove"</span></th>
            </tr>
        </thead>
    }
    .into_any()
}

/// Net, tax and total as typed so far.
#[component]
fn LineSums(currency: Currency, locale: Locale, sums: Memo<Totals>) -> impl IntoView {
    let show = move |part: fn(&Totals) -> Money| move || currency.show(part(&sums.read()));
    view! {
        <dl class="lines-sums">
            <div><dt>{locale.net()}</dt><dd>{show(|s| s.net)}</dd></div>
            <div><dt>{locale.tax()}</dt><dd>{show(|s| s.tax)}</dd></div>
            <div class="is-total"><dt>"Job total"</dt><dd>{show(|s| s.gross)}</dd></div>
        </dl>
    }
    .into_any()
}
