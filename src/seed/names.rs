//! Names to draw from. Telephone numbers and mailboxes lead nowhere.

#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "Anna", "Ben", "Clara", "David", "Emilia", "Finn", "Greta", "Hannes", "Ida", "Jonas", "Katja", "Leon", "Mira", "Nils", "Olga", "Paul",
    "Rosa", "Simon", "Thea", "Uwe", "Vera", "Yusuf", "Zoe", "Amara", "Ibrahim", "Lena", "Marek", "Nadia", "Oskar", "Selin",
];
#[rustfmt::skip]
pub(super) const FAMILY: &[&str] = &[
    "Albrecht", "Bauer", "Celik", "Dietrich", "Engel", "Fischer", "Graf", "Haas", "Ibsen", "Jung", "Kowalski", "Lehmann", "Maurer", "Novak",
    "Otto", "Peters", "Quandt", "Richter", "Sauer", "Thiele", "Ulrich", "Vogt", "Wagner", "Yildiz", "Ziegler", "Okafor", "Rossi", "Santos",
    "Lindberg", "Moreau",
];
#[rustfmt::skip]
pub(super) const COMPANIES: &[&str] = &[
    "Elektro", "Malerbetrieb", "Gartenbau", "Kurierdienst", "Pflegedienst", "Dachdeckerei", "Bäckerei", "Taxi", "Gebäudereinigung", "Catering",
];
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Schillerstraße", "Am Markt", "Lindenallee", "Hafenstraße", "Kirchweg", "Ringstraße", "Mühlenweg",
];
#[rustfmt::skip]
pub(super) const CITIES: &[&str] = &[
    "Köln", "Leipzig", "Bremen", "Dresden", "Hannover", "Nürnberg", "Dortmund", "Essen", "Bonn", "Mainz", "Kiel", "Erfurt", "Kassel", "Freiburg",
    "Rostock", "Aachen", "Münster", "Ulm", "Jena", "Trier",
];
#[rustfmt::skip]
pub(super) const TRADES: &[&str] = &[
    "Autohaus", "Garage", "Werkstatt", "Autoservice", "Kfz-Meisterbetrieb", "Boxenstopp", "Reparaturwerk", "Motorhalle",
];
#[rustfmt::skip]
pub(super) const COLORS: &[&str] = &["White", "Black", "Silver", "Grey", "Blue", "Red", "Green", "Beige"];

/// Make, model, engine.
#[rustfmt::skip]
pub(super) const VEHICLES: &[(&str, &str, &str)] = &[
    ("Volkswagen", "Golf VIII", "1.5 TSI 96 kW"), ("Volkswagen", "Polo", "1.0 TSI 70 kW"), ("Volkswagen", "Transporter T6", "2.0 TDI 110 kW"),
    ("BMW", "118i", "1.5 100 kW"), ("BMW", "X1", "2.0 d 110 kW"), ("Mercedes-Benz", "A 180", "1.3 100 kW"), ("Mercedes-Benz", "Vito", "2.0 CDI 100 kW"),
    ("Audi", "A4 Avant", "2.0 TDI 110 kW"), ("Opel", "Corsa", "1.2 55 kW"), ("Ford", "Focus", "1.0 EcoBoost 92 kW"), ("Ford", "Transit", "2.0 EcoBlue 96 kW"),
    ("Škoda", "Fabia", "1.0 TSI 70 kW"), ("Škoda", "Octavia", "2.0 TDI 85 kW"), ("Renault", "Mégane", "1.3 TCe 103 kW"), ("Toyota", "Corolla", "1.8 Hybrid 90 kW"),
    ("Hyundai", "i30", "1.0 T-GDI 88 kW"), ("Kia", "Ceed", "1.5 T-GDI 118 kW"), ("Fiat", "Ducato", "2.3 Multijet 103 kW"), ("Dacia", "Duster", "1.3 TCe 96 kW"),
    ("Tesla", "Model 3", "Electric 208 kW"),
];
/// Make, model.
#[rustfmt::skip]
pub(super) const DEVICES: &[(&str, &str)] = &[
    ("Apple", "iPhone 13"), ("Apple", "iPhone 15"), ("Apple", "MacBook Air"), ("Apple", "iPad 9"), ("Samsung", "Galaxy S22"), ("Samsung", "Galaxy A54"),
    ("Google", "Pixel 8"), ("Lenovo", "ThinkPad X1"), ("Dell", "XPS 13"), ("HP", "Pavilion 14"), ("Sony", "PlayStation 5"), ("Nintendo", "Switch"),
    ("Xiaomi", "13T"), ("Asus", "Zenbook 14"),
];
