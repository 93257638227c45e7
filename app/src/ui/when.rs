//! Days and times as people write them.

use super::language;
use crate::{
    browser::clock,
    text::{self, Text},
};
use protocol::{
    concern::Language,
    id::{Day, Minute},
};

/// A day, such as 21 November 2026.
pub(crate) fn day(day: Day) -> Text {
    let lang = language();
    let (year, number, of_month) = clock::date(day);
    let name = month(u8::try_from(number).unwrap_or_default(), lang).plain();
    Text::of(format!("{of_month} {name} {year}"))
}

/// A month's name, counted from 1.
pub(crate) fn month(number: u8, lang: Language) -> Text {
    match number {
        1 => text::month_1(lang),
        2 => text::month_2(lang),
        3 => text::month_3(lang),
        4 => text::month_4(lang),
        5 => text::month_5(lang),
        6 => text::month_6(lang),
        7 => text::month_7(lang),
        8 => text::month_8(lang),
        9 => text::month_9(lang),
        10 => text::month_10(lang),
        11 => text::month_11(lang),
        _ => text::month_12(lang),
    }
}

/// A minute as the clocks in London show it, such as 21 November 2026, 14:05.
pub(crate) fn minute(minute: Minute) -> Text {
    let (date, hours, minutes) = clock::london(minute);
    Text::of(format!("{}, {hours:02}:{minutes:02}", day(date).plain()))
}
