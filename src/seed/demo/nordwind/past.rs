//! What Nordwind has delivered, today and in the weeks before.
use super::super::super::vehicles as v;
use super::super::super::visit::Verdict::{No, Yes};
use super::super::{Charge, Day, TALE, Tale, Today};
use super::{AYLIN, JONAS, MIA, TOMAS};

pub(super) const TALES: &[Tale] = &[
    Tale {
        asset: 6,
        arrived: Day(1, 7, 0),
        since: Today(35),
        phase: "delivered",
        works: &[(&v::VAN_SERVICE, Yes)],
        technicians: &[TOMAS],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 17,
        branch: 1,
        arrived: Day(1, 9, 0),
        since: Today(28),
        phase: "delivered",
        works: &[(&v::BATTERY, Yes)],
        technicians: &[JONAS],
        charge: Charge::Paid("card"),
        ..TALE
    },
    Tale {
        asset: 3,
        arrived: Day(3, 7, 15),
        since: Day(2, 16, 10),
        phase: "delivered",
        works: &[(&v::BRAKES_FRONT, Yes), (&v::BRAKES_REAR, Yes)],
        technicians: &[AYLIN],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 8,
        arrived: Day(5, 8, 20),
        since: Day(4, 15, 30),
        phase: "delivered",
        works: &[(&v::DIAGNOSE_ENGINE, Yes)],
        technicians: &[TOMAS],
        charge: Charge::Paid("card"),
        ..TALE
    },
    Tale {
        asset: 9,
        arrived: Day(9, 9, 0),
        since: Day(8, 16, 45),
        phase: "delivered",
        works: &[(&v::WINTER_TYRES, Yes), (&v::WIPERS, Yes)],
        technicians: &[AYLIN],
        charge: Charge::Paid("cash"),
        ..TALE
    },
    Tale {
        asset: 11,
        arrived: Day(12, 8, 10),
        since: Day(11, 14, 0),
        phase: "delivered",
        works: &[(&v::AIR_CONDITIONING, Yes)],
        technicians: &[TOMAS],
        charge: Charge::PaidLater("transfer", 6),
        ..TALE
    },
    Tale {
        asset: 14,
        arrived: Day(16, 8, 0),
        since: Day(14, 17, 0),
        phase: "delivered",
        works: &[(&v::TIMING_BELT, Yes), (&v::SERVICE, Yes)],
        technicians: &[TOMAS],
        charge: Charge::Part("card", 50),
        ..TALE
    },
    Tale {
        asset: 15,
        branch: 1,
        arrived: Day(18, 10, 30),
        since: Day(17, 15, 20),
        phase: "delivered",
        works: &[(&v::INSPECTION, Yes)],
        technicians: &[JONAS],
        charge: Charge::Paid("card"),
        ..TALE
    },
    Tale {
        asset: 5,
        arrived: Day(26, 7, 0),
        since: Day(25, 16, 0),
        phase: "delivered",
        works: &[(&v::VAN_SERVICE, Yes)],
        technicians: &[AYLIN],
        charge: Charge::Posted,
        ..TALE
    },
    Tale {
        asset: 13,
        arrived: Day(30, 9, 30),
        since: Day(28, 13, 0),
        phase: "delivered",
        works: &[(&v::BRAKES_REAR, Yes), (&v::EXHAUST, No)],
        technicians: &[TOMAS],
        charge: Charge::Posted,
        notes: &[(
            MIA,
            "internal",
            "Asked for time until the end of the month.",
            Day(27, 10, 0),
        )],
        ..TALE
    },
    Tale {
        asset: 1,
        arrived: Day(37, 8, 0),
        since: Day(36, 17, 30),
        phase: "delivered",
        works: &[(&v::NEW_TYRES, Yes), (&v::ALIGNMENT, Yes)],
        technicians: &[AYLIN],
        charge: Charge::PaidLater("transfer", 9),
        ..TALE
    },
    Tale {
        asset: 18,
        branch: 1,
        arrived: Day(41, 11, 0),
        since: Day(40, 12, 10),
        phase: "delivered",
        works: &[(&v::SPARK_PLUGS, Yes)],
        technicians: &[JONAS],
        charge: Charge::Paid("card"),
        ..TALE
    },
    Tale {
        asset: 4,
        arrived: Day(47, 7, 10),
        since: Day(46, 15, 0),
        phase: "delivered",
        works: &[(&v::BRAKES_FRONT, Yes)],
        technicians: &[TOMAS],
        charge: Charge::PaidLater("transfer", 12),
        ..TALE
    },
    Tale {
        asset: 12,
        arrived: Day(55, 9, 0),
        since: Day(53, 16, 0),
        phase: "delivered",
        works: &[(&v::CLUTCH, Yes)],
        technicians: &[TOMAS],
        charge: Charge::Void,
        ..TALE
    },
    Tale {
        asset: 19,
        branch: 1,
        arrived: Day(20, 10, 0),
        since: Day(19, 15, 0),
        phase: "cancelled",
        works: &[(&v::SUSPENSION, No)],
        technicians: &[JONAS],
        ..TALE
    },
];
