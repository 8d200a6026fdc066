//! The log of exports.
use super::super::form::href;
use super::super::model::ExportRow;
use super::{Head, When};
use crate::kernel::page::Page;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

#[component]
pub(in super::super) fn Exports(rows: Page<ExportRow>, zone: Tz, later: bool) -> AnyView {
    const PATH: &str = "/trail/exports";
    let older = rows.next.as_deref().map(|next| href(PATH, &[], Some(next)));
    let newer = later.then(|| PATH.to_owned());
    view! {
        <Head title="Exports" subtitle="Data that was exported, and by whom." path=PATH/>
        <Card flush=true>
            <List rows=rows.rows zone/>
            <KeysetPager newer older newer_label="Newest"/>
        </Card>
    }
    .into_any()
}

#[component]
fn List(rows: Vec<ExportRow>, zone: Tz) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState icon="download" title="No exports yet" text="Exports show here with who made them."/> }.into_any();
    }
    let lines = rows.into_iter().map(|row| {
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
    view! { <Table caption="Exports" columns=vec!["What".into(), "Who".into(), "When".into(), Column::num("Rows")]>{lines}</Table> }
        .into_any()
}
