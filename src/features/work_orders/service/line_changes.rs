//! What the trail keeps of a job's lines: each that is another now, with both states.
use super::super::form::LineInput;
use crate::domain::order::LineKind;
use crate::server::prelude::*;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Lines that came, went or changed; `None` where there was or is none.
pub(super) struct LineChanges<'a>(Vec<(Option<&'a LineInput>, Option<&'a LineInput>)>);

impl<'a> LineChanges<'a> {
    pub(super) fn of(before: &'a HashMap<LineId, LineInput>, after: &'a HashMap<LineId, LineInput>) -> Self {
        let gone = before.keys().filter(|id| !after.contains_key(id));
        let mut ids: Vec<&LineId> = gone.chain(after.keys()).collect();
        ids.sort_unstable();
        let both = ids.into_iter().map(|id| (before.get(id), after.get(id)));
        Self(both.filter(|(before, after)| before != after).collect())
    }

    /// Adds each line to the event under its description; of a changed one only the fields that differ.
    pub(super) fn tell(self, event: AuditEvent, currency: Currency) -> AuditEvent {
        let mut names: HashMap<&str, usize> = HashMap::new();
        self.0.into_iter().fold(event, |event, (before, after)| {
            let description = before.or(after).map_or("", |line| line.description.as_str());
            let count = names.entry(description).or_default();
            *count += 1;
            let name = match *count {
                1 => format!("“{description}”"),
                again => format!("“{description}” ({again})"),
            };
            let (before, after) = states(before, after, currency);
            event.field(&name, before, after)
        })
    }
}

fn states(
    before: Option<&LineInput>,
    after: Option<&LineInput>,
    currency: Currency,
) -> (Option<Value>, Option<Value>) {
    let mut fields = (
        before.map(|line| fields(line, currency)),
        after.map(|line| fields(line, currency)),
    );
    if let (Some(before), Some(after)) = (&mut fields.0, &mut fields.1) {
        let same: Vec<String> = before
            .iter()
            .filter(|(name, value)| after.get(*name) == Some(value))
            .map(|(name, _)| name.clone())
            .collect();
        before.retain(|name, _| !same.contains(name));
        after.retain(|name, _| !same.contains(name));
    }
    (fields.0.map(Value::Object), fields.1.map(Value::Object))
}

/// A line's fields as people read them.
fn fields(line: &LineInput, currency: Currency) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut add = |name: &str, value: String| fields.insert(name.to_owned(), value.into());
    add("Kind", line.kind.label().to_owned());
    add("Description", line.description.clone());
    if !line.part_number.is_empty() {
        add("Part number", line.part_number.clone());
    }
    if line.kind != LineKind::Text {
        add("Quantity", line.quantity.to_string());
        add("Unit price", currency.show(line.unit_price));
        add("Tax", line.tax.to_string());
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(description: &str, price: i64) -> LineInput {
        LineInput {
            line: String::new(),
            kind: LineKind::Part,
            description: description.to_owned(),
            part_number: String::new(),
            quantity: Quantity::ONE,
            unit_price: Money(price),
            tax: BasisPoints(1_900),
        }
    }

    #[test]
    fn a_changed_line_says_what_differs_and_a_new_or_removed_one_everything() {
        let id = |n| LineId::new(Uuid::from_u128(n));
        let before = HashMap::from([
            (id(1), line("Pads", 100)),
            (id(2), line("Oil", 5)),
            (id(3), line("Oil", 6)),
        ]);
        let after = HashMap::from([(id(1), line("Pads", 120)), (id(4), line("Discs", 7))]);
        let eur = Currency::parse("EUR").expect("a currency");
        let changes = LineChanges::of(&before, &after);
        let rows: Vec<_> = changes.0.iter().map(|(b, a)| states(*b, *a, eur)).collect();
        assert_eq!(rows[0].0, Some(serde_json::json!({ "Unit price": "€1.00" })));
        assert_eq!(rows[0].1, Some(serde_json::json!({ "Unit price": "€1.20" })));
        assert!(rows[1].1.is_none() && rows[2].1.is_none() && rows[3].0.is_none());
        assert_eq!(rows.len(), 4);
    }
}
