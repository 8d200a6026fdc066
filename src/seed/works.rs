//! What workshops do all day: complaint, cause, correction, and what it costs.

/// One line of a work, with a price in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub kind: &'static str,
    pub description: &'static str,
    pub part_number: &'static str,
    pub quantity_milli: i64,
    pub price_minor: i64,
}

/// A work that workshops do often.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub title: &'static str,
    pub concern: &'static str,
    pub cause: &'static str,
    pub correction: &'static str,
    pub items: &'static [Item],
}

/// Hours (in thousandths) at a rate.
pub(super) const fn labor(description: &'static str, quantity_milli: i64, price_minor: i64) -> Item {
    item("labor", description, "", quantity_milli, price_minor)
}

pub(super) const fn part(
    description: &'static str,
    part_number: &'static str,
    quantity_milli: i64,
    price_minor: i64,
) -> Item {
    item("part", description, part_number, quantity_milli, price_minor)
}

pub(super) const fn fee(description: &'static str, price_minor: i64) -> Item {
    item("fee", description, "", 1_000, price_minor)
}

pub(super) const fn sublet(description: &'static str, price_minor: i64) -> Item {
    item("sublet", description, "", 1_000, price_minor)
}

pub(super) const fn discount(description: &'static str, price_minor: i64) -> Item {
    item("discount", description, "", 1_000, price_minor)
}

const fn item(
    kind: &'static str,
    description: &'static str,
    part_number: &'static str,
    quantity_milli: i64,
    price_minor: i64,
) -> Item {
    Item {
        kind,
        description,
        part_number,
        quantity_milli,
        price_minor,
    }
}
