//! The browser's clock.

pub(crate) use crate::calendar::{date, end_of, london};

use protocol::id::Minute;

/// Seconds since 1970, with a fraction.
pub(crate) fn seconds() -> f64 {
    js_sys::Date::now() / 1000.0
}

/// This minute, in UTC.
pub(crate) fn minute() -> Minute {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a date's whole seconds are far below the limit"
    )]
    Minute::from_seconds(seconds() as i64)
}
