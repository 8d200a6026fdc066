//! What the customer is written about the check-in: the sheet, in a letter's words.
use super::selectors::{Sheet, WAITS_HERE};
use crate::server::mail::Letter;

/// The sheet as a letter of the workshop.
pub(super) fn of_sheet(sheet: &Sheet) -> Letter {
    let thing = if sheet.device { "device" } else { "vehicle" };
    let concerns: Vec<String> = (1..)
        .zip(&sheet.concerns)
        .map(|(number, concern)| format!("{number}. {concern}"))
        .collect();
    let facts = sheet.asset.iter().chain(&sheet.promise);
    // Who waits here knows it.
    let facts: Vec<String> = facts
        .filter(|(label, value)| *label != WAITS_HERE && !value.is_empty())
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    let thing = format!("{thing} {}", sheet.asset_label);
    let here = format!(
        "your {} was checked in at {} as number {} on {}.",
        thing.trim_end(),
        sheet.branch,
        sheet.number,
        sheet.checked_in
    );
    let mut letter = Letter::of(&sheet.org, format!("Checked in: {}", sheet.number))
        .say(format!("Hello {},", sheet.greeting))
        .say(here);
    if !concerns.is_empty() {
        letter = letter.say(format!("Work requested:\n{}", concerns.join("\n")));
    }
    let reach = [
        &sheet.branch,
        &sheet.branch_address,
        &sheet.branch_phone,
        &sheet.branch_email,
    ];
    let reach: Vec<&str> = reach
        .into_iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    letter
        .say(facts.join("\n"))
        .say("No repair starts before you approve its price.")
        .say(reach.join("\n"))
        .note("Please do not reply to this e-mail. Call or write to the workshop.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::CustomerId;

    #[test]
    fn a_letter_says_what_the_sheet_says_and_nothing_empty() {
        let sheet = Sheet {
            number: "HH-17".into(),
            org: "Nordwind".into(),
            branch: "Hamburg".into(),
            branch_phone: "+49 40 1".into(),
            greeting: "Ada".into(),
            asset_label: "HH-A 1 · VW Golf".into(),
            asset: vec![("Odometer", "84,250 km".into()), ("VIN", String::new())],
            promise: vec![
                ("Promised for", "3 Mar 2026, 12:00".into()),
                (WAITS_HERE, "Yes".into()),
            ],
            concerns: vec!["Brakes squeal".into(), "Oil leak".into()],
            customer_id: CustomerId::new(uuid::Uuid::nil()),
            checked_in: "2 Mar 2026, 09:00".into(),
            branch_address: String::new(),
            branch_email: String::new(),
            device: false,
            email: "ada@example.com".into(),
            customer: Vec::new(),
        };
        let letter = of_sheet(&sheet);
        let all = letter.paragraphs.join("\n");
        for words in [
            "vehicle HH-A 1 · VW Golf",
            "1. Brakes squeal\n2. Oil leak",
            "Odometer: 84,250 km\nPromised for",
            "Hamburg\n+49 40 1",
        ] {
            assert!(all.contains(words), "{words}: {all}");
        }
        assert!(!all.contains("VIN") && !all.contains(WAITS_HERE));
        assert!(letter.from == "Nordwind" && letter.subject == "Checked in: HH-17");
    }
}
