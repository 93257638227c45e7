//! Working days in England and Wales, by which units say what they aim for.

use crate::browser::clock;
use protocol::id::Day;

/// Bank holidays that are not at a weekend: year, month and day (gov.uk/bank-holidays, as published for 2026 to 2028). In a later year only
/// weekends count, until this list is longer: a date is then some days too early, never too late.
const HOLIDAYS: [(u32, u32, u32); 24] = [
    (2026, 1, 1),
    (2026, 4, 3),
    (2026, 4, 6),
    (2026, 5, 4),
    (2026, 5, 25),
    (2026, 8, 31),
    (2026, 12, 25),
    (2026, 12, 28),
    (2027, 1, 1),
    (2027, 3, 26),
    (2027, 3, 29),
    (2027, 5, 3),
    (2027, 5, 31),
    (2027, 8, 30),
    (2027, 12, 27),
    (2027, 12, 28),
    (2028, 1, 3),
    (2028, 4, 14),
    (2028, 4, 17),
    (2028, 5, 1),
    (2028, 5, 29),
    (2028, 8, 28),
    (2028, 12, 25),
    (2028, 12, 26),
];

/// The last of `count` working days after `day`.
pub(crate) fn after(day: Day, count: u8) -> Day {
    let mut days = (day.0 + 1..).map(Day).filter(|day| is_working(*day));
    count
        .checked_sub(1)
        .and_then(|others| days.nth(others.into()))
        .unwrap_or(day)
}

/// 1 January 1970 was a Thursday.
fn is_working(day: Day) -> bool {
    let weekend = matches!(day.0 % 7, 2 | 3);
    !weekend && !HOLIDAYS.contains(&clock::date(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 21 November 2026, a Saturday.
    const SATURDAY: u32 = 20_778;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let days = |from: u32, count| clock::date(after(Day(from), count));
        assert_eq!(clock::date(Day(SATURDAY)), (2026, 11, 21));
        assert_eq!(days(SATURDAY, 1), (2026, 11, 23));
        assert_eq!(days(SATURDAY - 1, 1), (2026, 11, 23), "from a Friday");
        assert_eq!(days(SATURDAY + 2, 1), (2026, 11, 24), "from a Monday");
        assert_eq!(days(SATURDAY, 10), (2026, 12, 4));
        // From Christmas Eve over Christmas, the weekend, and the day in place of Boxing Day.
        assert_eq!(days(SATURDAY + 33, 2), (2026, 12, 30));
        assert_eq!(after(Day(SATURDAY), 0), Day(SATURDAY));
    }

    #[test]
    fn every_holiday_listed_would_be_a_working_day() {
        for year in 2026..=2028 {
            assert_eq!(HOLIDAYS.iter().filter(|one| one.0 == year).count(), 8, "{year}");
        }
        let all = (20_454..21_550)
            .map(Day)
            .filter(|day| HOLIDAYS.contains(&clock::date(*day)));
        let weekdays = all.filter(|day| !matches!(day.0 % 7, 2 | 3)).count();
        assert_eq!(weekdays, HOLIDAYS.len());
    }
}
