//! What the pages of branches show.
use super::form::{BranchFields, WeekFields};
use super::model::{Branch, FIRST_BRANCH_USD, FURTHER_BRANCH_USD, Series, Weekday, monthly_usd};
use crate::features::identity;
use crate::kernel::form::FieldView;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) fn branch_list_view(branches: Vec<Branch>) -> AnyView {
    let rows = branches.into_iter().map(|branch| {
        let open = branch.data.week.days().iter().flatten().count();
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
pub(super) fn price_view(branches: u32, agreed: FieldView) -> AnyView {
    let (now, then) = (monthly_usd(branches), monthly_usd(branches + 1));
    let plan = format!(
        "{FIRST_BRANCH_USD} USD a month with one branch, plus {FURTHER_BRANCH_USD} USD for each additional branch."
    );
    let have = match branches {
        1 => "You have 1 branch".to_owned(),
        many => format!("You have {many} branches"),
    };
    let agreed = agreed.label(format!("I agree to {then} USD a month in total"));
    let sum = format!("{have} for {now} USD a month. With this one: {then} USD a month.");
    view! {
        <Card title="Price">
            <p>{plan}</p>
            <p class="font-semibold">{sum}</p>
            <Checkbox of=agreed value="yes"/>
        </Card>
    }
    .into_any()
}

pub(super) fn branch_inputs_view(fields: BranchFields, code_stands: bool, year_stands: bool) -> AnyView {
    let mut zones = identity::time_zones();
    if !zones.contains(&fields.time_zone.value()) {
        zones.push(fields.time_zone.value());
    }
    let zones = options(
        zones
            .into_iter()
            .map(|name| (name.to_owned(), name.replace('_', " "))),
    );
    let countries = options(identity::countries());
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
        let own = fields.fiscal_year_start.value().to_owned();
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
    let WeekFields { opens, closes } = fields.week;
    let days = Weekday::all().map(|weekday| day(opens.at(&weekday), closes.at(&weekday)));
    view! {
        <Card title="Branch">
            <FormGrid>
                <Field of=fields.name/>
                <Field of=fields.code readonly=code_stands class="input-code" hint=code_hint/>
                <TextArea of=fields.address rows=2 hint="As printed on documents."/>
                <Field of=fields.phone placeholder=locale().phone_example()/>
                <Field of=fields.email/>
                <Field of=fields.tax_id class="input-code" hint="Printed on invoices."/>
                <Select of=fields.country options=countries prompt="Same as the workshop" hint="How dates, numbers and addresses are written."/>
                <Select of=fields.time_zone options=zones/>
                <Select of=fields.fiscal_year_start options=months hint=year_hint/>
            </FormGrid>
        </Card>
        <Card title="Opening hours" subtitle="Leave both empty for a day you are closed.">
            <div class="form">{days}</div>
        </Card>
    }
    .into_any()
}

fn day(opens: FieldView, closes: FieldView) -> AnyView {
    view! {
        <div class="grid grid-cols-2 gap-3">
            <Field of=opens/>
            <Field of=closes/>
        </div>
    }
    .into_any()
}

/// How far each series of numbers went.
pub(super) fn numbers_view(code: String, series: Vec<Series>) -> AnyView {
    if series.is_empty() {
        return view! {
            <Card title="Numbers"><p class="text-muted">{format!("{} {code}-1.", terms().say("None yet. The first work order will be"))}</p></Card>
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
