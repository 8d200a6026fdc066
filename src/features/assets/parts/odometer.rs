//! The odometer's log, and a form for the next line.
use super::super::model::ReadingLine;
use super::view::ShowView;
use crate::domain::asset::OdometerSource;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) fn odometer_view(view: ShowView) -> AnyView {
    let form = (view.may_edit && !view.archived()).then(|| view! { <ReadingForm view=view.clone() /> });
    let readings = view.whole.readings.clone();
    // A later value that is lower stands out, so that nobody overlooks it in a long log.
    let older = readings.iter().skip(1).map(|line| Some(line.value)).chain([None]);
    let rows = readings
        .iter()
        .cloned()
        .zip(older)
        .map(|(line, before)| row(line, before, view.zone))
        .collect_view();
    let last = view
        .whole
        .asset
        .odometer
        .zip(view.whole.asset.odometer_at)
        .map(|(value, at)| {
            let day = locale().day_at(at, &view.zone);
            format!("{} {} on {day}", locale().count(i64::from(value)), view.unit)
        });
    let columns = vec![
        "Reading".into(),
        "Source".into(),
        "By".into(),
        Column::num("When"),
    ];
    let log = if readings.is_empty() {
        view! { <EmptyState icon="gauge" title="No readings yet" text="Recorded at check-in and completion; you can add one in between." /> }
            .into_any()
    } else {
        view! { <Table caption="Odometer readings" columns>{rows}</Table> }.into_any()
    };
    view! {
        <Card title="Odometer" subtitle=last id="odometer" flush=true>
            {form}
            {log}
        </Card>
    }
    .into_any()
}

fn row(line: ReadingLine, before: Option<i32>, zone: chrono_tz::Tz) -> AnyView {
    let text = locale().reading(line.value, &line.unit);
    let lower = before.is_some_and(|before| line.value < before);
    let badge = lower.then(|| view! { <Badge label="Lower" tone=Tone::Warning icon="trending-down" /> });
    view! {
        <Row>
            <MainCell text sub=line.reason>
                {badge}
            </MainCell>
            <Cell label="Source">{OdometerSource::parse(&line.source).map_or("", OdometerSource::label)}</Cell>
            <Cell label="By">{line.who}</Cell>
            <Cell label="When" num=true>{locale().moment(line.at, &zone)}</Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn ReadingForm(view: ShowView) -> AnyView {
    let fields = view.reading.fields();
    let asked = fields.odometer_reason.error.is_some() || fields.odometer_reason.is_set();
    let reason = asked.then(|| {
        view! {
            <Field of=fields.odometer_reason.demanded() placeholder="Instrument cluster replaced" span=Span::Full />
        }
    });
    view! {
        <form class="form border-b border-line p-4" method="post" action=format!("/vehicles/{}/odometer", view.whole.asset.id)>
            <FormConflict of=view.reading.conflict />
            <Hidden of=fields.key />
            <FormGrid>
                <Field of=fields.value suffix=view.unit class="input-number" />
                {reason}
            </FormGrid>
            <FormActions>
                <SubmitButton label="Save reading" variant=Variant::Plain />
            </FormActions>
        </form>
    }
    .into_any()
}
