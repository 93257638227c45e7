//! Days and hours as people in England and Wales count them.

use protocol::id::{Day, Minute};

/// A day as year, month (1 to 12) and day of the month, in the proleptic Gregorian calendar.
pub fn date(day: Day) -> (u32, u32, u32) {
    // Days are counted from 1 March of the year 0, so that the leap day is the last of its year; 146 097 days are 400 years.
    let days = day.0 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (month_of_year, of_month) = (
        if month < 10 { month + 3 } else { month - 9 },
        of_year - (153 * month + 2) / 5 + 1,
    );
    (
        era * 400 + year + u32::from(month_of_year <= 2),
        month_of_year,
        of_month,
    )
}

/// Hours and minutes in London at `minute`, and the day there. Summer time runs from 01:00 UTC on the last Sunday of
/// March to 01:00 UTC on the last Sunday of October.
pub fn london(minute: Minute) -> (Day, u32, u32) {
    let there = Minute(minute.0 + if is_summer(minute) { 60 } else { 0 });
    (there.day(), there.0 / 60 % 24, there.0 % 60)
}

/// The last minute of a day in London.
pub fn end_of(day: Day) -> Minute {
    let next_day = Day(day.0 + 1);
    // The first minute in UTC that is on the day after in London; summer time is an hour ahead.
    let midnight = next_day.0 * 24 * 60;
    let begins = (midnight.saturating_sub(60)..=midnight)
        .map(Minute)
        .find(|minute| london(*minute).0 == next_day);
    Minute(begins.unwrap_or(Minute(midnight)).0 - 1)
}

fn is_summer(minute: Minute) -> bool {
    let (_, month, of_month) = date(minute.day());
    // 1 January 1970 was a Thursday.
    let next_sunday = of_month + (7 - (minute.day().0 + 4) % 7);
    let today_is_sunday = (minute.day().0 + 4).is_multiple_of(7);
    let past = if today_is_sunday && of_month > 24 {
        minute.0 % (24 * 60) >= 60
    } else {
        next_sunday > 31
    };
    match month {
        4..=9 => true,
        3 => past,
        10 => !past,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!(date(Day(0)), (1970, 1, 1));
        assert_eq!(date(Day(19_782)), (2024, 2, 29));
        assert_eq!(date(Day(20_778)), (2026, 11, 21));
    }

    #[test]
    fn london_keeps_summer_time() {
        let at = |day: u32, hour: u32| Minute(day * 24 * 60 + hour * 60);
        // 29 March 2026 and 25 October 2026 are the Sundays on which the clocks change.
        assert_eq!(london(at(20_541, 0)), (Day(20_541), 0, 0));
        assert_eq!(london(at(20_541, 1)), (Day(20_541), 2, 0));
        assert_eq!(london(at(20_542, 12)), (Day(20_542), 13, 0));
        assert_eq!(london(at(20_751, 0)), (Day(20_751), 1, 0));
        assert_eq!(london(at(20_751, 1)), (Day(20_751), 1, 0));
        assert_eq!(london(at(20_750, 12)), (Day(20_750), 13, 0));
        assert_eq!(london(at(20_540, 12)), (Day(20_540), 12, 0));
        assert_eq!(london(at(20_700, 23)), (Day(20_701), 0, 0));
    }
}
