//! What the pages of branches show.
use super::form::BranchForm;
use super::model::{Branch, FIRST_BRANCH_USD, FURTHER_BRANCH_USD, Series, WEEKDAYS, monthly_usd};
use crate::features::identity;
use crate::kernel::FieldErrors;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub fn BranchList(branches: Vec<Branch>) -> AnyView {
    let rows = branches.into_iter().map(|branch| {
        let open = branch.week.iter().flatten().count();
        let open = match open {
            0 => "Not set".to_owned(),
            1 => "1 day a week".to_owned(),
            days => format!("{days} days a week"),
        };
        view! {
            <Row>
                <MainCell text=branch.data.name href=format!("/settings/branches/{}", branch.id) sub=branch.data.address/>
                <Cell label="Code">{branch.data.code}</Cell>
                <Cell label="Time zone">{branch.data.time_zone.replace('_', " ")}</Cell>
                <Cell label="Open">{open}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Branch", "Code", "Time zone", "Open"].map(Column::from).to_vec();
    view! { <Card flush=true><Table caption="Branches" columns>{rows}</Table></Card> }.into_any()
}

/// What another branch costs, before anything else, and the word that it was read.
#[component]
pub fn Price(branches: u32, agreed: bool, error: Option<String>) -> AnyView {
    let (now, then) = (monthly_usd(branches), monthly_usd(branches + 1));
    let plan = format!(
        "{FIRST_BRANCH_USD} USD a month with one branch, plus {FURTHER_BRANCH_USD} USD for each additional branch."
    );
    let have = match branches {
        1 => "You have 1 branch".to_owned(),
        many => format!("You have {many} branches"),
    };
    let sum = format!("{have} for {now} USD a month. With this one: {then} USD a month.");
    view! {
        <Card title="Price">
            <p>{plan}</p>
            <p class="font-semibold">{sum}</p>
            <Checkbox label=format!("I agree to {then} USD a month in total") name="agreed" value="yes" checked=agreed required=true
                error=error/>
        </Card>
    }
    .into_any()
}

#[component]
pub fn BranchFields(form: BranchForm, errors: FieldErrors, code_stands: bool, year_stands: bool) -> AnyView {
    let mut zones = identity::time_zones();
    if !zones.contains(&form.time_zone.as_str()) {
        zones.push(&form.time_zone);
    }
    let zones = options(zones.into_iter().map(|name| (name, name.replace('_', " "))));
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let months = options(
        (1..)
            .zip(months)
            .map(|(number, name): (u32, _)| (number.to_string(), name)),
    );
    let months = if year_stands {
        let own = form.fiscal_year_start.clone();
        months.into_iter().filter(|(number, _)| *number == own).collect()
    } else {
        months
    };
    let code_hint = if code_stands {
        "It is on documents, so it cannot change."
    } else {
        "Starts its numbers, such as BER-17. Cannot change once it is on documents."
    };
    let year_hint = if year_stands {
        "Invoices are numbered by it, so it cannot change."
    } else {
        "Invoice numbers start over then."
    };
    let days = WEEKDAYS.into_iter().enumerate();
    let days = days
        .map(|(at, name)| day(&form, &errors, at + 1, name))
        .collect_view();
    view! {
        <Card title="Branch">
            <FormGrid>
                <Field label="Name" name="name" value=form.name.clone() error=errors.at("name") maxlength=80u32 required=true autocomplete="off"/>
                <Field label="Code" name="code" value=form.code.clone() error=errors.at("code") maxlength=6u32 required=true
                    readonly=code_stands class="input-code" hint=code_hint autocomplete="off"/>
                <TextArea label="Address" name="address" value=form.address.clone() error=errors.at("address") maxlength=300u32 rows=2
                    hint="As printed on documents."/>
                <Field label="Phone" name="phone" kind="tel" value=form.phone.clone() error=errors.at("phone") maxlength=32u32 autocomplete="off"/>
                <Field label="E-mail" name="email" kind="email" value=form.email.clone() error=errors.at("email") maxlength=254u32
                    autocomplete="off"/>
                <Field label="Tax number" name="tax_id" value=form.tax_id.clone() error=errors.at("tax_id") maxlength=40u32 class="input-code"
                    hint="Printed on invoices." autocomplete="off"/>
                <Select label="Time zone" name="time_zone" options=zones selected=form.time_zone.clone() error=errors.at("time_zone") required=true/>
                <Select label="Fiscal year starts in" name="fiscal_year_start" options=months selected=form.fiscal_year_start.clone()
                    error=errors.at("fiscal_year_start") hint=year_hint required=true/>
            </FormGrid>
        </Card>
        <Card title="Opening hours" subtitle="Leave both empty for a day you are closed.">
            <div class="form">{days}</div>
        </Card>
    }
    .into_any()
}

fn day(form: &BranchForm, errors: &FieldErrors, number: usize, name: &'static str) -> AnyView {
    let (opens, closes) = (format!("opens_{number}"), format!("closes_{number}"));
    let at = |field: &str| form.hours.get(field).cloned().unwrap_or_default();
    let (from, to) = (at(&opens), at(&closes));
    let error = errors.at(&opens);
    view! {
        <div class="grid grid-cols-2 gap-3">
            <Field label=format!("{name} from") name=opens kind="time" value=from error=error/>
            <Field label=format!("{name} to") name=closes kind="time" value=to/>
        </div>
    }
    .into_any()
}

/// How far each series of numbers went.
#[component]
pub fn Numbers(code: String, series: Vec<Series>) -> AnyView {
    if series.is_empty() {
        return view! {
            <Card title="Numbers"><p class="text-muted">{format!("None yet. The first work order will be {code}-1.")}</p></Card>
        }
        .into_any();
    }
    let rows = series.into_iter().map(|row| {
        let year = match row.fiscal_year {
            0 => "All years".to_owned(),
            year => year.to_string(),
        };
        view! {
            <Row>
                <MainCell text=row.label()/>
                <Cell label="Fiscal year">{year}</Cell>
                <Cell label="Last number" num=true>{row.last_number}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec!["Series".into(), "Fiscal year".into(), Column::num("Last number")];
    view! {
        <Card title="Numbers" subtitle=format!("Numbers start with {code}, without gaps.") flush=true>
            <Table caption="Number series" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}
