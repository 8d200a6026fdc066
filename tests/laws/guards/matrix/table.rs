//! The table of rights as a page of the documentation, always as the code has it.
use super::{kept, must_agree, rewritten};
use gantry::kernel::Role;
use gantry::kernel::permission::{OrgPolicy, RIGHTS, Right};

const PLACE: &str = "docs/rights.md";

const HEAD: &str = "\
# Who may do what

Written from [`permission.rs`](../src/kernel/permission.rs) by the test that compares the two; what every single route answers to everybody
stands in [`matrix.txt`](../tests/laws/matrix.txt). `GANTRY_REWRITE=1 cargo test --features ssr --test laws -- matrix` writes both anew.

These are the presets. A role may differ by branch ([decision 30](decisions/0030-a-role-may-differ-by-branch.md)). An owner gives or takes single rights per role and makes roles on top of these ([decision 11](decisions/0011-rights-are-presets-and-departures.md)),
except those marked *fixed*; owners keep every right. *switch*: a setting of the workshop decides. Everybody but owners works in the branches of the
membership. Whoever has not `ViewAllOrders` sees the work orders that name them. A viewer reads and changes nothing.

";

fn cell(right: &Right, role: Role) -> &'static str {
    let with = |on: bool| {
        let switches = OrgPolicy {
            technicians_create: on,
            receptionists_take_payments: on,
        };
        (right.granted_to)(role, switches)
    };
    match (with(false), with(true)) {
        (true, _) => "✓",
        (false, true) => "switch",
        (false, false) => "",
    }
}

fn page() -> String {
    let roles = Role::ALL.map(Role::name).join(" | ");
    let mut text = format!(
        "{HEAD}| right | to … | {roles} |\n|---|---|{}\n",
        ":-:|".repeat(Role::ALL.len())
    );
    for right in RIGHTS {
        let cells = Role::ALL.map(|role| cell(right, role)).join(" | ");
        let fixed = if right.switchable() { "" } else { " *(fixed)*" };
        text.push_str(&format!(
            "| `{}` | {}{fixed} | {cells} |\n",
            right.name, right.action
        ));
    }
    text
}

/// Lines that one has and the other has not.
fn apart(file: &str, is: &str) -> Vec<String> {
    let missing = |sign: char, one: &str, other: &str| -> Vec<String> {
        let lines = one
            .lines()
            .filter(|line| !other.lines().any(|known| known == *line));
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    [missing('-', file, is), missing('+', is, file)].concat()
}

#[test]
fn the_matrix_of_rights_in_the_documentation_is_the_codes() {
    let is = page();
    if !rewritten(PLACE, &is) {
        must_agree(PLACE, &apart(&kept(PLACE), &is));
    }
}

#[test]
fn another_right_in_the_matrix_is_seen() {
    let is = page();
    let line = is
        .lines()
        .find(|line| line.contains("`IssueInvoices`"))
        .expect("a line");
    let was = is.replace(line, &line.replace("|  |", "| ✓ |"));
    assert_eq!(apart(&was, &is).len(), 2, "{line}");
}
