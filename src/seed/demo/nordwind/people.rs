//! Who brings what to Nordwind.

/// Name, contact (a company then), telephone, street, postal code and city, notes, branch.
pub(super) type Who = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);
#[rustfmt::skip]
pub(super) const CUSTOMERS: &[Who] = &[
    ("Sabine Krüger", "", "+49 170 555 0101", "Bellealliancestraße 14", "20259 Hamburg", "", 0),
    ("Henrik Jansen", "", "+49 151 555 0102", "Lornsenstraße 3", "22767 Hamburg", "Prefers a call before 9.", 0),
    ("Elif Yılmaz", "", "+49 176 555 0103", "Osterstraße 88", "20259 Hamburg", "", 0),
    ("Hanse Kurier GmbH", "Marek Wolff", "+49 40 5550 210", "Billhorner Röhrendamm 44", "20539 Hamburg", "Fleet of four vans. Unit number on every invoice. Approvals up to €300 without a call.", 0),
    ("Dr. Almut Behrens", "", "+49 160 555 0105", "Elbchaussee 201", "22605 Hamburg", "", 0),
    ("Piet Carstens", "", "+49 172 555 0106", "Am Sandtorkai 5", "20457 Hamburg", "", 0),
    ("Ngozi Adeyemi", "", "+49 157 555 0107", "Wandsbeker Chaussee 120", "22089 Hamburg", "", 0),
    ("Bäckerei Lüders OHG", "Wiebke Lüders", "+49 40 5550 233", "Fuhlsbüttler Straße 310", "22307 Hamburg", "Needs the van back before 4 a.m.", 0),
    ("Florian Weiß", "", "+49 163 555 0109", "Eppendorfer Weg 77", "20259 Hamburg", "", 0),
    ("Jutta Schröder", "", "+49 40 5550 251", "Langenhorner Chaussee 9", "22415 Hamburg", "", 0),
    ("Mehmet Aksoy", "", "+49 178 555 0111", "Veddeler Brückenstraße 21", "20539 Hamburg", "", 0),
    ("Claudia Petersen-Wulf", "", "+49 171 555 0112", "Blankeneser Bahnhofstraße 31", "22587 Hamburg", "", 0),
    ("Ole Thomsen", "", "+49 152 555 0113", "Fischergrube 46", "23552 Lübeck", "", 1),
    ("Pflegedienst Travetal GmbH", "Anke Riedel", "+49 451 5550 71", "Ratzeburger Allee 111", "23562 Lübeck", "Two cars, always needs a replacement vehicle.", 1),
    ("Svenja Möller", "", "+49 177 555 0115", "Moislinger Allee 8", "23558 Lübeck", "", 1),
    ("Hans-Georg Brinkmann", "", "+49 451 5550 93", "Travemünder Allee 60", "23568 Lübeck", "", 1),
];

/// Company, name, telephone.
#[rustfmt::skip]
pub(super) const DRIVERS: &[(usize, &str, &str)] = &[
    (3, "Jannis Pohl", "+49 170 555 0311"),
    (3, "Merve Kaya", "+49 170 555 0312"),
    (13, "Anke Riedel", "+49 170 555 0371"),
];

/// Owner, plate, VIN, make, model, year, colour, engine, kilometres, unit number.
pub(super) type What = (
    usize,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i32,
    &'static str,
    &'static str,
    i32,
    &'static str,
);
#[rustfmt::skip]
pub(super) const ASSETS: &[What] = &[
    (0, "HH-SK 481", "WVWZZZAUZFW123481", "Volkswagen", "Golf VII Variant", 2015, "Silver", "1.6 TDI 81 kW", 148_230, ""),
    (1, "HH-HJ 77", "WBA8E9C50GK647077", "BMW", "320d Touring", 2016, "Black", "2.0 d 140 kW", 171_905, ""),
    (2, "HH-EY 1990", "VF1RFB00566190199", "Renault", "Clio V", 2021, "Orange", "1.0 TCe 67 kW", 41_118, ""),
    (3, "HH-HK 101", "WV1ZZZ7HZLH101101", "Volkswagen", "Transporter T6.1", 2020, "White", "2.0 TDI 110 kW", 189_400, "Unit 1"),
    (3, "HH-HK 102", "WV1ZZZ7HZLH102102", "Volkswagen", "Transporter T6.1", 2020, "White", "2.0 TDI 110 kW", 201_733, "Unit 2"),
    (3, "HH-HK 103", "W1V90763313P03103", "Mercedes-Benz", "Sprinter 314", 2022, "White", "2.1 CDI 105 kW", 121_050, "Unit 3"),
    (3, "HH-HK 104", "W1V90763313P04104", "Mercedes-Benz", "Sprinter 314", 2023, "White", "2.1 CDI 105 kW", 84_512, "Unit 4"),
    (4, "HH-AB 12E", "WP0ZZZY1ZNSA12012", "Porsche", "Taycan 4S", 2022, "Frozen blue", "Electric 390 kW", 38_760, ""),
    (5, "HH-PC 206", "VF3CCHNZTHT206206", "Peugeot", "208", 2017, "Red", "1.2 PureTech 60 kW", 92_340, ""),
    (6, "HH-NA 303", "JTDKB20U803303303", "Toyota", "Yaris Hybrid", 2019, "White", "1.5 Hybrid 74 kW", 66_018, ""),
    (7, "HH-BL 4", "WF0XXXTTGXHA40004", "Ford", "Transit Custom", 2018, "Beige", "2.0 EcoBlue 96 kW", 139_877, ""),
    (8, "HH-FW 820", "WAUZZZ8V4GA082082", "Audi", "A3 Sportback", 2016, "Grey", "1.4 TFSI 110 kW", 118_650, ""),
    (9, "HH-JS 55", "WDD2040021A550055", "Mercedes-Benz", "C 180", 2012, "Dark blue", "1.6 115 kW", 162_480, ""),
    (10, "HH-MA 2010", "W0L0AHL4888201020", "Opel", "Astra H Caravan", 2010, "Green", "1.7 CDTI 81 kW", 243_911, ""),
    (11, "HH-CP 71", "YV1ZW8150G2071071", "Volvo", "V60 D4", 2016, "Brown", "2.0 D4 140 kW", 131_204, ""),
    (12, "HL-OT 646", "TMBJJ7NE3G0646646", "Škoda", "Octavia Combi", 2016, "Blue", "2.0 TDI 110 kW", 187_002, ""),
    (13, "HL-PT 501", "ZFA3120000J501501", "Fiat", "500", 2019, "Mint", "1.2 51 kW", 54_300, "Car 1"),
    (13, "HL-PT 502", "ZFA3120000J502502", "Fiat", "Panda", 2020, "White", "1.0 Hybrid 51 kW", 48_950, "Car 2"),
    (14, "HL-SM 88", "VSSZZZ5FZFR088088", "SEAT", "Leon ST", 2015, "White", "1.4 TSI 92 kW", 126_730, ""),
    (15, "HL-HB 1947", "WDB1240301B194194", "Mercedes-Benz", "E 230 (W124)", 1988, "Champagne", "2.3 97 kW", 311_560, ""),
    (0, "HH-SK 9", "WVWZZZE1ZMP009009", "Volkswagen", "ID.3 Pro", 2021, "White", "Electric 107 kW", 29_870, ""),
];
