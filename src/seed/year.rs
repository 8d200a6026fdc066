//! A year of a busy workshop, drawn: 1,000 customers, 1,500 vehicles, 5,000 work orders and their money.
use super::charge::Bill;
use super::dice::Dice;
use super::visit::{Verdict, Visit};
use super::workshop::{AssetPlan, BranchPlan, CustomerPlan, MemberPlan, Organization, Workshop};
use super::{devices, names, vehicles};
use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use chrono_tz::Europe::Berlin;
use uuid::Uuid;

const CUSTOMERS: usize = 1_000;
const ASSETS: usize = 1_500;
const VISITS: usize = 5_000;
/// Days before today on which the first customer came.
const FIRST_DAY: i64 = 700;
const TECHNICIANS: std::ops::Range<usize> = 4..10;

/// The workshop of this position; every fourth repairs devices.
pub(super) fn workshop(now: DateTime<Utc>, seed: u64, position: usize) -> Workshop {
    let dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(position as u64));
    let cars = position % 4 != 3;
    let mut shop = open(now, dice, position, cars);
    let people: Vec<_> = (0..CUSTOMERS)
        .map(|index| person(&mut shop.dice, index, now))
        .collect();
    for (plan, at) in people {
        shop.enter_customer(plan, at);
    }
    for index in 0..ASSETS {
        let plan = asset(&mut shop.dice, index, cars);
        shop.enter_asset(plan);
    }
    let mut arrivals: Vec<_> = (0..VISITS).map(|_| arrival(&mut shop.dice, now)).collect();
    arrivals.sort_unstable();
    for at in arrivals {
        let visit = visit(&mut shop, at, cars);
        shop.tell(&visit);
    }
    shop.finish();
    shop
}

fn open(now: DateTime<Utc>, dice: Dice, position: usize, cars: bool) -> Workshop {
    let city = names::CITIES[position % names::CITIES.len()];
    let trade = names::TRADES[position % names::TRADES.len()];
    let branch = |name, code, address, phone| BranchPlan {
        name,
        code,
        address,
        phone,
        email: "",
        tax_id: "DE 811 555 000",
        time_zone: Berlin,
        fiscal_year_start: 1,
    };
    let branches = [
        branch("Centre", "C", "Hauptstraße 1", "+49 30 5550 001"),
        branch("Ring", "R", "Ringstraße 200", "+49 30 5550 002"),
    ];
    let org = Organization {
        id: Uuid::nil(),
        name: if cars {
            format!("{trade} {city}")
        } else {
            format!("Handyklinik {city}")
        },
        slug: format!("workshop{}", position + 1),
        currency: "EUR",
        country: "DE",
        asset_word: if cars { "vehicle" } else { "device" },
        tax_name: "VAT 19 %",
        tax_basis_points: 1_900,
        payment_terms_days: 14,
        created_at: now - TimeDelta::days(FIRST_DAY + 20),
    };
    let mut shop = Workshop::open(now, dice, org, &branches);
    let staff = [
        ("owner", "owner"),
        ("manager", "manager"),
        ("reception", "receptionist"),
        ("books", "accountant"),
    ];
    let technicians = TECHNICIANS.map(|number| (format!("tech{}", number - 3), "technician"));
    for (mailbox, role) in staff
        .map(|(mailbox, role)| (mailbox.to_owned(), role))
        .into_iter()
        .chain(technicians)
    {
        let name = format!(
            "{} {}",
            shop.dice.pick(names::GIVEN),
            shop.dice.pick(names::FAMILY)
        );
        let branches = if role == "owner" { vec![] } else { vec![0, 1] };
        let email = format!("{mailbox}@workshop{}.example", position + 1);
        shop.take_on(&MemberPlan {
            name,
            email,
            role,
            branches,
        });
    }
    shop
}

fn person(dice: &mut Dice, index: usize, now: DateTime<Utc>) -> (CustomerPlan, DateTime<Utc>) {
    let (given, family) = (dice.pick(names::GIVEN), dice.pick(names::FAMILY));
    let company = dice.chance(15);
    let name = if company {
        format!("{} {family} GmbH", dice.pick(names::COMPANIES))
    } else {
        format!("{given} {family}")
    };
    let day = FIRST_DAY - i64::try_from(index).unwrap_or(0) * FIRST_DAY / 1_000;
    let plan = CustomerPlan {
        company,
        contact: if company {
            format!("{given} {family}")
        } else {
            String::new()
        },
        phone: format!("+49 30 555 {:04}", index),
        email: format!(
            "{}.{}{index}@mail.example",
            given.to_lowercase(),
            family.to_lowercase()
        ),
        street: format!("{} {}", dice.pick(names::STREETS), dice.between(1, 180)),
        postal_code: format!("{:05}", dice.between(10_115, 99_998)),
        city: dice.pick(names::CITIES).to_owned(),
        branch: dice.below(2),
        name,
        ..CustomerPlan::default()
    };
    (
        plan,
        now - TimeDelta::days(day) - TimeDelta::minutes(dice.between(0, 600)),
    )
}

/// The first thousand assets have an owner each, the others belong to some of the same customers: in the order of entry.
fn asset(dice: &mut Dice, index: usize, cars: bool) -> AssetPlan {
    let customer = index * CUSTOMERS / ASSETS;
    let plan = AssetPlan {
        customer,
        year: i32::try_from(dice.between(2006, 2025)).unwrap_or(2015),
        color: dice.pick(names::COLORS).to_owned(),
        ..AssetPlan::default()
    };
    if cars {
        let (make, model, engine) = names::VEHICLES[dice.below(names::VEHICLES.len())];
        let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
        AssetPlan {
            plate: format!(
                "{}-{}{} {}",
                dice.pick(&["B", "HH", "K", "L", "M"]),
                letter(index),
                letter(index / 26),
                100 + index
            ),
            vin: dice.text("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 17),
            make: make.to_owned(),
            model: model.to_owned(),
            engine: engine.to_owned(),
            odometer: Some(i32::try_from(dice.between(8_000, 190_000)).unwrap_or(50_000)),
            ..plan
        }
    } else {
        let (make, model) = names::DEVICES[dice.below(names::DEVICES.len())];
        AssetPlan {
            serial: dice.text("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 11),
            make: make.to_owned(),
            model: model.to_owned(),
            ..plan
        }
    }
}

/// A moment of the last year between 7 and 17 o'clock (UTC), not on a Sunday.
fn arrival(dice: &mut Dice, now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.date_naive() - TimeDelta::days(dice.between(0, 364));
    let day = if day.weekday() == Weekday::Sun {
        day - TimeDelta::days(1)
    } else {
        day
    };
    let minute = dice.between(0, 600);
    let at = (day.and_hms_opt(6, 30, 0).unwrap_or_default() + TimeDelta::minutes(minute)).and_utc();
    if at < now { at } else { at - TimeDelta::days(7) }
}

fn visit(shop: &mut Workshop, arrived: DateTime<Utc>, cars: bool) -> Visit {
    let known = shop
        .rows
        .assets
        .partition_point(|asset| asset.created_at < arrived);
    let asset = shop.dice.below(known);
    let hours = shop.dice.between(4, 80);
    let end = arrived + TimeDelta::minutes(hours * 60 + shop.dice.between(0, 59));
    let phase = phase(&mut shop.dice, arrived, end, shop.now);
    let since = end.min(shop.now);
    let branch = usize::from(
        shop.rows.customers[asset * CUSTOMERS / ASSETS].home_branch_id == shop.rows.branches[1].id,
    );
    let technician = TECHNICIANS.start + shop.dice.below(TECHNICIANS.len());
    let days = i32::try_from((arrived - (shop.now - TimeDelta::days(FIRST_DAY))).num_days()).unwrap_or(0);
    Visit {
        branch,
        asset,
        phase,
        arrived,
        since,
        promised: shop
            .dice
            .chance(90)
            .then(|| end + TimeDelta::minutes(shop.dice.between(-90, 240))),
        waiting: shop.dice.chance(8),
        odometer: shop.rows.assets[asset]
            .odometer
            .filter(|_| cars)
            .map(|value| value.max(8_000 + days * 30) + 12),
        works: works(&mut shop.dice, cars),
        technicians: if phase == "received" {
            vec![]
        } else {
            vec![technician]
        },
        advisor: 1 + shop.dice.below(2),
        notes: notes(&mut shop.dice, technician, since),
        bill: bill(&mut shop.dice, phase, since),
    }
}

fn phase(dice: &mut Dice, arrived: DateTime<Utc>, end: DateTime<Utc>, now: DateTime<Utc>) -> &'static str {
    const OPEN: [&str; 8] = [
        "received",
        "diagnosing",
        "awaiting_approval",
        "approved",
        "waiting_for_parts",
        "in_progress",
        "quality_check",
        "ready",
    ];
    if end <= now {
        let fresh = now - end < TimeDelta::days(2);
        return match dice.below(100) {
            0..3 => "cancelled",
            3..33 if fresh => "ready",
            _ => "delivered",
        };
    }
    let share = (now - arrived).num_minutes() * 8 / (end - arrived).num_minutes().max(1);
    OPEN[usize::try_from(share).unwrap_or(0).min(7)]
}

fn works(dice: &mut Dice, cars: bool) -> Vec<(&'static super::works::Work, Verdict)> {
    let all = if cars { vehicles::ALL } else { devices::ALL };
    let count = 1 + usize::from(dice.chance(45)) + usize::from(dice.chance(15));
    let mut chosen: Vec<(&super::works::Work, Verdict)> = Vec::new();
    while chosen.len() < count {
        let work = dice.pick(all);
        if chosen.iter().all(|(other, _)| other.title != work.title) {
            let no = !chosen.is_empty() && dice.chance(12);
            chosen.push((work, if no { Verdict::No } else { Verdict::Yes }));
        }
    }
    chosen
}

fn notes(
    dice: &mut Dice,
    member: usize,
    at: DateTime<Utc>,
) -> Vec<(usize, &'static str, String, DateTime<Utc>)> {
    const TEXTS: [&str; 4] = [
        "Customer informed by telephone.",
        "Test drive done, no noises.",
        "Please check again at the next service.",
        "Keys are in box 4.",
    ];
    if dice.chance(70) {
        return vec![];
    }
    vec![(member, "internal", dice.pick(&TEXTS).to_owned(), at)]
}

fn bill(dice: &mut Dice, phase: &str, at: DateTime<Utc>) -> Bill {
    if phase == "ready" && dice.chance(40) {
        return Bill::Draft;
    }
    if phase != "delivered" {
        return Bill::None;
    }
    let later = TimeDelta::days(dice.between(2, 24));
    let (paid, void) = match dice.below(100) {
        0 => (vec![], Some(at + TimeDelta::hours(18))),
        1..3 => (vec![], None),
        3..6 => (vec![(at, "card", 50)], None),
        6..30 => (vec![(at + later, "transfer", 100)], None),
        30..50 => (vec![(at, "cash", 100)], None),
        _ => (vec![(at, "card", 100)], None),
    };
    Bill::Posted { at, paid, void }
}
