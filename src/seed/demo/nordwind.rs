//! Nordwind Garage: cars and vans in Hamburg and Lübeck.
mod past;
mod people;
mod tales;

use super::super::dice::Dice;
use super::super::workshop::{AssetPlan, BranchPlan, CustomerPlan, MemberPlan, Organization, Workshop};
use super::tell;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Berlin;
use people::{ASSETS, CUSTOMERS, DRIVERS, What, Who};
use uuid::Uuid;

const BRANCHES: [BranchPlan; 2] = [
    BranchPlan {
        name: "Hamburg",
        code: "HH",
        address: "Große Elbstraße 212\n22767 Hamburg",
        phone: "+49 40 5550 180",
        email: "hamburg@nordwind.example",
        tax_id: "DE 301 555 180",
        time_zone: Berlin,
        fiscal_year_start: 1,
    },
    BranchPlan {
        name: "Lübeck",
        code: "HL",
        address: "Geniner Straße 87\n23560 Lübeck",
        phone: "+49 451 5550 44",
        email: "luebeck@nordwind.example",
        tax_id: "DE 301 555 180",
        time_zone: Berlin,
        fiscal_year_start: 1,
    },
];

const HOLIDAYS: (&str, &str) = (
    "Closed from 24 to 27 December",
    "Both branches stay closed between the years. Please promise no vehicle for these days, and tell customers who call.\n\n\
     Whoever likes to be on call for the fleets: put your name on the list at the counter in Hamburg. On call days count double.",
);

/// Positions in [`MEMBERS`].
const MIA: usize = 2;
const TOMAS: usize = 3;
const AYLIN: usize = 4;
const JONAS: usize = 5;

/// Name, mailbox, role, branches.
const MEMBERS: &[(&str, &str, &str, &[usize])] = &[
    ("Katharina Brandt", "owner", "owner", &[]),
    ("Lars Petersen", "manager", "manager", &[0, 1]),
    ("Mia Hoffmann", "reception", "receptionist", &[0]),
    ("Tomas Novak", "tomas", "technician", &[0]),
    ("Aylin Demir", "aylin", "technician", &[0, 1]),
    ("Jonas Reimers", "jonas", "technician", &[1]),
    ("Greta Sommer", "books", "accountant", &[0, 1]),
];

/// Who came when the rest was there: somebody who only looks, and somebody whose role differs by branch.
const LATER_MEMBERS: &[(&str, &str, &str, &[usize])] = &[
    ("Henrik Lund", "viewer", "viewer", &[0, 1]),
    ("Hanna Vogt", "hanna", "receptionist", &[0, 1]),
];

pub(super) fn workshop(now: DateTime<Utc>, dice: Dice) -> Workshop {
    let org = Organization {
        id: Uuid::nil(),
        name: "Nordwind Garage".to_owned(),
        slug: "nordwind".to_owned(),
        currency: "EUR",
        country: "DE",
        asset_word: "vehicle",
        tax_name: "VAT 19 %",
        tax_basis_points: 1_900,
        payment_terms_days: 14,
        created_at: now - TimeDelta::days(400),
    };
    let mut shop = Workshop::open(now, dice, org, &BRANCHES);
    for (name, mailbox, role, branches) in MEMBERS {
        shop.take_on(&MemberPlan {
            name: (*name).to_owned(),
            email: format!("{mailbox}@nordwind.example"),
            role,
            branches: branches.to_vec(),
        });
    }
    for (day, who) in (0i64..).zip(CUSTOMERS) {
        shop.enter_customer(customer(who), now - TimeDelta::days(380 - day * 17));
    }
    for what in ASSETS {
        shop.enter_asset(asset(what));
    }
    // Yesterday's news: the manager, the front desk and one technician know it by now.
    shop.announce(HOLIDAYS, &[], now - TimeDelta::hours(20), &[1, MIA, TOMAS]);
    tell(&mut shop, &[tales::TALES, past::TALES].concat());
    for (company, name, phone) in DRIVERS {
        shop.enter_driver(*company, name, phone);
    }
    for (name, mailbox, role, branches) in LATER_MEMBERS {
        shop.take_on(&MemberPlan {
            name: (*name).to_owned(),
            email: format!("{mailbox}@nordwind.example"),
            role,
            branches: branches.to_vec(),
        });
    }
    // She runs the smaller branch, and helps at the counter of the other one.
    shop.differ(1, "manager");
    shop
}

fn customer((name, contact, phone, street, place, notes, branch): &Who) -> CustomerPlan {
    let (postal_code, city) = place.split_once(' ').unwrap_or(("", place));
    CustomerPlan {
        company: !contact.is_empty(),
        name: (*name).to_owned(),
        contact: (*contact).to_owned(),
        tax_id: String::new(),
        phone: (*phone).to_owned(),
        email: super::mailbox(if contact.is_empty() { name } else { contact }),
        street: (*street).to_owned(),
        postal_code: postal_code.to_owned(),
        city: city.to_owned(),
        notes: (*notes).to_owned(),
        branch: *branch,
    }
}

fn asset((customer, plate, vin, make, model, year, color, engine, odometer, unit): &What) -> AssetPlan {
    AssetPlan {
        customer: *customer,
        plate: (*plate).to_owned(),
        vin: (*vin).to_owned(),
        make: (*make).to_owned(),
        model: (*model).to_owned(),
        year: *year,
        color: (*color).to_owned(),
        engine: (*engine).to_owned(),
        odometer: Some(*odometer),
        unit_number: (*unit).to_owned(),
        ..AssetPlan::default()
    }
}
