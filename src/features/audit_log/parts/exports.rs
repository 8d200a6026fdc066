//! The log of exports.
use super::super::form::ExportQuery;
use super::super::model::ExportRow;
use super::{When, framed};
use crate::kernel::page::Slice;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

pub(in super::super) fn exports_view(rows: Slice<ExportRow>, query: ExportQuery, zone: Tz) -> AnyView {
    let subtitle = "Data that was exported or printed, and by whom.";
    let yet = Empty::new(
        "download",
        "No exports yet",
        "Exports and prints show here with who made them.",
    );
    let frame = framed(&query, &rows, "Exports and prints", subtitle).empty(yet, Empty::default());
    let lines = rows.rows.into_iter().map(|row| {
        view! {
            <Row>
                <MainCell text=row.what/>
                <Cell label="Who">{row.who}</Cell>
                <When at=row.at zone/>
                <Cell label="Rows" num=true>{row.rows}</Cell>
            </Row>
        }
    });
    let lines = lines.collect_view();
    let columns = vec!["What".into(), "Who".into(), "When".into(), Column::num("Rows")];
    view! { <ListPage frame><Table caption="Exports and prints" columns>{lines}</Table></ListPage> }
        .into_any()
}
