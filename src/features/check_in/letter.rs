//! What the customer is written about the check-in: the sheet, in a letter's words.
use super::selectors::CheckInSheet;
use crate::server::mail::Letter;

/// The sheet as a letter of the workshop.
pub(super) fn of_sheet(sheet: &CheckInSheet) -> Letter {
    let words = &sheet.words;
    let concerns: Vec<String> = (1..)
        .zip(&sheet.concerns)
        .map(|(number, concern)| format!("{number}. {concern}"))
        .collect();
    let facts: Vec<String> = sheet
        .asset
        .iter()
        .chain(&sheet.promise)
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    let number = sheet.number.as_str();
    let mark = match sheet.asset_label.as_str() {
        "" => String::new(),
        label => format!(" {label}"),
    };
    let here = [
        ("asset", sheet.term.into()),
        ("mark", mark.into()),
        ("branch", sheet.branch.as_str().into()),
        ("number", number.into()),
        ("when", sheet.checked_in.as_str().into()),
    ];
    let here = words.phrase("sheet-mail-here", here);
    let subject = words.phrase("sheet-mail-subject", [("number", number.into())]);
    let mut letter = Letter::of(&sheet.org, subject)
        .say(words.phrase("hello", [("person", sheet.greeting.as_str().into())]))
        .say(here);
    if !concerns.is_empty() {
        letter = letter.say(words.phrase("sheet-mail-requested", [("concerns", concerns.join("\n").into())]));
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
        .say(words.word("sheet-mail-terms"))
        .say(reach.join("\n"))
        .note(words.word("sheet-mail-note"))
        .written_in(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::CustomerId;
    use crate::server::messages::Words;

    #[test]
    fn a_letter_says_what_the_sheet_says_and_nothing_empty() {
        let sheet = CheckInSheet {
            number: "HH-17".into(),
            org: "Nordwind".into(),
            branch: "Hamburg".into(),
            branch_phone: "+49 40 1".into(),
            greeting: "Ada".into(),
            asset_label: "HH-A 1 · VW Golf".into(),
            asset: vec![
                ("Odometer".into(), "84,250 km".into()),
                ("VIN".into(), String::new()),
            ],
            promise: vec![("Promised for".into(), "3 Mar 2026, 12:00".into())],
            waiting: true,
            concerns: vec!["Brakes squeal".into(), "Oil leak".into()],
            customer_id: CustomerId::new(uuid::Uuid::nil()),
            checked_in: "2 Mar 2026, 09:00".into(),
            branch_address: String::new(),
            branch_email: String::new(),
            term: "vehicle",
            words: Words::english(),
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
        assert!(!all.contains("VIN") && !all.contains("Waiting"));
        assert!(letter.from == "Nordwind" && letter.subject == "Checked in: HH-17");
    }
}
