//! The history of sign-ins.
use super::super::form::SignInQuery;
use super::super::model::SignInRow;
use super::{FilterForm, When, framed, whose_view};
use crate::features::identity::browser;
use crate::kernel::MemberId;
use crate::kernel::page::Slice;
use crate::server::db::sign_ins::SignInOutcome;
use crate::server::prelude::ListQuery;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

pub(in super::super) struct SignInsView {
    pub page: Slice<SignInRow>,
    pub people: Vec<(MemberId, String)>,
    pub query: SignInQuery,
    pub zone: Tz,
}

pub(in super::super) fn sign_ins_view(view: SignInsView) -> AnyView {
    let SignInsView {
        page,
        people,
        query,
        zone,
    } = view;
    let subtitle = "Successful and failed sign-ins of your team.";
    let frame = framed(&query, &page, "Sign-ins", subtitle).empty(
        Empty::new("log-in", "No sign-ins", "Sign-ins show here."),
        Empty::new("log-in", "No sign-ins", "No sign-in matches these filters."),
    );
    let filters = move || view! { <Filters query people/> };
    let columns = vec![
        "Who".into(),
        "Result".into(),
        "When".into(),
        "Address".into(),
        "Browser".into(),
    ];
    let rows = page.rows.into_iter().map(|row| line(row, zone)).collect_view();
    view! { <ListPage frame filters><Table caption="Sign-ins" columns>{rows}</Table></ListPage> }.into_any()
}

#[component]
fn Filters(query: SignInQuery, people: Vec<(MemberId, String)>) -> AnyView {
    let all = std::iter::once((String::new(), "Every result".to_owned()));
    let options: Vec<(String, String)> = all.chain(SignInOutcome::options()).collect();
    let clear = query.is_narrowed().then(|| query.cleared().href());
    let controls = query.controls();
    view! {
        <FilterForm path=SignInQuery::PATH clear>
            {whose_view(people, controls.person)}
            <Select of=controls.outcome options/>
        </FilterForm>
    }
    .into_any()
}

fn line(row: SignInRow, zone: Tz) -> AnyView {
    let label = row.outcome.label();
    let tone = match row.outcome {
        SignInOutcome::Ok => Tone::Success,
        SignInOutcome::Wrong => Tone::Warning,
        SignInOutcome::Throttled => Tone::Danger,
    };
    view! {
        <Row>
            <MainCell text=row.who/>
            <Cell label="Result"><Badge label tone/></Cell>
            <When at=row.at zone/>
            <Cell label="Address">{row.address}</Cell>
            <Cell label="Browser">{browser(&row.user_agent)}</Cell>
        </Row>
    }
    .into_any()
}
