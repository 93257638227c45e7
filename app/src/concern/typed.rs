//! A time as it was typed, and as it is read.

use crate::text::{self, Text};
use minicbor::{Decode, Encode};
use protocol::{
    concern::{Language, SHORT},
    told::{Date, When},
};

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Exactly {
    /// To the day.
    #[n(0)]
    Day,
    /// From one day to another, as far as they are known.
    #[n(1)]
    Between,
    /// To a month, or only a year.
    #[n(2)]
    Around,
    /// Only as somebody says it.
    #[n(3)]
    Said,
}

impl core::fmt::Debug for TypedDay {
    /// Nothing of what was typed.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("TypedDay(..)")
    }
}

impl core::fmt::Debug for TypedTime {
    /// Nothing of what was typed.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("TypedTime(..)")
    }
}

impl Exactly {
    pub(super) const ALL: &'static [Self] = &[Self::Day, Self::Between, Self::Around, Self::Said];
}

/// A day as it was typed. For a month the day stays empty, for a year the month too.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct TypedDay {
    /// The day of the month.
    #[n(0)]
    pub(crate) day: String,
    /// The month, as a number or a name.
    #[n(1)]
    pub(crate) month: String,
    /// The year.
    #[n(2)]
    pub(crate) year: String,
}

/// A time as it was typed.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct TypedTime {
    /// How exactly it is known.
    #[n(0)]
    pub(crate) exactly: Option<Exactly>,
    /// The day, the first day, or the month.
    #[n(1)]
    pub(crate) from: TypedDay,
    /// The last day.
    #[n(2)]
    pub(crate) to: TypedDay,
    /// As somebody says it.
    #[n(3)]
    pub(crate) said: String,
}

impl TypedDay {
    pub(super) fn is_empty(&self) -> bool {
        [&self.day, &self.month, &self.year]
            .iter()
            .all(|part| part.trim().is_empty())
    }

    fn read_year(&self, lang: Language) -> Result<u16, Text> {
        let year: Option<u16> = self.year.trim().parse().ok();
        year.filter(|year| (1900..=2100).contains(year))
            .ok_or_else(|| text::year_wrong(lang))
    }

    fn read_month(&self, lang: Language) -> Result<u8, Text> {
        let typed = self.month.trim().to_lowercase();
        let number = typed.parse().ok().filter(|month| (1..=12).contains(month));
        number
            .or_else(|| named_month(&typed))
            .ok_or_else(|| text::month_wrong(lang))
    }

    /// The day that it says.
    pub(super) fn read(&self, lang: Language) -> Result<Date, Text> {
        let (year, month) = (self.read_year(lang)?, self.read_month(lang)?);
        let of_year = time::Month::try_from(month).map_err(|_| text::month_wrong(lang))?;
        let day: u8 = self.day.trim().parse().map_err(|_| text::day_wrong(lang))?;
        time::Date::from_calendar_date(i32::from(year), of_year, day).map_err(|_| text::day_wrong(lang))?;
        Ok(Date { year, month, day })
    }

    fn read_if_any(&self, lang: Language) -> Result<Option<Date>, Text> {
        if self.is_empty() {
            Ok(None)
        } else {
            self.read(lang).map(Some)
        }
    }
}

/// A month by its name in either language, or by the first three letters of it or more.
fn named_month(typed: &str) -> Option<u8> {
    let begins = |name: String| typed.chars().count() >= 3 && name.to_lowercase().starts_with(typed);
    (1..=12).find(|month| {
        [Language::English, Language::Welsh]
            .into_iter()
            .any(|lang| begins(crate::ui::month(*month, lang).plain()))
    })
}

impl TypedTime {
    /// What it says; nothing where nothing was typed. Nothing is made more exact than it was.
    ///
    /// # Errors
    /// What to do about the first, or else about the second, of its days.
    pub(crate) fn read(&self, lang: Language) -> Result<Option<When>, (Option<Text>, Option<Text>)> {
        let first = |problem| (Some(problem), None);
        match self.exactly {
            None => Ok(None),
            Some(Exactly::Day | Exactly::Around) if self.from.is_empty() => Ok(None),
            Some(Exactly::Day) => self
                .from
                .read(lang)
                .map(|date| Some(When::On(date)))
                .map_err(first),
            Some(Exactly::Around) if self.from.month.trim().is_empty() => self
                .from
                .read_year(lang)
                .map(|year| Some(When::Year(year)))
                .map_err(first),
            Some(Exactly::Around) => {
                let year = self.from.read_year(lang).map_err(first)?;
                let month = self.from.read_month(lang).map_err(first)?;
                Ok(Some(When::Month { year, month }))
            }
            Some(Exactly::Between) => self.read_between(lang),
            Some(Exactly::Said) => self.read_said(lang).map_err(first),
        }
    }

    /// What to do about the first and the second of its days, where they cannot be read or come after the `latest`.
    pub(super) fn wrong(&self, latest: Date, lang: Language) -> (Option<Text>, Option<Text>) {
        let ahead = |is: bool| is.then(|| text::day_ahead(lang));
        match self.read(lang) {
            Err(wrong) => wrong,
            Ok(Some(When::On(date))) => (ahead(date > latest), None),
            Ok(Some(When::Between { from, to })) => {
                let is_ahead = |day: Option<Date>| day.is_some_and(|day| day > latest);
                (ahead(is_ahead(from)), ahead(is_ahead(to)))
            }
            Ok(Some(When::Month { year, month })) => {
                (ahead((year, month) > (latest.year, latest.month)), None)
            }
            Ok(Some(When::Year(year))) => (ahead(year > latest.year), None),
            Ok(Some(When::Said(_)) | None) => (None, None),
        }
    }

    fn read_between(&self, lang: Language) -> Result<Option<When>, (Option<Text>, Option<Text>)> {
        let from = self
            .from
            .read_if_any(lang)
            .map_err(|problem| (Some(problem), None))?;
        let to = self
            .to
            .read_if_any(lang)
            .map_err(|problem| (None, Some(problem)))?;
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err((None, Some(text::dates_swapped(lang))));
        }
        Ok((from.is_some() || to.is_some()).then_some(When::Between { from, to }))
    }

    fn read_said(&self, lang: Language) -> Result<Option<When>, Text> {
        if self.said.trim().is_empty() {
            return Ok(None);
        }
        super::answers::check(&self.said, SHORT, None, lang)
            .map_or_else(|| Ok(Some(When::Said(self.said.clone()))), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANG: Language = Language::English;

    fn day(day: &str, month: &str, year: &str) -> TypedDay {
        TypedDay {
            day: day.into(),
            month: month.into(),
            year: year.into(),
        }
    }

    fn time(exactly: Exactly, from: TypedDay, to: TypedDay) -> TypedTime {
        TypedTime {
            exactly: Some(exactly),
            from,
            to,
            said: String::new(),
        }
    }

    #[test]
    fn months_are_read_as_numbers_and_names_in_both_languages() {
        let date = Ok(Date {
            year: 2024,
            month: 2,
            day: 29,
        });
        for month in ["2", "02", "Feb", " february ", "chwefror", "Chw"] {
            assert_eq!(day("29", month, "2024").read(LANG), date, "{month}");
        }
        assert_eq!(day("29", "2", "2023").read(LANG), Err(text::day_wrong(LANG)));
        assert_eq!(day("1", "ma", "2023").read(LANG), Err(text::month_wrong(LANG)));
        assert_eq!(day("1", "13", "2023").read(LANG), Err(text::month_wrong(LANG)));
        assert_eq!(day("1", "1", "23").read(LANG), Err(text::year_wrong(LANG)));
    }

    #[test]
    fn nothing_is_made_more_exact_than_it_was() {
        let read = |time: TypedTime| time.read(LANG).unwrap();
        let none = TypedDay::default;
        assert_eq!(read(TypedTime::default()), None);
        assert_eq!(
            read(time(Exactly::Around, day("", "", "2019"), none())),
            Some(When::Year(2019))
        );
        let month = Some(When::Month { year: 2019, month: 5 });
        assert_eq!(read(time(Exactly::Around, day("", "may", "2019"), none())), month);
        let to = Some(Date {
            year: 2020,
            month: 1,
            day: 2,
        });
        let until = time(Exactly::Between, none(), day("2", "1", "2020"));
        assert_eq!(read(until), Some(When::Between { from: None, to }));
        assert_eq!(read(time(Exactly::Between, none(), none())), None);
        let said = TypedTime {
            exactly: Some(Exactly::Said),
            said: "before the summer".into(),
            ..TypedTime::default()
        };
        assert_eq!(read(said), Some(When::Said("before the summer".into())));
    }

    #[test]
    fn the_day_that_is_wrong_is_the_one_that_is_named() {
        let wrong = time(Exactly::Between, day("2", "1", "2020"), day("x", "1", "2020"));
        assert_eq!(wrong.read(LANG), Err((None, Some(text::day_wrong(LANG)))));
        let swapped = time(Exactly::Between, day("2", "1", "2020"), day("1", "1", "2020"));
        assert_eq!(swapped.read(LANG), Err((None, Some(text::dates_swapped(LANG)))));
        let first = time(Exactly::Between, day("40", "1", "2020"), TypedDay::default());
        assert_eq!(first.read(LANG), Err((Some(text::day_wrong(LANG)), None)));
    }

    #[test]
    fn what_has_not_come_yet_has_not_happened() {
        let latest = Date {
            year: 2026,
            month: 3,
            day: 4,
        };
        let none = TypedDay::default;
        let ahead = || Some(text::day_ahead(LANG));
        for (exactly, from, to, wrong) in [
            (Exactly::Day, day("4", "3", "2026"), none(), (None, None)),
            (Exactly::Day, day("5", "3", "2026"), none(), (ahead(), None)),
            (
                Exactly::Between,
                day("1", "3", "2026"),
                day("1", "4", "2026"),
                (None, ahead()),
            ),
            (Exactly::Around, day("", "3", "2026"), none(), (None, None)),
            (Exactly::Around, day("", "4", "2026"), none(), (ahead(), None)),
            (Exactly::Around, day("", "", "2027"), none(), (ahead(), None)),
        ] {
            assert_eq!(time(exactly, from, to).wrong(latest, LANG), wrong, "{exactly:?}");
        }
    }

    #[test]
    fn a_time_of_which_nothing_is_typed_is_none() {
        for exactly in [Exactly::Day, Exactly::Around, Exactly::Between, Exactly::Said] {
            let time = TypedTime {
                exactly: Some(exactly),
                ..TypedTime::default()
            };
            assert_eq!(time.read(Language::English), Ok(None), "{exactly:?}");
        }
    }
}
