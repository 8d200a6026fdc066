//! Rows of the trails, and what is read out of them.
use crate::kernel::permission::ViewTrails;
use crate::kernel::{CustomerId, MemberId, WorkOrderId, text};
use crate::server::db::sign_ins::SignInOutcome;
use crate::server::db::tenant::Session;
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// Whether somebody may read the trails. They tell of every branch, so those who work in some only may not.
pub fn may_read(session: &Session) -> bool {
    session.all_branches && session.allows::<ViewTrails>()
}

/// Which rows of the trail.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub person: Option<MemberId>,
    /// One of the features' audit kinds.
    pub kind: Option<&'static str>,
    pub customer: Option<CustomerId>,
    pub from: Option<DateTime<Utc>>,
    /// The first moment that does not count any more.
    pub until: Option<DateTime<Utc>>,
    /// Words in the sentence, in lower case.
    pub words: String,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub who: String,
    pub summary: String,
    pub detail: Option<Value>,
    pub request_id: String,
    pub order: Option<WorkOrderId>,
    pub number: Option<String>,
    /// Of the work order's branch.
    pub time_zone: Option<String>,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
}

/// A sign-in, or a try.
#[derive(Clone, Debug)]
pub struct SignInRow {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub who: String,
    pub outcome: SignInOutcome,
    pub address: String,
    pub user_agent: String,
}

/// An export.
#[derive(Clone, Debug)]
pub struct ExportRow {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub who: String,
    pub what: String,
    pub rows: i64,
}

/// One line of an event's details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    pub name: String,
    /// What stood there before, if it is a change.
    pub before: Option<String>,
    pub value: String,
}

/// An event's details as people read them.
pub(super) fn facts(detail: &Value) -> Vec<Fact> {
    let Some(fields) = detail.as_object() else {
        return vec![Fact {
            name: "Detail".to_owned(),
            before: None,
            value: words(detail),
        }];
    };
    if let (Some(Value::Object(before)), Some(Value::Object(after))) =
        (fields.get("before"), fields.get("after"))
    {
        let gone = before.keys().filter(|name| !after.contains_key(*name));
        let rest = fields
            .iter()
            .filter(|(name, _)| !["before", "after"].contains(&name.as_str()));
        return gone
            .chain(after.keys())
            .map(|name| Fact {
                name: readable(name),
                before: Some(before.get(name).map_or_else(nothing, words)),
                value: after.get(name).map_or_else(nothing, words),
            })
            .chain(rest.map(plain))
            .collect();
    }
    fields.iter().map(plain).collect()
}

/// What is told as it is.
fn plain((name, value): (&String, &Value)) -> Fact {
    Fact {
        name: readable(name),
        before: None,
        value: words(value),
    }
}

fn nothing() -> String {
    "nothing".to_owned()
}

fn words(value: &Value) -> String {
    let joined = |parts: Vec<String>, by: &str| {
        if parts.is_empty() {
            nothing()
        } else {
            parts.join(by)
        }
    };
    match value {
        Value::Null => nothing(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => nothing(),
        Value::String(text) => text.clone(),
        Value::Array(items) => joined(items.iter().map(words).collect(), ", "),
        Value::Object(fields) => {
            let parts = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", readable(name), words(value)));
            joined(parts.collect(), "; ")
        }
    }
}

/// `postal_code` as `Postal code`.
fn readable(name: &str) -> String {
    text::capital(&name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_is_told_with_both_states_and_anything_else_as_it_is() {
        let change =
            json!({ "before": { "Phone": "1", "Notes": "" }, "after": { "Phone": "2", "Notes": "Call" } });
        let lines: Vec<String> = facts(&change)
            .into_iter()
            .map(|fact| format!("{} {:?} {}", fact.name, fact.before, fact.value))
            .collect();
        assert_eq!(lines, ["Notes Some(\"nothing\") Call", "Phone Some(\"1\") 2"]);
        let other = json!({ "given_rights": ["A", "B"], "why": null, "more": { "deep": true } });
        let lines: Vec<String> = facts(&other)
            .into_iter()
            .map(|fact| format!("{}={}", fact.name, fact.value))
            .collect();
        assert_eq!(lines, ["Given rights=A, B", "More=Deep: yes", "Why=nothing"]);
    }
}
