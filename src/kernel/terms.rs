//! What a workshop calls things: its vehicles or devices, those who repair them, and its work orders.
use super::{Role, text_enum};
use serde::{Deserialize, Serialize};

/// A word with its plural. The article follows from the first letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    pub one: &'static str,
    pub many: &'static str,
}

impl Noun {
    /// `Vehicle`
    pub fn title(self) -> String {
        super::text::capital(self.one)
    }
    /// `Vehicles`
    pub fn titles(self) -> String {
        super::text::capital(self.many)
    }
    /// `a vehicle`, `an engineer`
    pub fn with_article(self) -> String {
        format!("{} {}", article(self.one), self.one)
    }
    /// `1 vehicle`, `3 vehicles`
    pub fn counted(self, count: i64) -> String {
        let word = if count == 1 { self.one } else { self.many };
        format!("{count} {word}")
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

text_enum! {
    /// Whether a workshop repairs vehicles, which have plates, or devices, which have serial numbers.
    pub enum AssetKind in { "assets.kind", "organization_settings.asset_word" } {
        Vehicle = "vehicle", "Vehicle";
        Device = "device", "Device";
    }
}

text_enum! {
    /// What is brought in for repair.
    pub enum AssetTerm in { "organization_settings.asset_term" } {
        Vehicle = "vehicle", "Vehicle";
        Car = "car", "Car";
        Motorcycle = "motorcycle", "Motorcycle";
        Truck = "truck", "Truck";
        Device = "device", "Device";
        Phone = "phone", "Phone";
        Computer = "computer", "Computer";
        Machine = "machine", "Machine";
    }
}

text_enum! {
    /// Who repairs it.
    pub enum TechnicianTerm in { "organization_settings.technician_term" } {
        Technician = "technician", "Technician";
        Mechanic = "mechanic", "Mechanic";
        Engineer = "engineer", "Engineer";
    }
}

text_enum! {
    /// The document that a repair is written on.
    pub enum WorkOrderTerm in { "organization_settings.work_order_term" } {
        WorkOrder = "work_order", "Work order";
        RepairOrder = "repair_order", "Repair order";
        JobCard = "job_card", "Job card";
        JobSheet = "job_sheet", "Job sheet";
    }
}

impl AssetKind {
    /// As the database names it; anything else is a vehicle.
    pub fn of_word(word: &str) -> Self {
        Self::parse(word).unwrap_or(Self::Vehicle)
    }
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Vehicle => "car",
            Self::Device => "smartphone",
        }
    }
}

const fn noun(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many }
}

impl TechnicianTerm {
    pub const fn noun(self) -> Noun {
        match self {
            Self::Technician => noun("technician", "technicians"),
            Self::Mechanic => noun("mechanic", "mechanics"),
            Self::Engineer => noun("engineer", "engineers"),
        }
    }
}

impl WorkOrderTerm {
    pub const fn noun(self) -> Noun {
        match self {
            Self::WorkOrder => noun("work order", "work orders"),
            Self::RepairOrder => noun("repair order", "repair orders"),
            Self::JobCard => noun("job card", "job cards"),
            Self::JobSheet => noun("job sheet", "job sheets"),
        }
    }
}

impl AssetTerm {
    pub const fn noun(self) -> Noun {
        match self {
            Self::Vehicle => noun("vehicle", "vehicles"),
            Self::Car => noun("car", "cars"),
            Self::Motorcycle => noun("motorcycle", "motorcycles"),
            Self::Truck => noun("truck", "trucks"),
            Self::Device => noun("device", "devices"),
            Self::Phone => noun("phone", "phones"),
            Self::Computer => noun("computer", "computers"),
            Self::Machine => noun("machine", "machines"),
        }
    }
    /// Those that a workshop of this trade chooses from, the usual one first.
    pub fn of(kind: AssetKind) -> &'static [Self] {
        match kind {
            AssetKind::Vehicle => &[Self::Vehicle, Self::Car, Self::Motorcycle, Self::Truck],
            AssetKind::Device => &[Self::Device, Self::Phone, Self::Computer, Self::Machine],
        }
    }
}

/// The words of one workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub kind: AssetKind,
    pub asset: AssetTerm,
    pub technician: TechnicianTerm,
    pub work_order: WorkOrderTerm,
}

impl Default for Terms {
    fn default() -> Self {
        Self::usual(AssetKind::Vehicle, "")
    }
}

impl Terms {
    /// What workshops of a trade usually say in a country (ISO 3166-1), until they choose their own words.
    pub fn usual(kind: AssetKind, country: &str) -> Self {
        let work_order = match (country, kind) {
            ("US" | "CA", AssetKind::Vehicle) => WorkOrderTerm::RepairOrder,
            ("GB" | "IE" | "AU" | "NZ" | "ZA" | "IN", AssetKind::Vehicle) => WorkOrderTerm::JobCard,
            ("GB" | "IE" | "IN", AssetKind::Device) => WorkOrderTerm::JobSheet,
            _ => WorkOrderTerm::WorkOrder,
        };
        Self {
            kind,
            asset: AssetTerm::of(kind)[0],
            technician: TechnicianTerm::Technician,
            work_order,
        }
    }

    pub fn devices(self) -> bool {
        self.kind == AssetKind::Device
    }
    pub fn asset(self) -> Noun {
        self.asset.noun()
    }
    pub fn technician(self) -> Noun {
        self.technician.noun()
    }
    pub fn work_order(self) -> Noun {
        self.work_order.noun()
    }

    /// A preset role, as the workshop calls those who have it.
    pub fn role(self, role: Role) -> String {
        self.say(role.label())
    }

    /// A sentence of ours in the workshop's words: wherever it says vehicle, technician or work order.
    pub fn say(self, sentence: &str) -> String {
        let words = [
            (WorkOrderTerm::WorkOrder.noun(), self.work_order()),
            (TechnicianTerm::Technician.noun(), self.technician()),
            (AssetTerm::Vehicle.noun(), self.asset()),
        ];
        words
            .into_iter()
            .filter(|(ours, theirs)| ours != theirs)
            .fold(sentence.to_owned(), |text, (ours, theirs)| {
                put(&text, ours, theirs)
            })
    }
}

/// Every form of one word by another's: plural first, which contains the singular; then its article.
fn put(text: &str, ours: Noun, theirs: Noun) -> String {
    let mut text = text
        .replace(ours.many, theirs.many)
        .replace(&ours.titles(), &theirs.titles());
    for (a, an) in [("a", "an"), ("A", "An")] {
        let (old, new) = (
            format!("{a} {}", ours.one),
            format!(
                "{} {}",
                if article(theirs.one) == "an" { an } else { a },
                theirs.one
            ),
        );
        text = text.replace(&old, &new);
    }
    text.replace(ours.one, theirs.one)
        .replace(&ours.title(), &theirs.title())
}

/// Examples in empty fields, from the trade that a workshop knows.
pub struct Examples {
    pub concern: &'static str,
    pub concerns: &'static str,
    pub job: &'static str,
    pub lower_odometer: &'static str,
    pub archive_reason: &'static str,
    /// Where it is kept meanwhile: keys hang on a board, devices lie on a shelf.
    pub place_label: &'static str,
    pub place: &'static str,
}

impl Terms {
    pub fn examples(self) -> Examples {
        match self.kind {
            AssetKind::Vehicle => Examples {
                concern: "Squeaks when braking, front left",
                concerns: "Squeals when braking\nService due",
                job: "Replace front brake pads",
                lower_odometer: "Instrument cluster replaced",
                archive_reason: "Sold",
                place_label: "Key tag number",
                place: "Key",
            },
            AssetKind::Device => Examples {
                concern: "Does not charge",
                concerns: "Screen cracked\nBattery drains fast",
                job: "Replace screen",
                lower_odometer: "",
                archive_reason: "Recycled",
                place_label: "Shelf",
                place: "Shelf",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Terms {
        Terms {
            technician: TechnicianTerm::Engineer,
            work_order: WorkOrderTerm::RepairOrder,
            ..Terms::usual(AssetKind::Device, "")
        }
    }

    #[test]
    fn a_sentence_takes_the_workshops_words_with_plural_article_and_capital() {
        let terms = shop();
        assert_eq!(
            terms.say("Work orders are opened for a vehicle. A technician gets the work order."),
            "Repair orders are opened for a device. An engineer gets the repair order."
        );
        assert_eq!(terms.say("Vehicles, Technicians"), "Devices, Engineers");
        assert_eq!(Terms::default().say("A work order"), "A work order");
    }

    #[test]
    fn what_is_usual_follows_trade_and_country() {
        let usual = |kind, country| Terms::usual(kind, country).work_order().one;
        assert_eq!(usual(AssetKind::Vehicle, "US"), "repair order");
        assert_eq!(usual(AssetKind::Vehicle, "GB"), "job card");
        assert_eq!(usual(AssetKind::Device, "IN"), "job sheet");
        assert_eq!(usual(AssetKind::Device, "US"), "work order");
        assert_eq!(
            Terms::usual(AssetKind::Device, "DE").asset().counted(2),
            "2 devices"
        );
        assert_eq!(shop().technician().with_article(), "an engineer");
    }

    #[test]
    fn a_term_is_found_by_its_name() {
        for term in AssetTerm::ALL {
            assert_eq!(AssetTerm::parse(term.name()), Some(term));
            assert_eq!(term.noun().title(), term.label());
        }
        assert_eq!(WorkOrderTerm::parse("ticket"), None);
        let chosen: usize = AssetKind::ALL.map(|kind| AssetTerm::of(kind).len()).iter().sum();
        assert_eq!(chosen, AssetTerm::ALL.len());
    }
}
