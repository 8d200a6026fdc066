//! What stands on Nordwind's board now.
use super::super::super::vehicles as v;
use super::super::super::visit::CALL;
use super::super::super::visit::Verdict::{No, Yes};
use super::super::{Charge, Day, In, TALE, Tale, Today};
use super::{AYLIN, JONAS, MIA, TOMAS};

pub(super) const TALES: &[Tale] = &[
    Tale {
        asset: 2,
        arrived: Today(92),
        since: Today(92),
        promised: Some(In(420)),
        works: &[(&v::WIPERS, Yes)],
        waiting: true,
        ..TALE
    },
    Tale {
        asset: 9,
        arrived: Today(80),
        since: Today(80),
        promised: Some(Day(-1, 16, 0)),
        works: &[(&v::SERVICE, Yes), (&v::INSPECTION, Yes)],
        notes: &[(
            MIA,
            "internal",
            "Customer asked for a lift to the S-Bahn at noon.",
            Today(82),
        )],
        ..TALE
    },
    Tale {
        asset: 13,
        arrived: Today(30),
        since: Today(70),
        phase: "diagnosing",
        promised: Some(In(300)),
        works: &[(&v::GLOW_PLUGS, Yes)],
        technicians: &[TOMAS],
        ..TALE
    },
    Tale {
        asset: 11,
        arrived: Today(15),
        since: Today(55),
        phase: "diagnosing",
        promised: Some(In(240)),
        works: &[(&v::SPARK_PLUGS, Yes), (&v::SERVICE, Yes)],
        technicians: &[AYLIN],
        notes: &[(
            AYLIN,
            "internal",
            "Misfire counter: cylinder 3 only. Swapped coils 2 and 3, the fault moved along.",
            Today(57),
        )],
        ..TALE
    },
    Tale {
        asset: 1,
        arrived: Day(1, 8, 5),
        since: Today(25),
        phase: "awaiting_approval",
        promised: Some(In(330)),
        works: &[(&v::CLUTCH, Yes), (&v::BRAKE_FLUID, Yes)],
        technicians: &[TOMAS],
        notes: &[(
            MIA,
            "internal",
            "Left a message on the mailbox, sent the estimate by e-mail as well.",
            Today(30),
        )],
        ..TALE
    },
    Tale {
        asset: 14,
        arrived: Day(1, 9, 40),
        since: In(-170),
        phase: "awaiting_approval",
        promised: Some(In(-130)),
        works: &[(&v::SUSPENSION, Yes)],
        technicians: &[AYLIN],
        notes: &[(
            MIA,
            CALL,
            "Tried twice, nobody answers. Promised time is over: call again at lunch.",
            In(-60),
        )],
        ..TALE
    },
    Tale {
        asset: 8,
        arrived: Day(1, 10, 15),
        since: Today(20),
        phase: "approved",
        promised: Some(In(50)),
        works: &[(&v::BATTERY, Yes)],
        technicians: &[TOMAS],
        waiting: true,
        ..TALE
    },
    Tale {
        asset: 5,
        arrived: Day(1, 7, 10),
        since: Today(10),
        phase: "approved",
        promised: Some(Day(-1, 12, 0)),
        works: &[(&v::VAN_SERVICE, Yes), (&v::BRAKES_FRONT, Yes)],
        technicians: &[],
        ..TALE
    },
    Tale {
        asset: 4,
        arrived: Day(2, 7, 20),
        since: Day(1, 11, 0),
        phase: "waiting_for_parts",
        promised: Some(Day(-1, 17, 0)),
        works: &[(&v::TIMING_BELT, Yes), (&v::VAN_SERVICE, Yes)],
        technicians: &[TOMAS],
        notes: &[
            (
                TOMAS,
                "internal",
                "Kit came with the wrong tensioner. Supplier sends the right one with tomorrow's first run.",
                Day(1, 11, 5),
            ),
            (
                MIA,
                "customer",
                "Your van needs one more part. It will be ready tomorrow afternoon.",
                Day(1, 11, 30),
            ),
        ],
        ..TALE
    },
    Tale {
        asset: 0,
        arrived: Day(1, 7, 45),
        since: Today(12),
        phase: "in_progress",
        promised: Some(In(40)),
        works: &[(&v::BRAKES_FRONT, Yes), (&v::SERVICE, Yes), (&v::WIPERS, No)],
        technicians: &[TOMAS],
        waiting: false,
        notes: &[
            (
                TOMAS,
                "internal",
                "Left caliper slide was dry, greased it. Check again at the next service.",
                Today(60),
            ),
            (
                MIA,
                "customer",
                "We found worn discs too and sent you the new estimate.",
                Day(1, 12, 10),
            ),
        ],
        ..TALE
    },
    Tale {
        asset: 7,
        arrived: Day(1, 8, 30),
        since: Today(18),
        phase: "in_progress",
        promised: Some(In(180)),
        works: &[(&v::WINDSCREEN, Yes), (&v::WIPERS, Yes)],
        technicians: &[AYLIN],
        ..TALE
    },
    Tale {
        asset: 10,
        arrived: Day(1, 5, 50),
        since: Today(75),
        phase: "quality_check",
        promised: Some(In(75)),
        works: &[(&v::EXHAUST, Yes), (&v::INSPECTION, Yes)],
        technicians: &[TOMAS, AYLIN],
        ..TALE
    },
    Tale {
        asset: 12,
        arrived: Day(2, 9, 15),
        since: Today(40),
        phase: "ready",
        promised: Some(In(120)),
        works: &[(&v::COOLANT_LEAK, Yes)],
        technicians: &[AYLIN],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 20,
        arrived: Day(1, 11, 0),
        since: Today(65),
        phase: "ready",
        promised: Some(In(200)),
        works: &[(&v::WINTER_TYRES, Yes)],
        technicians: &[TOMAS],
        charge: Charge::Draft,
        ..TALE
    },
    Tale {
        asset: 15,
        branch: 1,
        arrived: Day(1, 8, 0),
        since: Today(22),
        phase: "in_progress",
        promised: Some(In(150)),
        works: &[(&v::WHEEL_BEARING, Yes)],
        technicians: &[JONAS],
        ..TALE
    },
    Tale {
        asset: 16,
        branch: 1,
        arrived: Today(45),
        since: Today(45),
        promised: Some(In(380)),
        works: &[(&v::SERVICE, Yes)],
        ..TALE
    },
    Tale {
        asset: 18,
        branch: 1,
        arrived: Day(1, 14, 20),
        since: Today(50),
        phase: "ready",
        promised: Some(In(-25)),
        works: &[(&v::DOOR_LOCK, Yes)],
        technicians: &[JONAS],
        charge: Charge::Draft,
        ..TALE
    },
    Tale {
        asset: 19,
        branch: 1,
        arrived: Day(6, 10, 0),
        since: Day(2, 15, 0),
        phase: "waiting_for_parts",
        promised: Some(Day(-4, 12, 0)),
        works: &[(&v::EXHAUST, Yes)],
        technicians: &[JONAS],
        notes: &[(
            JONAS,
            "internal",
            "Silencer for the W124 only from the classic centre, delivery next week.",
            Day(2, 15, 5),
        )],
        ..TALE
    },
];
