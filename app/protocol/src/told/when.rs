//! When something happened, as exactly as it is known and no more.

use borsh::{BorshDeserialize, BorshSerialize};
use minicbor::{Decode, Encode};

/// A day of the calendar that somebody wrote.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, BorshSerialize, BorshDeserialize,
)]
pub struct Date {
    /// The year, such as 2026.
    #[n(0)]
    pub year: u16,
    /// The month, from 1 to 12.
    #[n(1)]
    pub month: u8,
    /// The day of the month, from 1.
    #[n(2)]
    pub day: u8,
}

/// When it happened.
#[derive(Clone, PartialEq, Eq, Encode, Decode, BorshSerialize, BorshDeserialize)]
pub enum When {
    /// On one day.
    #[n(0)]
    On(#[n(0)] Date),
    /// Over a time; either end may not be known.
    #[n(1)]
    Between {
        /// Its first day.
        #[n(0)]
        from: Option<Date>,
        /// Its last day.
        #[n(1)]
        to: Option<Date>,
    },
    /// In a month.
    #[n(2)]
    Month {
        /// The year.
        #[n(0)]
        year: u16,
        /// The month, from 1 to 12.
        #[n(1)]
        month: u8,
    },
    /// In a year.
    #[n(3)]
    Year(#[n(0)] u16),
    /// As they said it, such as "before the summer".
    #[n(4)]
    Said(#[n(0)] String),
}

impl core::fmt::Debug for When {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("When(..)")
    }
}

impl When {
    /// The earliest day it can have been, by which things are put in order; nothing where that is not known.
    pub fn earliest(&self) -> Option<Date> {
        match *self {
            Self::On(date) => Some(date),
            Self::Between { from, .. } => from,
            Self::Month { year, month } => Some(Date { year, month, day: 1 }),
            Self::Year(year) => Some(Date {
                year,
                month: 1,
                day: 1,
            }),
            Self::Said(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_put_in_order_by_the_earliest_day_they_can_have_been() {
        let date = Date {
            year: 2026,
            month: 5,
            day: 9,
        };
        let said = When::Said("before the summer".into());
        let month = When::Month { year: 2026, month: 5 };
        let between = When::Between {
            from: None,
            to: Some(date),
        };
        assert_eq!(said.earliest(), None);
        assert_eq!(between.earliest(), None);
        assert_eq!(When::On(date).earliest(), Some(date));
        assert!(month.earliest() < When::On(date).earliest());
        assert!(When::Year(2026).earliest() < month.earliest());
    }
}
