//! A service's public function asks for the right it needs by type: `&mut Scope<P>`. Inner ones take `&mut TenantTx` and stay inside.
use super::sources::{Line, files, is_part, name, nowhere};
use std::fs;

/// What happens as a part of another feature's act, whose right covers it: the function and why.
const CONSEQUENCES: &[(&str, &str)] = &[
    ("assets::add_in", "checking in opens what is new"),
    ("assets::record_odometer", "an order's meter is read on the order"),
    ("customers::add_in", "checking in opens who is new"),
    ("payments::free", "voiding an invoice frees what paid it"),
    (
        "payments::lock_money_of",
        "voiding an invoice waits for its customer's payments; it writes nothing",
    ),
    ("people::join_branch", "whoever opens a branch works in it"),
    (
        "work_orders::announce",
        "what a feature adds to an order is shown on every screen that shows the order",
    ),
    (
        "work_orders::refuse",
        "whose fields are wrong is told how the order stands first, and a stranger that there is none; it writes nothing",
    ),
    (
        "work_orders::reserve",
        "a feature that adds to an order locks it first, as every write on an order does; it writes nothing",
    ),
    (
        "workshop::require_second_factor",
        "who needs a factor is decided with the roles",
    ),
];

/// Public functions of a service that take a transaction without a right: `payments::free`.
fn open_functions(file: &str, text: &str) -> Vec<String> {
    let Some((feature, part)) = file
        .strip_prefix("src/features/")
        .and_then(|rest| rest.split_once('/'))
    else {
        return Vec::new();
    };
    if !part.starts_with("service") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for public in [
        "pub async fn ",
        "pub(crate) async fn ",
        "pub fn ",
        "pub(crate) fn ",
    ] {
        for (at, _) in text.match_indices(public) {
            // A method belongs to its type, which only inner functions make.
            if at > 0 && !text[..at].ends_with('\n') {
                continue;
            }
            let signature = text[at + public.len()..].split('{').next().unwrap_or_default();
            if signature.contains("TenantTx") {
                let function = signature.split(['(', '<']).next().unwrap_or_default();
                found.push(format!("{feature}::{function}"));
            }
        }
    }
    found
}

#[test]
fn public_services_ask_for_their_right_by_type() {
    let mut open: Vec<String> = Vec::new();
    for path in files("src/features", "rs") {
        let text = fs::read_to_string(&path).expect("a source file");
        open.extend(open_functions(&name(&path), &text));
    }
    crate::assert_none(
        "a public service function without a right: take `&mut Scope<P>`, or say `pub(super)` if only its own feature calls it; \
         what is part of another feature's act is named in CONSEQUENCES",
        open,
        CONSEQUENCES,
    );
    for breach in [
        "pub async fn post(tx: &mut TenantTx, id: InvoiceId) -> AppResult<()> {",
        "pub(crate) async fn post(\n    tx: &mut TenantTx,\n) -> AppResult<()> {",
    ] {
        assert_eq!(
            open_functions("src/features/invoices/service/post.rs", breach),
            ["invoices::post"]
        );
    }
    let fine = "pub(super) async fn inner(tx: &mut TenantTx) {}\npub async fn post(scope: &mut Scope<IssueInvoices>) {}";
    assert_eq!(
        open_functions("src/features/invoices/service.rs", fine),
        Vec::<String>::new()
    );
}

/// Whether a service's line names a form: a type as the browser sends it.
fn takes_a_form(line: &Line) -> bool {
    let mut words = line.code.split(|c: char| !c.is_alphanumeric() && c != '_');
    is_part(&line.file, &["service"]) && words.any(|word| word.ends_with("Form") && word != "Form")
}

#[test]
fn services_take_values_and_no_forms() {
    nowhere(
        "a service that knows a form: parse it in the handler, and let the service take the value that the form makes (`NewCustomer`), \
         as an import would hand it over",
        &takes_a_form,
        &[
            (
                "src/features/check_in/service.rs",
                "pub async fn open(scope: &mut Scope<CreateWorkOrders>, form: &CheckInForm) -> AppResult<WorkOrderId> {",
            ),
            (
                "src/features/people/service/entry.rs",
                "    form: &super::super::form::AcceptForm,",
            ),
            (
                "src/features/people/service/entry.rs",
                "use super::super::form::{AcceptForm, JoinForm};",
            ),
        ],
    );
    let page = Line {
        file: "src/features/people/pages/join.rs".to_owned(),
        number: 1,
        code: "FormBody(form): FormBody<JoinForm>,".to_owned(),
    };
    assert!(!takes_a_form(&page));
}
