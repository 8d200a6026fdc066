//! The console's frame and lists.
use super::form::{NoteForm, PlanForm, StopForm};
use super::model::{Act, Listed, Organization, counted, letters, plan, stored};
use crate::features::support::Grant;
use crate::kernel::page::Slice;
use crate::kernel::{Filled, OrgState};
use crate::server::db::jobs::Lag as JobLag;
use crate::ui::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

/// The frame of every page: plainly not a workshop's.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Console(who: String, flash: Option<String>, children: Children) -> impl IntoView {
    let links = vec![
        ("/platform".to_owned(), "Workshops".to_owned()),
        ("/platform/history".to_owned(), "Activity".to_owned()),
    ];
    let actions = move || {
        view! {
            <span class="text-muted">{who}</span>
            <PostButton action="/platform/sign-out" label="Sign out"/>
        }
    };
    view! {
        <PublicFrame links actions>
            <div class="mx-auto grid w-full max-w-6xl gap-6 p-6">{children()}</div>
        </PublicFrame>
        {flash.map(|text| view! { <Toast tone=Tone::Success text/> })}
    }
}

pub(super) fn tone(state: OrgState) -> Tone {
    match state {
        OrgState::Trial => Tone::Info,
        OrgState::Active => Tone::Success,
        OrgState::PastDue => Tone::Warning,
        OrgState::ReadOnly | OrgState::Locked | OrgState::Suspended => Tone::Danger,
    }
}

fn day(at: DateTime<Utc>) -> String {
    locale().day(at.date_naive())
}

fn moment(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "Never".to_owned(), |at| locale().moment(at, &Utc))
}

/// What ends at midnight belongs to the day before.
pub(super) fn last_moment(end: DateTime<Utc>) -> DateTime<Utc> {
    end - TimeDelta::seconds(1)
}

fn end(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "Never".to_owned(), |at| day(last_moment(at)))
}

pub(super) fn organizations_view(frame: ListFrame, rows: Vec<Listed>) -> AnyView {
    let lines = rows.into_iter().map(|row| {
        let href = format!("/platform/organizations/{}", row.id);
        view! {
            <Row>
                <MainCell text=row.name href sub=row.slug/>
                <Cell label="State"><Badge label=row.state.label() tone=tone(row.state)/></Cell>
                <Cell label="Plan">{plan(row.on_trial)}</Cell>
                <Cell label="Ends" date=true>{end(row.expires_at)}</Cell>
                <Cell label="Last use" date=true>{moment(row.last_seen_at)}</Cell>
                <Cell label="People" num=true>{row.members}</Cell>
                <Cell label="Work orders" num=true>{row.orders}</Cell>
                <Cell label="Storage" num=true>{stored(row.storage)}</Cell>
            </Row>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    let columns = vec![
        "Workshop".into(),
        "State".into(),
        "Plan".into(),
        "Ends".into(),
        "Last use".into(),
        Column::num("People"),
        Column::num("Work orders"),
        Column::num("Storage"),
    ];
    let actions = || view! { <ButtonLink href="/platform/history" label="Activity" icon="history"/> };
    view! { <ListPage frame actions><Table caption="Workshops" columns>{lines}</Table></ListPage> }.into_any()
}

/// How background work stands: mail, measuring, cleaning up.
pub(super) fn jobs_view(lag: JobLag) -> impl IntoView {
    let waiting = match lag.waiting {
        0 => "Nothing is late".to_owned(),
        many => format!("{many} waiting, the oldest for {:.0} s", lag.oldest_s),
    };
    let tone = if lag.oldest_s > 60.0 {
        Tone::Warning
    } else {
        Tone::Success
    };
    let given_up = (lag.given_up > 0)
        .then(|| view! { <Badge label=format!("{} failed for good", lag.given_up) tone=Tone::Danger/> });
    view! {
        <p class="flex flex-wrap items-center gap-2">
            <span class="text-muted">"Background jobs"</span>
            <Badge label=waiting tone/>
            {given_up}
        </p>
    }
}

#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn Facts(org: Organization) -> AnyView {
    let until = org
        .state_until
        .map(|at| format!(" until {}", locale().moment(at, &Utc)))
        .unwrap_or_default();
    let (state, tone) = (org.state.label(), tone(org.state));
    let reason = org.suspended_at.map(|at| {
        view! { <Fact label="Suspended">{format!("{}: {}", locale().moment(at, &Utc), org.suspended_reason)}</Fact> }
    });
    let storage = match org.storage {
        Some(known) => format!(
            "{}, measured {}",
            stored(org.storage),
            locale().moment(known.measured_at, &Utc)
        ),
        None => stored(None),
    };
    let left = org
        .cancelled_at
        .map(|at| view! { <Fact label="Left">{locale().moment(at, &Utc)}</Fact> });
    view! {
        <Card title="Overview" subtitle="Times are UTC.">
            <DescriptionList>
                <Fact label="Address">{org.slug}</Fact>
                <Fact label="State"><Badge label=state tone/>{until}</Fact>
                <Fact label="Plan">{format!("{}, {}", plan(org.on_trial), end(org.expires_at))}</Fact>
                {left}
                {reason}
                <Fact label="Opened">{moment(Some(org.created_at))}</Fact>
                <Fact label="Last use">{moment(org.last_seen_at)}</Fact>
                <Fact label="People">{org.members}</Fact>
                <Fact label="Work orders">{org.orders}</Fact>
                <Fact label="Customers">{counted(org.customers)}</Fact>
                <Fact label="Vehicles and devices">{counted(org.assets)}</Fact>
                <Fact label="Invoices">{counted(org.invoices)}</Fact>
                <Fact label="Storage">{storage}</Fact>
                <Fact label="E-mails">{letters(org.letters_waiting, org.letters_failed)}</Fact>
            </DescriptionList>
        </Card>
    }
    .into_any()
}

pub(super) fn plan_card_view(path: String, filled: Filled<PlanForm>) -> AnyView {
    let plans = options([("trial", "Trial"), ("standard", "Standard")]);
    let (head, fields) = (filled.head(), filled.fields());
    view! {
        <Card title="Plan and end">
            <form class="form" method="post" action=format!("{path}/plan")>
                <FormConflict of=head.conflict/>
                <FormGrid>
                    <Segmented of=fields.plan.lenient() options=plans/>
                    <Field of=fields.ends_on hint="The whole day, in UTC. Leave empty for no end."/>
                </FormGrid>
                <FormActions>
                    <SubmitButton label="Set plan"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

pub(super) fn stop_card_view(path: String, suspended: bool, filled: Filled<StopForm>) -> AnyView {
    let (head, fields) = (filled.head(), filled.fields());
    let (title, action, label, variant) = if suspended {
        (
            "Reactivate",
            "resume",
            "Reactivate the workshop",
            Variant::Primary,
        )
    } else {
        ("Suspend", "suspend", "Suspend the workshop", Variant::DangerFill)
    };
    view! {
        <Card title=title>
            <form class="form" method="post" action=format!("{path}/{action}")>
                <FormConflict of=head.conflict/>
                <TextArea of=fields.reason hint="The workshop sees it in its activity log when it is reactivated."/>
                <FormActions>
                    <SubmitButton label=label variant/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

pub(super) fn note_card_view(path: String, filled: Filled<NoteForm>) -> AnyView {
    let note = filled.fields().note;
    view! {
        <Card title="Note" subtitle="For our support team. The workshop does not see it.">
            <form class="form" method="post" action=format!("{path}/note")>
                <TextArea of=note hint="It is kept below and cannot be changed. Enter no data of the workshop's customers."/>
                <FormActions>
                    <SubmitButton label="Save note"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

pub(super) fn support_card_view(path: String, grants: Vec<Grant>, now: DateTime<Utc>) -> AnyView {
    let running = grants.iter().any(|grant| grant.runs(now));
    let look = running.then(|| view! { <PostButton action=format!("{path}/look") label="Open the workshop" variant=Variant::Primary/> });
    let lines = grants.iter().map(|grant| {
        let end = match grant.ended_at {
            Some(at) => format!("ended {}", locale().moment(at, &Utc)),
            None if grant.runs(now) => format!("until {}", locale().moment(grant.expires_at, &Utc)),
            None => format!("ran out {}", locale().moment(grant.expires_at, &Utc)),
        };
        view! { <li>{format!("Granted {}, {end}", locale().moment(grant.granted_at, &Utc))}</li> }
    });
    let lines = lines.collect::<Vec<_>>();
    let none = lines.is_empty().then(|| view! { <p>"Never granted."</p> });
    view! {
        <Card title="Support access" subtitle="Only its owner can grant access. Every page we open is in its activity log.">
            <div class="stack">{none}<ul class="grid gap-1">{lines}</ul>{look}</div>
        </Card>
    }
    .into_any()
}

/// What was done to one workshop.
#[component]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub(super) fn History(acts: Slice<Act>, path: String, later: bool) -> AnyView {
    let older = acts.next.as_deref().map(|next| format!("{path}?before={next}"));
    let newer = later.then_some(path);
    if acts.rows.is_empty() {
        return view! { <Card title="Activity"><p>"Nothing yet."</p></Card> }.into_any();
    }
    view! {
        <Card title="Activity" flush=true>
            {acts_view(acts.rows, false)}
            <KeysetPager newer older newer_label="Newest"/>
        </Card>
    }
    .into_any()
}

/// What was done; with the workshop's name where the list is of all.
pub(super) fn acts_view(rows: Vec<Act>, named: bool) -> AnyView {
    let lines = rows.into_iter().map(|act| {
        let href = act
            .org
            .filter(|_| named)
            .map(|org| format!("/platform/organizations/{org}"));
        view! {
            <Row>
                <MainCell text=act.summary href/>
                <Cell label="Workshop">{act.org_name.filter(|_| named)}</Cell>
                <Cell label="Who">{act.who}</Cell>
                <Cell label="When" date=true>{locale().moment(act.at, &Utc)}</Cell>
            </Row>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    let columns = vec!["What".into(), "Workshop".into(), "Who".into(), "When".into()];
    view! { <Table caption="Activity" columns>{lines}</Table> }.into_any()
}
