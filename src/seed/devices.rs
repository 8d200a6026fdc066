//! A device service centre's works, in paise.
use super::works::{Work, discount, fee, labor, part};

pub(super) const SCREEN: Work = Work {
    title: "Display replacement",
    concern: "Dropped on tiles: glass is cracked and the lower third does not react to touch.",
    cause: "OLED panel and digitiser broken, frame straight.",
    correction: "Replaced the display, transferred the sensor, new seal. Touch and True Tone tested.",
    items: &[
        part("OLED display, original grade", "DSP-A2890-OG", 1_000, 1_420_000),
        labor("Display replacement and test", 1_000, 120_000),
        part("Frame seal", "SEAL-67", 1_000, 18_000),
    ],
};
pub(super) const PHONE_BATTERY: Work = Work {
    title: "Battery replacement",
    concern: "Battery drains by noon and the phone switches off at 20 %.",
    cause: "Battery health 71 %, 1,040 cycles.",
    correction: "Fitted a new battery, calibrated, 24 h standby test passed.",
    items: &[
        part("Battery 3,240 mAh", "BAT-3240", 1_000, 340_000),
        labor("Battery replacement", 1_000, 60_000),
    ],
};
pub(super) const CHARGING_PORT: Work = Work {
    title: "Charging port",
    concern: "Charges only when the cable is held at an angle.",
    cause: "USB-C port worn and packed with lint, two pins bent.",
    correction: "Replaced the charging sub-board, fast charging works at 45 W.",
    items: &[
        part("USB-C sub-board", "SUB-S918", 1_000, 165_000),
        labor("Sub-board replacement", 1_000, 90_000),
    ],
};
pub(super) const LIQUID: Work = Work {
    title: "Liquid damage: clean and revive",
    concern: "Tea was spilt over the keyboard, does not switch on any more.",
    cause: "Corrosion around the power controller, keyboard short-circuited.",
    correction: "Cleaned the board in the ultrasonic bath, replaced the power controller and the keyboard.",
    items: &[
        labor("Board-level diagnosis under the microscope", 1_000, 250_000),
        labor("Ultrasonic cleaning and component replacement", 1_000, 480_000),
        part("Power controller IC", "ISL9240HI", 1_000, 115_000),
        part("Keyboard assembly", "KB-A2337", 1_000, 690_000),
    ],
};
pub(super) const SSD: Work = Work {
    title: "SSD upgrade with data transfer",
    concern: "Laptop is slow and the disk is full.",
    cause: "256 GB drive at 97 %, health good.",
    correction: "Fitted a 1 TB NVMe drive, cloned the system, user checked the data.",
    items: &[
        part("NVMe SSD 1 TB", "WDS100T3X0E", 1_000, 740_000),
        labor("Installation and data transfer", 1_000, 180_000),
    ],
};
pub(super) const FAN: Work = Work {
    title: "Cooling system service",
    concern: "Laptop gets very hot, fan is loud, games stutter.",
    cause: "Heat sink blocked by dust, thermal paste dry.",
    correction: "Cleaned fans and heat sink, new thermal paste: 24 °C cooler under load.",
    items: &[
        labor("Dismantle, clean, re-paste", 1_000, 160_000),
        part("Thermal paste, PTM7950", "PTM7950", 1_000, 65_000),
    ],
};
pub(super) const HINGE: Work = Work {
    title: "Laptop hinge and back cover",
    concern: "Left hinge is broken, the lid gapes.",
    cause: "Screw bosses of the back cover torn out.",
    correction: "Replaced back cover and hinges.",
    items: &[
        part("Back cover", "5CB1J-HNG", 1_000, 390_000),
        part("Hinges, pair", "5H50S-HNG", 1_000, 145_000),
        labor("Replacement", 1_000, 150_000),
    ],
};
pub(super) const CAMERA: Work = Work {
    title: "Rear camera",
    concern: "Camera rattles and does not focus.",
    cause: "Image stabiliser of the main camera stuck.",
    correction: "Replaced the rear camera module, all lenses tested.",
    items: &[
        part("Rear camera module", "CAM-A2890-R", 1_000, 680_000),
        labor("Replacement and test", 1_000, 90_000),
    ],
};
pub(super) const CONSOLE_HDMI: Work = Work {
    title: "Console HDMI port",
    concern: "No picture on the television, console beeps normally.",
    cause: "HDMI port bent, two pads lifted.",
    correction: "Replaced the HDMI port, repaired the pads, 4K at 120 Hz tested.",
    items: &[
        labor("Micro-soldering", 1_000, 260_000),
        part("HDMI port", "HDMI-PS5", 1_000, 78_000),
        fee("Express handling", 50_000),
    ],
};
pub(super) const DATA: Work = Work {
    title: "Data recovery, level 1",
    concern: "Phone does not boot; wants the photos of the last year.",
    cause: "Boot loop after a failed update, storage readable.",
    correction: "Recovered 41 GB of photos and videos to a new drive, restored the system.",
    items: &[
        labor("Data recovery", 1_000, 550_000),
        part("USB drive 64 GB", "USB-64", 1_000, 69_000),
    ],
};
pub(super) const SOFTWARE: Work = Work {
    title: "System repair and clean-up",
    concern: "Blue screens since the last update, many pop-ups.",
    cause: "Damaged system files and two adware programs.",
    correction: "Removed adware, repaired the system, updated drivers. Stress test for two hours.",
    items: &[
        labor("System repair", 1_500, 100_000),
        discount("Student discount", 15_000),
    ],
};
pub(super) const TABLET_GLASS: Work = Work {
    title: "Tablet glass",
    concern: "Glass is shattered, picture is fine.",
    cause: "Only the cover glass is broken.",
    correction: "Separated and replaced the glass, new adhesive.",
    items: &[
        part("Glass with digitiser", "GLS-A2602", 1_000, 490_000),
        labor("Glass replacement", 1_000, 180_000),
    ],
};

/// All of them, the frequent ones more than once.
pub(super) const ALL: &[&Work] = &[
    &SCREEN,
    &SCREEN,
    &SCREEN,
    &PHONE_BATTERY,
    &PHONE_BATTERY,
    &CHARGING_PORT,
    &LIQUID,
    &SSD,
    &FAN,
    &HINGE,
    &CAMERA,
    &CONSOLE_HDMI,
    &DATA,
    &SOFTWARE,
    &TABLET_GLASS,
];
