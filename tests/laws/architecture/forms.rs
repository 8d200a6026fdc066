//! There is one way to read what people type: `form!`. Nothing beside it takes a form's body apart or parses a field.
use super::sources::{code, only};
use std::collections::BTreeSet;

/// What makes a value of a field's text.
const PARSERS: &[&str] = &[
    "text::required(",
    "text::optional(",
    "text::long(",
    "text::long_required(",
    "text::phone(",
    "text::plate(",
    "text::vin(",
    "text::odometer(",
    "contact::email(",
    "contact::optional_email(",
    "Money::parse(",
    "Quantity::parse(",
    "BasisPoints::parse(",
    "time::day(",
    "time::local_minute(",
];

/// Where a field's text is looked at beside its declaration: the place and why.
const LOOKED_AT: &[(&str, &str)] = &[
    (
        "src/features/check_in/parts/fields.rs",
        "whether the reading is lower decides whether the page asks why; its value comes from the form",
    ),
    (
        "src/features/check_in/promise.rs",
        "a promise is one of the offered times or the field's: two fields make one value, against the clock",
    ),
];

/// The name between a marker and the next end of a word.
fn word_after<'a>(code: &'a str, marker: &str) -> Option<&'a str> {
    let rest = code.split(marker).nth(1)?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .filter(|word| !word.is_empty())
}

#[test]
fn every_form_s_body_is_a_declared_form() {
    let lines = code();
    let declared: BTreeSet<&str> = lines
        .iter()
        .filter(|line| line.code.contains(" shows "))
        .filter_map(|line| word_after(&line.code, "struct "))
        .collect();
    let undeclared = |code: &str| {
        word_after(code, "FormBody<").is_some_and(|form| form != "T" && !declared.contains(form))
    };
    let found: Vec<String> = lines
        .iter()
        .filter(|line| line.file.starts_with("src/features/") && undeclared(&line.code))
        .map(|line| format!("{}:{}: {}", line.file, line.number, line.code.trim()))
        .collect();
    assert!(
        found.is_empty(),
        "a form's body that is not declared: write it with `form!` in the feature's form.rs; what `form!` lacks is added to kernel::form\n  {}",
        found.join("\n  ")
    );
    assert!(undeclared("FormBody(form): FormBody<HashMap<String, String>>,"));
    assert!(!undeclared("FormBody(form): FormBody<ReasonForm>,"));
}

#[test]
fn what_is_typed_is_parsed_in_a_form_only() {
    only(
        PARSERS,
        |line| {
            !line.file.starts_with("src/features/")
                || line.file.ends_with("/form.rs")
                || line.file.contains("/form/")
                || LOOKED_AT.iter().any(|(place, _)| line.file.starts_with(place))
        },
        "a field parsed beside its declaration: give it a rule in `form!`, and let the service take the value",
        &[
            (
                "src/features/customers/service.rs",
                "let name = text::required(&form.name, 120)?;",
            ),
            (
                "src/features/invoices/pages/money.rs",
                "let amount = Money::parse(&raw, currency)?;",
            ),
        ],
    );
    for (place, why) in LOOKED_AT {
        let used = code().iter().any(|line| {
            line.file.starts_with(place) && PARSERS.iter().any(|parser| line.code.contains(parser))
        });
        assert!(used, "{place} needs no exception any more: {why}");
    }
}

#[test]
fn a_form_s_body_is_read_in_one_place() {
    only(
        &["RawForm", "axum::Form", "extract::Form"],
        |line| line.file == "src/server/http/extract.rs",
        "a body taken apart beside `FormBody`",
        &[("src/features/customers/pages/edit.rs", "RawForm(bytes): RawForm,")],
    );
}
