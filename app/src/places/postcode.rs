//! Postcodes, as far as anybody needs them: an outcode, and perhaps the digit of a sector. What follows is dropped as it is read.

/// `BS1`, or `BS1 4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postcode {
    /// The first half, such as `BS1`.
    pub outcode: String,
    digit: Option<char>,
}

/// What the first half looks like: a letter for a letter, a digit for a digit.
const OUTCODES: [&str; 6] = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"];
/// Two first halves of old that look like no other; the national file has them still.
const OLD: [&str; 2] = ["GIR", "NPT"];
/// What may follow it.
const REST: [&str; 3] = ["9", "9A", "9AA"];
/// The longest postcode without its space, and the shortest outcode, in characters.
const LONGEST: usize = 7;
const SHORTEST: usize = 2;

impl Postcode {
    /// What a typed postcode, or the beginning of one, may be; what is likeliest comes first. Empty where it is none.
    pub fn readings(typed: &str) -> Vec<Self> {
        let typed = typed.trim().to_ascii_uppercase();
        let mut words = typed.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(outcode), Some(rest), None) => Self::halves(outcode, rest).into_iter().collect(),
            (Some(word), None, _) => Self::of_word(word),
            _ => Vec::new(),
        }
    }

    /// One whole postcode, written with or without a space.
    pub fn whole(text: &str) -> Option<Self> {
        let compact: String = text.split_whitespace().collect();
        let compact = compact.to_ascii_uppercase();
        let (outcode, rest) = compact.split_at_checked(compact.len().checked_sub(3)?)?;
        (shape(rest) == "9AA")
            .then(|| Self::halves(outcode, rest))
            .flatten()
    }

    /// Its sector, such as `BS1 4`, where it has one.
    pub fn sector(&self) -> Option<String> {
        self.digit.map(|digit| format!("{} {digit}", self.outcode))
    }

    fn of_word(word: &str) -> Vec<Self> {
        if word.len() > LONGEST || !word.is_ascii() {
            return Vec::new();
        }
        let whole = Self::halves(word, "");
        // The longest end first: most people type all of it or none.
        let ends = (SHORTEST..word.len()).map(|at| word.split_at(at));
        let parts = ends.filter_map(|(outcode, rest)| Self::halves(outcode, rest));
        whole.into_iter().chain(parts).collect()
    }

    fn halves(outcode: &str, rest: &str) -> Option<Self> {
        let good = OUTCODES.contains(&shape(outcode).as_str()) || OLD.contains(&outcode);
        let rest_good = rest.is_empty() || REST.contains(&shape(rest).as_str());
        (good && rest_good).then(|| Self {
            outcode: outcode.into(),
            digit: rest.chars().next(),
        })
    }
}

fn shape(text: &str) -> String {
    let sign = |one: char| match one {
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        _ => '?',
    };
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Vec<String> {
        let all = Postcode::readings(typed);
        all.iter()
            .map(|one| one.sector().unwrap_or_else(|| one.outcode.clone()))
            .collect()
    }

    #[test]
    fn what_is_typed_is_read_as_far_as_the_sector() {
        for (typed, expected) in [
            ("BS1", vec!["BS1"]),
            ("bs1 4dj", vec!["BS1 4"]),
            ("BS1 4D", vec!["BS1 4"]),
            ("BS1 4", vec!["BS1 4"]),
            ("BS14", vec!["BS14", "BS1 4"]),
            ("BS14DJ", vec!["BS1 4"]),
            ("BS144DJ", vec!["BS14 4"]),
            ("M1", vec!["M1"]),
            ("M11AE", vec!["M1 1"]),
            ("EC1A 1BB", vec!["EC1A 1"]),
            ("EC1A1BB", vec!["EC1A 1"]),
            ("W1A", vec!["W1A"]),
            ("NPT 0", vec!["NPT 0"]),
            ("  cf10   3at ", vec!["CF10 3"]),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_is_no_postcode_is_none() {
        for typed in [
            "",
            "Bristol",
            "1BS",
            "BS",
            "BS1 4DJ 7",
            "BS1 DJ",
            "BS1-4DJ",
            "É1",
            "🙂9",
            "BS14DJ44",
        ] {
            assert!(read(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn a_row_of_the_national_file_is_whole() {
        for (text, sector) in [
            ("BS1 4DJ", Some("BS1 4")),
            ("BS1  4DJ", Some("BS1 4")),
            ("EC1A1BB", Some("EC1A 1")),
            ("BS1 4", None),
            ("", None),
            ("ÉÉÉ", None),
        ] {
            let read = Postcode::whole(text).and_then(|one| one.sector());
            assert_eq!(read.as_deref(), sector, "{text}");
        }
    }
}
