//! The history of sign-ins.
use super::super::form::SignInSearch;
use super::super::model::SignInRow;
use super::{Head, When, Whose};
use crate::features::identity::browser;
use crate::kernel::MemberId;
use crate::kernel::page::Page;
use crate::server::db::sign_ins::SignInOutcome;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

pub(in super::super) struct SignInsView {
    pub page: Page<SignInRow>,
    pub people: Vec<(MemberId, String)>,
    pub search: SignInSearch,
    pub zone: Tz,
}

#[component]
pub(in super::super) fn SignIns(view: SignInsView) -> AnyView {
    let SignInsView {
        page,
        people,
        search,
        zone,
    } = view;
    let older = page.next.as_deref().map(|next| search.href(Some(next)));
    let newer = search.before.is_some().then(|| search.href(None));
    view! {
        <Head title="Sign-ins" subtitle="Successful and failed sign-ins of your team." path="/trail/sign-ins"/>
        <Card flush=true>
            <Filters search people/>
            <List rows=page.rows zone/>
            <KeysetPager newer older newer_label="Newest"/>
        </Card>
    }
    .into_any()
}

#[component]
fn Filters(search: SignInSearch, people: Vec<(MemberId, String)>) -> AnyView {
    let all = std::iter::once((String::new(), "Every result".to_owned()));
    let options: Vec<(String, String)> = all.chain(SignInOutcome::options()).collect();
    view! {
        <form class="filters items-end border-b border-line p-3" method="get" action="/trail/sign-ins" role="search">
            <Whose people selected=search.person/>
            <Select label="Result" name="outcome" options selected=search.outcome/>
            <Button label="Show" icon="filter"/>
        </form>
    }
    .into_any()
}

#[component]
fn List(rows: Vec<SignInRow>, zone: Tz) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState icon="log-in" title="No sign-ins" text="No sign-in matches these filters."/> }
            .into_any();
    }
    let columns = vec![
        "Who".into(),
        "Result".into(),
        "When".into(),
        "Address".into(),
        "Browser".into(),
    ];
    let rows = rows.into_iter().map(|row| line(row, zone)).collect_view();
    view! { <Table caption="Sign-ins" columns>{rows}</Table> }.into_any()
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
