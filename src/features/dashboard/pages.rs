//! The page.
use super::model::{Due, Figures, Work};
use super::parts::{due_card_view, money_part_view, now_tiles_view, phase_card_view};
use super::selectors;
use crate::features::announcements::{self, Unread, unread_card_view};
use crate::features::work_orders::mentions_view;
use crate::features::work_orders::selectors::mentions;
use crate::features::work_orders::view::Mention;
use crate::kernel::permission::{CreateWorkOrders, RecordWork, UseWorkshop, ViewFigures, ViewWorkOrders};
use crate::kernel::time::Month;
use crate::server::prelude::*;
use crate::ui::prelude::{ButtonLink, PageHeader, Variant};
use chrono::{DateTime, NaiveDateTime, Timelike, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Everything that is shown, formatted where the branch's clock is needed.
struct Shown {
    greeting: String,
    subtitle: String,
    work: Work,
    due: Vec<super::parts::DueRow>,
    mine: bool,
    unread: Unread,
    mentions: Vec<Mention>,
    now: DateTime<Utc>,
    zone: Tz,
    figures: Option<(Figures, Currency)>,
    money_first: bool,
    may_create: bool,
}

/// `/dashboard`
pub(super) async fn dashboard(mut scope: Scope<UseWorkshop>) -> PageResult {
    let zone = scope.session().working_branch()?.time_zone;
    let local = scope.now().with_timezone(&zone).naive_local();
    let role = scope.session().role_here();
    let work = selectors::work(&mut scope).await?;
    let due = if role == Role::Technician {
        selectors::mine(&mut scope).await?
    } else {
        selectors::due(&mut scope).await?
    };
    let unread = announcements::selectors::unread(&mut scope).await?;
    let mentions = mentions(&mut scope).await?;
    let figures = if scope.allows::<ViewFigures>() {
        Some((
            selectors::figures(&mut scope, Month::of(local.date())).await?,
            scope.session().settings.currency,
        ))
    } else {
        None
    };
    let shown = Shown {
        greeting: greeting(local, &scope.session().name),
        subtitle: format!(
            "{} · {}",
            scope.session().locale().long_weekday_and_day(local.date()),
            place(&scope)
        ),
        due: due.into_iter().map(|row| due_row(&scope, row)).collect(),
        mine: role == Role::Technician && scope.allows::<RecordWork>(),
        money_first: role == Role::Accountant,
        may_create: scope.session().opens::<CreateWorkOrders>(),
        now: scope.now(),
        zone,
        unread,
        mentions,
        work,
        figures,
    };
    let board = scope.session().opens::<ViewWorkOrders>();
    Ok(scope.page(
        Page::new("Dashboard").nav("/dashboard").news_of_orders(),
        move || view(shown, board),
    ))
}

fn due_row(scope: &Scope<UseWorkshop>, due: Due) -> super::parts::DueRow {
    let branch = scope.session().branch(due.branch);
    let zone = branch.map_or(chrono_tz::UTC, |branch| branch.time_zone);
    super::parts::DueRow::new(due, scope.now(), scope.session().locale(), zone)
}

/// `Good morning, Katharina`.
fn greeting(local: NaiveDateTime, name: &str) -> String {
    let part = match local.hour() {
        4..12 => "morning",
        12..18 => "afternoon",
        _ => "evening",
    };
    match name.split_whitespace().next() {
        Some(first) => format!("Good {part}, {first}"),
        None => format!("Good {part}"),
    }
}

/// `Nordwind Garage, Hamburg`.
fn place(scope: &Scope<UseWorkshop>) -> String {
    let session = scope.session();
    match (session.chosen_branch(), session.branches_to_choose().len()) {
        (Some(branch), _) => format!("{}, {}", session.org_name, branch.name),
        (None, 0 | 1) => session.org_name.clone(),
        (None, _) => format!("{}, all your branches", session.org_name),
    }
}

fn view(shown: Shown, board: bool) -> impl IntoView {
    let money = shown
        .figures
        .map(|(figures, currency)| money_part_view(figures, currency));
    let (before, after) = if shown.money_first {
        (money, None)
    } else {
        (None, money)
    };
    view! {
        <PageHeader title=shown.greeting subtitle=shown.subtitle>
            {board.then(|| view! { <ButtonLink href="/board" label="Board" icon="kanban"/> })}
            {shown.may_create.then(|| view! { <ButtonLink href="/check-in" label="Check-in" icon="plus" variant=Variant::Primary/> })}
        </PageHeader>
        <div class="dash">
            {unread_card_view(shown.unread, shown.now, shown.zone, "/dashboard")}
            {mentions_view(shown.mentions, shown.now, "/dashboard")}
            {before}
            {now_tiles_view(shown.work.clone())}
            <div class="dash-pair">
                {due_card_view(shown.due, shown.mine, shown.work.open(), shown.may_create)}
                {phase_card_view(shown.work)}
            </div>
            {after}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn a_greeting_follows_the_clock_and_uses_the_first_name() {
        let at = |hour: u32| {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
            greeting(day.and_hms_opt(hour, 0, 0).expect("a time"), "Katharina Brandt")
        };
        assert_eq!(at(7), "Good morning, Katharina");
        assert_eq!(at(12), "Good afternoon, Katharina");
        assert_eq!(at(22), "Good evening, Katharina");
        assert_eq!(at(2), "Good evening, Katharina");
    }
}
