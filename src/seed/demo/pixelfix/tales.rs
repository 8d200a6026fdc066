//! What goes on at Pixelfix: on the bench now, and in the weeks before.
use super::super::super::devices as d;
use super::super::super::visit::Verdict::Yes;
use super::super::{Charge, Day, In, TALE, Tale, Today};
use super::{ARJUN, FATIMA, PRIYA};

pub(super) const TALES: &[Tale] = &[
    Tale {
        asset: 11,
        arrived: Today(90),
        since: Today(90),
        promised: Some(In(360)),
        works: &[(&d::CHARGING_PORT, Yes)],
        waiting: true,
        ..TALE
    },
    Tale {
        asset: 12,
        arrived: Today(60),
        since: Today(72),
        phase: "diagnosing",
        promised: Some(Day(-1, 18, 0)),
        works: &[(&d::FAN, Yes)],
        technicians: &[FATIMA],
        ..TALE
    },
    Tale {
        asset: 2,
        arrived: Day(1, 11, 30),
        since: Today(20),
        phase: "awaiting_approval",
        promised: Some(In(-95)),
        works: &[(&d::LIQUID, Yes)],
        technicians: &[ARJUN],
        notes: &[
            (
                ARJUN,
                "internal",
                "Corrosion under the power controller. Data is safe, drive reads fine.",
                Today(10),
            ),
            (PRIYA, "customer", "Estimate sent. Your data is safe.", Today(22)),
        ],
        ..TALE
    },
    Tale {
        asset: 0,
        arrived: Today(25),
        since: Today(66),
        phase: "in_progress",
        promised: Some(In(35)),
        works: &[(&d::SCREEN, Yes), (&d::PHONE_BATTERY, Yes)],
        technicians: &[FATIMA],
        waiting: true,
        ..TALE
    },
    Tale {
        asset: 4,
        arrived: Day(1, 10, 0),
        since: Today(15),
        phase: "in_progress",
        promised: Some(In(210)),
        works: &[(&d::SSD, Yes)],
        technicians: &[ARJUN],
        ..TALE
    },
    Tale {
        asset: 9,
        arrived: Day(3, 15, 0),
        since: Day(2, 12, 0),
        phase: "waiting_for_parts",
        promised: Some(Day(-2, 17, 0)),
        works: &[(&d::TABLET_GLASS, Yes)],
        technicians: &[FATIMA],
        ..TALE
    },
    Tale {
        asset: 10,
        arrived: Day(3, 15, 5),
        since: Day(2, 12, 5),
        phase: "waiting_for_parts",
        promised: Some(Day(-2, 17, 0)),
        works: &[(&d::TABLET_GLASS, Yes)],
        technicians: &[FATIMA],
        ..TALE
    },
    Tale {
        asset: 7,
        arrived: Day(2, 12, 0),
        since: Today(50),
        phase: "ready",
        promised: Some(In(90)),
        works: &[(&d::CONSOLE_HDMI, Yes)],
        technicians: &[ARJUN],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 5,
        arrived: Day(1, 17, 0),
        since: Today(30),
        phase: "delivered",
        works: &[(&d::CAMERA, Yes)],
        technicians: &[FATIMA],
        charge: Charge::Paid("upi"),
        ..TALE
    },
    Tale {
        asset: 8,
        arrived: Day(4, 10, 30),
        since: Day(3, 18, 0),
        phase: "delivered",
        works: &[(&d::HINGE, Yes), (&d::FAN, Yes)],
        technicians: &[ARJUN],
        charge: Charge::Paid("upi"),
        ..TALE
    },
    Tale {
        asset: 3,
        arrived: Day(10, 11, 0),
        since: Day(8, 16, 0),
        phase: "delivered",
        works: &[(&d::SSD, Yes)],
        technicians: &[ARJUN],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 13,
        arrived: Day(15, 12, 0),
        since: Day(15, 17, 30),
        phase: "delivered",
        works: &[(&d::PHONE_BATTERY, Yes)],
        technicians: &[FATIMA],
        charge: Charge::Paid("cash"),
        ..TALE
    },
    Tale {
        asset: 6,
        arrived: Day(24, 10, 0),
        since: Day(22, 18, 20),
        phase: "delivered",
        works: &[(&d::TABLET_GLASS, Yes)],
        technicians: &[FATIMA],
        charge: Charge::Paid("card"),
        ..TALE
    },
    Tale {
        asset: 1,
        arrived: Day(33, 13, 0),
        since: Day(33, 18, 45),
        phase: "delivered",
        works: &[(&d::SCREEN, Yes)],
        technicians: &[FATIMA],
        charge: Charge::Part("upi", 60),
        ..TALE
    },
    Tale {
        asset: 12,
        arrived: Day(44, 10, 0),
        since: Day(42, 17, 0),
        phase: "delivered",
        works: &[(&d::SOFTWARE, Yes), (&d::SSD, Yes)],
        technicians: &[ARJUN],
        charge: Charge::Paid("upi"),
        ..TALE
    },
];
