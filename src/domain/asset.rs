//! Who reads the meter of what workshops repair.
use crate::kernel::text_enum;

text_enum! {
    /// Who a meter's reading is from.
    pub enum OdometerSource in { "odometer_readings.source" } {
        /// At check-in.
        In = "in", "Check-in";
        /// At completion.
        Out = "out", "Completion";
        /// Written down in between.
        Manual = "manual", "Manual";
    }
}
