//! Days as people read and write them, and the one place that asks the machine for the time.

use anyhow::{Context as _, Result};
use protocol::id::{Day, Minute};
use time::{Date, format_description::FormatItem, macros::format_description};

const WRITTEN: &[FormatItem<'_>] = format_description!("[year]-[month]-[day]");
const READ: &[FormatItem<'_>] = format_description!("[day padding:none] [month repr:long] [year]");

/// The Julian day of 1 January 1970.
const FIRST: i32 = 2_440_588;

/// Today, in UTC, by the machine's clock.
pub(crate) fn today() -> Day {
    #[expect(clippy::disallowed_methods, reason = "this is the edge that owns the clock")]
    let now = std::time::SystemTime::now();
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Minute::from_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX)).day()
}

/// Reads a day such as `2026-11-21`.
pub(crate) fn parse(text: &str) -> Result<Day> {
    let date = Date::parse(text, WRITTEN).context("a date is written like 2026-11-21")?;
    let days = u32::try_from(date.to_julian_day() - FIRST).context("dates begin in 1970")?;
    Ok(Day(days))
}

/// A day such as `21 November 2026`.
pub(crate) fn words(day: Day) -> String {
    let julian = i32::try_from(day.0).ok().and_then(|days| days.checked_add(FIRST));
    let date = julian.and_then(|julian| Date::from_julian_day(julian).ok());
    let text = date.and_then(|date| date.format(READ).ok());
    text.unwrap_or_else(|| format!("day {}", day.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_as_it_was_written() {
        assert_eq!(parse("1970-01-01").unwrap(), Day(0));
        assert_eq!(parse("2026-11-21").unwrap(), Day(20_778));
        assert_eq!(words(Day(20_778)), "21 November 2026");
        assert_eq!(words(Day(u32::MAX)), "day 4294967295");
        for bad in ["1969-12-31", "2026-13-01", "21 November 2026", ""] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
