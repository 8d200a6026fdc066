//! A garage's works, in euro cents.
use super::works::{Work, discount, fee, labor, part, sublet};

/// An hour of a mechanic.
const HOUR: i64 = 9_800;
/// An hour of diagnosis.
const DIAGNOSIS: i64 = 11_900;

pub(super) const SERVICE: Work = Work {
    title: "Oil and filter service",
    concern: "Service light is on. Last service a good year ago.",
    cause: "Service interval reached, oil dark, cabin filter clogged.",
    correction: "Changed oil, oil filter, cabin filter and drain plug seal. Reset the interval.",
    items: &[
        labor("Oil and filter service, interval reset", 1_200, HOUR),
        part("Engine oil 5W-30 LongLife, litre", "OX-5W30-LL", 4_700, 1_490),
        part("Oil filter", "HU 7020 Z", 1_000, 1_450),
        part("Cabin filter, activated carbon", "CUK 26 009", 1_000, 2_990),
        fee("Disposal of used oil", 650),
    ],
};
pub(super) const BRAKES_FRONT: Work = Work {
    title: "Front brakes: discs and pads",
    concern: "Grinding noise from the front when braking, steering wheel shakes.",
    cause: "Front pads down to 2 mm, discs scored and below minimum thickness (20.8 mm of 22).",
    correction: "Replaced front discs and pads, cleaned and greased the calipers. Test drive without findings.",
    items: &[
        labor("Replace front discs and pads", 1_600, HOUR),
        part("Brake disc, front", "0 986 479 B79", 2_000, 6_840),
        part("Brake pads, front axle", "0 986 494 553", 1_000, 7_290),
        part("Brake cleaner", "BC-500", 1_000, 690),
    ],
};
pub(super) const BRAKES_REAR: Work = Work {
    title: "Rear brakes: discs, pads, parking brake",
    concern: "Parking brake hardly holds on the ramp.",
    cause: "Rear pads worn to 1.5 mm, left caliper slides seized.",
    correction: "Replaced rear discs and pads, freed the slides, set the parking brake back with the tester.",
    items: &[
        labor("Replace rear discs and pads, reset parking brake", 1_900, HOUR),
        part("Brake disc, rear", "0 986 479 C19", 2_000, 5_420),
        part("Brake pads, rear axle", "0 986 494 659", 1_000, 5_860),
        part("Guide sleeve kit", "QU-113-1477", 1_000, 1_890),
    ],
};
pub(super) const TIMING_BELT: Work = Work {
    title: "Timing belt and water pump",
    concern: "Timing belt is due according to the service book.",
    cause: "Belt 9 years old, water pump with traces of coolant.",
    correction: "Replaced timing belt kit, water pump and coolant. Ran the engine to temperature, no leaks.",
    items: &[
        labor("Replace timing belt and water pump", 4_800, HOUR),
        part("Timing belt kit with water pump", "KP15675XS", 1_000, 28_900),
        part("Coolant G13, litre", "G013A8JM1", 6_000, 980),
        part("Auxiliary belt", "6PK1070", 1_000, 2_460),
    ],
};
pub(super) const CLUTCH: Work = Work {
    title: "Clutch and dual-mass flywheel",
    concern: "Clutch slips when pulling away uphill, smells burnt.",
    cause: "Lining worn out, flywheel with 18 mm of play.",
    correction: "Replaced clutch kit, release bearing and dual-mass flywheel. Bled the hydraulics.",
    items: &[
        labor("Remove and refit gearbox, replace clutch", 6_500, HOUR),
        part("Clutch kit with release bearing", "600 0169 00", 1_000, 31_800),
        part("Dual-mass flywheel", "415 0618 10", 1_000, 49_200),
        part("Flywheel bolts, set", "411 0142 10", 1_000, 2_140),
    ],
};
pub(super) const DIAGNOSE_ENGINE: Work = Work {
    title: "Diagnosis: engine light",
    concern: "Engine light comes on after a few minutes, car has less power.",
    cause: "Fault P0299, charge pressure too low: hose between turbocharger and intercooler torn.",
    correction: "Replaced the charge-air hose, cleared the fault, test drive with live data: pressure reached.",
    items: &[
        labor("Guided fault finding with live data", 1_000, DIAGNOSIS),
        labor("Replace charge-air hose", 800, HOUR),
        part("Charge-air hose", "5Q0 145 834", 1_000, 8_730),
    ],
};
pub(super) const BATTERY: Work = Work {
    title: "Starter battery",
    concern: "Car does not start in the morning, had to be jumped twice.",
    cause: "Battery at 38 % health after seven years, alternator charges properly.",
    correction: "Fitted an AGM battery and registered it in the vehicle.",
    items: &[
        labor("Test charging system, replace and register battery", 700, HOUR),
        part("Battery AGM 70 Ah", "570 901 076", 1_000, 18_900),
    ],
};
pub(super) const WINTER_TYRES: Work = Work {
    title: "Wheel change to winter",
    concern: "Please change to winter wheels and store the summer set.",
    cause: "",
    correction: "Changed wheels, torqued to 120 Nm, set pressures, stored the summer set.",
    items: &[
        labor("Change and balance wheels", 600, HOUR),
        fee("Storage for one season, set of four", 4_500),
    ],
};
pub(super) const NEW_TYRES: Work = Work {
    title: "Four all-season tyres",
    concern: "Tyres are worn, wants all-season ones.",
    cause: "Tread 2.1 mm in front, sides cracked (DOT 3817).",
    correction: "Fitted and balanced four tyres, new valves, taught in the pressure sensors.",
    items: &[
        part("Tyre 205/55 R16 94V all-season", "AS-2055516-94V", 4_000, 9_650),
        labor("Fit and balance, per wheel", 4_000, 1_800),
        part("Rubber valve", "TR414", 4_000, 250),
        fee("Disposal of old tyres", 1_400),
        discount("Four-tyre offer", 2_000),
    ],
};
pub(super) const INSPECTION: Work = Work {
    title: "General inspection with emission test",
    concern: "General inspection is due this month.",
    cause: "",
    correction: "Prepared and presented the vehicle; passed without defects.",
    items: &[
        labor("Pre-check of lights, brakes, steering", 500, HOUR),
        sublet("General inspection and emission test (TÜV)", 15_200),
    ],
};
pub(super) const AIR_CONDITIONING: Work = Work {
    title: "Air conditioning service",
    concern: "Air conditioning only blows lukewarm air.",
    cause: "System at 40 % of its charge, seal at the service port weeping.",
    correction: "Replaced the port seal, evacuated, leak-tested and filled with 480 g R1234yf.",
    items: &[
        labor("Air conditioning service with leak test", 1_000, HOUR),
        part("Refrigerant R1234yf, 100 g", "R1234YF", 4_800, 1_890),
        part("Service port seal", "TSP0535", 1_000, 820),
    ],
};
pub(super) const SUSPENSION: Work = Work {
    title: "Control arm, front left",
    concern: "Knocking over bumps, front left.",
    cause: "Rear bush of the front left control arm torn.",
    correction: "Replaced the control arm, aligned the axle.",
    items: &[
        labor("Replace control arm", 1_400, HOUR),
        part("Control arm, front left", "37074 01", 1_000, 11_870),
        labor("Wheel alignment with print-out", 1_000, 8_900),
    ],
};
pub(super) const ALIGNMENT: Work = Work {
    title: "Wheel alignment",
    concern: "Car pulls to the right since hitting a pothole.",
    cause: "Toe at the front axle 0°28' out.",
    correction: "Aligned all four wheels, steering wheel straight.",
    items: &[labor("Four-wheel alignment with print-out", 1_000, 8_900)],
};
pub(super) const EXHAUST: Work = Work {
    title: "Rear silencer",
    concern: "Loud exhaust, rattles at idle.",
    cause: "Rear silencer rusted through at the inlet.",
    correction: "Replaced rear silencer, clamp and rubber mounts.",
    items: &[
        labor("Replace rear silencer", 900, HOUR),
        part("Rear silencer", "233-493", 1_000, 16_450),
        part("Clamp and rubber mounts", "MK-5522", 1_000, 2_280),
    ],
};
pub(super) const COOLANT_LEAK: Work = Work {
    title: "Thermostat housing",
    concern: "Coolant warning twice this week, sweet smell in front of the car.",
    cause: "Thermostat housing cracked, loses coolant under pressure.",
    correction: "Replaced thermostat housing and seals, bled and pressure-tested for 30 minutes.",
    items: &[
        labor("Pressure test, replace thermostat housing", 2_300, HOUR),
        part("Thermostat housing with sensor", "03L 121 111", 1_000, 9_680),
        part("Coolant G13, litre", "G013A8JM1", 4_000, 980),
    ],
};
pub(super) const GLOW_PLUGS: Work = Work {
    title: "Glow plugs",
    concern: "Diesel starts badly when cold and smokes.",
    cause: "Glow plugs of cylinders 2 and 3 without continuity.",
    correction: "Replaced all four glow plugs, checked the relay.",
    items: &[
        labor("Replace glow plugs", 1_300, HOUR),
        part("Glow plug", "0 250 403 009", 4_000, 2_130),
    ],
};
pub(super) const SPARK_PLUGS: Work = Work {
    title: "Spark plugs and ignition coil",
    concern: "Engine judders under load, engine light flashes.",
    cause: "Misfire on cylinder 3: ignition coil cracked, plugs at the end of their life.",
    correction: "Replaced the coil of cylinder 3 and all spark plugs.",
    items: &[
        labor("Fault finding and replacement", 1_100, HOUR),
        part("Ignition coil", "0 221 604 115", 1_000, 5_890),
        part("Spark plug, iridium", "ILZKR7B-11S", 4_000, 1_740),
    ],
};
pub(super) const WIPERS: Work = Work {
    title: "Wiper blades and screen wash",
    concern: "Wipers smear.",
    cause: "",
    correction: "Fitted front and rear blades, filled up the screen wash.",
    items: &[
        part("Wiper blades, front, pair", "A 979 S", 1_000, 3_490),
        part("Wiper blade, rear", "A 331 H", 1_000, 1_490),
        part("Screen wash, winter, litre", "SW-20", 3_000, 320),
    ],
};
pub(super) const WINDSCREEN: Work = Work {
    title: "Windscreen with camera calibration",
    concern: "Stone chip has become a crack across the windscreen.",
    cause: "Crack 40 cm long, in the driver's field of view.",
    correction: "Replaced the windscreen, calibrated the front camera statically.",
    items: &[
        labor("Replace windscreen", 2_800, HOUR),
        part("Windscreen, rain sensor, camera", "8586AGSMVZ", 1_000, 46_800),
        labor("Static calibration of the front camera", 1_000, 18_900),
    ],
};
pub(super) const DOOR_LOCK: Work = Work {
    title: "Door lock, driver's door",
    concern: "Central locking does not open the driver's door.",
    cause: "Motor in the lock of the driver's door defective.",
    correction: "Replaced the lock, all doors lock and unlock.",
    items: &[
        labor("Remove door panel, replace lock", 1_500, HOUR),
        part("Door lock, front left", "5K1 837 015 E", 1_000, 8_460),
    ],
};
pub(super) const WHEEL_BEARING: Work = Work {
    title: "Wheel bearing, rear right",
    concern: "Humming from behind that grows with speed.",
    cause: "Rear right wheel bearing rough.",
    correction: "Replaced the wheel hub with bearing. Noise gone on the test drive.",
    items: &[
        labor("Replace wheel hub", 1_300, HOUR),
        part("Wheel hub with bearing", "713 6109 50", 1_000, 10_940),
    ],
};
pub(super) const VAN_SERVICE: Work = Work {
    title: "Large van service",
    concern: "Fleet service by kilometres, driver reports nothing unusual.",
    cause: "",
    correction: "Service by the maker's plan with oil, air, fuel and cabin filter. AdBlue filled.",
    items: &[
        labor("Van service by plan", 2_600, HOUR),
        part("Engine oil 5W-30 C3, litre", "OX-5W30-C3", 9_000, 1_190),
        part("Filter set: oil, air, fuel, cabin", "FS-VAN-21", 1_000, 11_800),
        part("AdBlue, litre", "ADB-1", 12_000, 160),
        fee("Disposal of used oil", 950),
    ],
};
pub(super) const BRAKE_FLUID: Work = Work {
    title: "Brake fluid",
    concern: "Brake fluid is due (every two years).",
    cause: "Water content 3.4 %.",
    correction: "Changed the brake fluid, bled all four wheels.",
    items: &[
        labor("Change brake fluid", 600, HOUR),
        part("Brake fluid DOT 4 LV, litre", "DOT4LV", 1_000, 1_240),
    ],
};

/// All of them, the frequent ones more than once.
pub(super) const ALL: &[&Work] = &[
    &SERVICE,
    &SERVICE,
    &SERVICE,
    &SERVICE,
    &BRAKES_FRONT,
    &BRAKES_FRONT,
    &BRAKES_REAR,
    &TIMING_BELT,
    &CLUTCH,
    &DIAGNOSE_ENGINE,
    &BATTERY,
    &WINTER_TYRES,
    &WINTER_TYRES,
    &NEW_TYRES,
    &INSPECTION,
    &INSPECTION,
    &AIR_CONDITIONING,
    &SUSPENSION,
    &ALIGNMENT,
    &EXHAUST,
    &COOLANT_LEAK,
    &GLOW_PLUGS,
    &SPARK_PLUGS,
    &WIPERS,
    &WINDSCREEN,
    &DOOR_LOCK,
    &WHEEL_BEARING,
    &VAN_SERVICE,
    &BRAKE_FLUID,
];
