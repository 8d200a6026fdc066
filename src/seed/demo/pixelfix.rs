//! Pixelfix: telephones, laptops and consoles in Bengaluru.
mod tales;

use super::super::dice::Dice;
use super::super::workshop::{AssetPlan, BranchPlan, CustomerPlan, MemberPlan, Organization, Workshop};
use super::tell;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Asia::Kolkata;
use uuid::Uuid;

const BRANCHES: [BranchPlan; 1] = [BranchPlan {
    name: "Indiranagar",
    code: "BLR",
    address: "48, 100 Feet Road, Indiranagar\nBengaluru 560038",
    phone: "+91 80 5550 4488",
    email: "indiranagar@pixelfix.example",
    tax_id: "29ABCDE1234F1Z5",
    time_zone: Kolkata,
    fiscal_year_start: 4,
}];

const BATTERIES: (&str, &str) = (
    "Swollen batteries go into the sand box",
    "From today a swollen battery is never kept on the bench: it goes into the metal box with sand beside the back door, at once.\n\n\
     Write a note on the work order, so that the customer hears it from us first.",
);

/// Positions in [`MEMBERS`].
const PRIYA: usize = 2;
const ARJUN: usize = 3;
const FATIMA: usize = 4;

/// Name, mailbox, role.
const MEMBERS: &[(&str, &str, &str)] = &[
    ("Ananya Rao", "owner", "owner"),
    ("Vikram Shetty", "manager", "manager"),
    ("Priya Nair", "reception", "receptionist"),
    ("Arjun Menon", "arjun", "technician"),
    ("Fatima Sheikh", "fatima", "technician"),
    ("Rohan Kulkarni", "books", "accountant"),
];

/// Name, contact (a company then), telephone, street, notes.
type Who = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);
const CUSTOMERS: &[Who] = &[
    ("Deepika Iyer", "", "+91 98450 55101", "12, 2nd Cross, Domlur", ""),
    (
        "Karthik Subramanian",
        "",
        "+91 99000 55102",
        "7, CMH Road",
        "Call after 6 p.m.",
    ),
    (
        "Brightdesk Software Pvt Ltd",
        "Meera Joshi",
        "+91 80 5550 7710",
        "3rd Floor, Salarpuria Tower, Koramangala",
        "Invoice monthly, GSTIN on every document.",
    ),
    ("Imran Khan", "", "+91 97400 55104", "22, Cubbon Road", ""),
    (
        "Sneha Patil",
        "",
        "+91 96200 55105",
        "Flat 4B, Prestige Acropolis",
        "",
    ),
    ("Joseph D'Souza", "", "+91 98860 55106", "9, Cooke Town", ""),
    (
        "Lakshmi Venkatesh",
        "",
        "+91 94480 55107",
        "31, Malleshwaram 8th Cross",
        "",
    ),
    (
        "Sunrise Public School",
        "Anil Hegde",
        "+91 80 5550 8821",
        "HAL 2nd Stage",
        "Tablets of class 7. One quotation for all.",
    ),
    (
        "Aditya Verma",
        "",
        "+91 90080 55109",
        "18, Whitefield Main Road",
        "",
    ),
];

/// Owner, serial number, make, model, year, colour.
type What = (usize, &'static str, &'static str, &'static str, i32, &'static str);
const ASSETS: &[What] = &[
    (0, "F2LZK0ABN735", "Apple", "iPhone 14", 2022, "Blue"),
    (1, "R5CT30XYZ7K", "Samsung", "Galaxy S23", 2023, "Black"),
    (2, "C02FX1AAQ05D", "Apple", "MacBook Air M1", 2021, "Space grey"),
    (2, "PF3A9KX1", "Lenovo", "ThinkPad T14 Gen 3", 2022, "Black"),
    (2, "5CG2139LQW", "HP", "EliteBook 840 G9", 2023, "Silver"),
    (3, "359420110553104", "OnePlus", "11R", 2023, "Green"),
    (4, "DMPWJ4K5JF8M", "Apple", "iPad Air", 2020, "Rose gold"),
    (5, "S01-F43A55106", "Sony", "PlayStation 5", 2021, "White"),
    (6, "JX8Q2M3", "Dell", "Inspiron 15", 2019, "Silver"),
    (7, "R9TT801AB1C", "Samsung", "Galaxy Tab A8", 2022, "Grey"),
    (7, "R9TT801AB2D", "Samsung", "Galaxy Tab A8", 2022, "Grey"),
    (8, "G0W1830AF55", "Google", "Pixel 7a", 2023, "Coral"),
    (8, "NXHY8SI0042", "Acer", "Nitro 5", 2021, "Black"),
    (0, "F9FXG2Z1Q1MN", "Apple", "iPhone 11", 2020, "White"),
];

pub(super) fn workshop(now: DateTime<Utc>, dice: Dice) -> Workshop {
    let org = Organization {
        id: Uuid::nil(),
        name: "Pixelfix".to_owned(),
        slug: "pixelfix".to_owned(),
        currency: "INR",
        country: "IN",
        asset_word: "device",
        tax_name: "GST 18 %",
        tax_basis_points: 1_800,
        payment_terms_days: 7,
        created_at: now - TimeDelta::days(300),
    };
    let mut shop = Workshop::open(now, dice, org, &BRANCHES);
    for (name, mailbox, role) in MEMBERS {
        let branches = if *role == "owner" { vec![] } else { vec![0] };
        let email = format!("{mailbox}@pixelfix.example");
        shop.take_on(&MemberPlan {
            name: (*name).to_owned(),
            email,
            role,
            branches,
        });
    }
    for (day, who) in (0i64..).zip(CUSTOMERS) {
        shop.enter_customer(customer(who), now - TimeDelta::days(280 - day * 21));
    }
    for what in ASSETS {
        shop.enter_asset(asset(what));
    }
    shop.announce(
        BATTERIES,
        &["technician", "receptionist"],
        now - TimeDelta::hours(26),
        &[PRIYA, ARJUN],
    );
    tell(&mut shop, tales::TALES);
    shop
}

fn customer((name, contact, phone, street, notes): &Who) -> CustomerPlan {
    let company = !contact.is_empty();
    CustomerPlan {
        company,
        name: (*name).to_owned(),
        contact: (*contact).to_owned(),
        tax_id: if company {
            "29AAACB2894G1ZP".to_owned()
        } else {
            String::new()
        },
        phone: (*phone).to_owned(),
        email: super::mailbox(if company { contact } else { name }),
        street: (*street).to_owned(),
        postal_code: "560038".to_owned(),
        city: "Bengaluru".to_owned(),
        notes: (*notes).to_owned(),
        branch: 0,
    }
}

fn asset((customer, serial, make, model, year, color): &What) -> AssetPlan {
    AssetPlan {
        customer: *customer,
        serial: (*serial).to_owned(),
        make: (*make).to_owned(),
        model: (*model).to_owned(),
        year: *year,
        color: (*color).to_owned(),
        ..AssetPlan::default()
    }
}
