//! Choosing a password: six words that the vault drew, or, for practitioners, one's own.

use crate::text::{self, Text};
use protocol::concern::Language;

/// The fewest characters of a password that somebody chooses.
const SHORTEST: usize = 12;
/// The fewest different characters.
const FEWEST: usize = 6;
/// What is tried first, by everybody who guesses.
const COMMON: [&str; 16] = [
    "password",
    "qwerty",
    "azerty",
    "letmein",
    "welcome",
    "iloveyou",
    "football",
    "liverpool",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "administrator",
    "candour",
    "police",
    "changeme",
];

/// What is wrong with a password, if anything. `proposed` is what the vault drew; `own` says whether another may be chosen;
/// `about` is what somebody who knows the person would try.
pub(crate) fn wrong(
    password: &str,
    proposed: &str,
    own: bool,
    about: &[&str],
    lang: Language,
) -> Option<Text> {
    if is_same(password, proposed) {
        return None;
    }
    if !own {
        return Some(text::passphrase_differs(lang));
    }
    if password.chars().count() < SHORTEST {
        return Some(text::password_short(lang));
    }
    is_guessable(&password.to_ascii_lowercase(), about).then(|| text::password_common(lang))
}

/// What is derived from: the six words as they were drawn, however they were typed; anything else as it is.
pub(crate) fn as_drawn(password: String, proposed: &str) -> String {
    if is_same(&password, proposed) {
        proposed.to_owned()
    } else {
        password
    }
}

fn is_same(typed: &str, proposed: &str) -> bool {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_ascii_lowercase)
            .collect::<Vec<_>>()
    };
    words(typed) == words(proposed)
}

fn is_guessable(password: &str, about: &[&str]) -> bool {
    let distinct: std::collections::BTreeSet<_> = password.chars().collect();
    let about = about
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .filter(|word| word.len() > 3);
    // What is left without the words that everybody tries has to be long by itself.
    let rest = COMMON
        .iter()
        .map(|word| (*word).to_owned())
        .chain(about)
        .fold(password.to_owned(), |rest, word| rest.replace(&word, ""));
    distinct.len() < FEWEST || is_run(password) || rest.chars().count() < SHORTEST / 2
}

/// Whether most characters follow from the one before, as in `abcdefghijkl` and `112233445566`.
fn is_run(password: &str) -> bool {
    let codes: Vec<u32> = password.chars().map(u32::from).collect();
    let steps = codes
        .windows(2)
        .filter(|pair| pair[0].abs_diff(pair[1]) <= 1)
        .count();
    steps * 4 >= codes.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = "one two three four five six";

    fn is_fine(password: &str, own: bool) -> bool {
        wrong(
            password,
            DRAWN,
            own,
            &["amina", "Harbour House Refuge"],
            Language::English,
        )
        .is_none()
    }

    #[test]
    fn the_words_that_were_drawn_are_fine_however_they_are_typed() {
        for typed in [DRAWN, " One  TWO three four five six\n"] {
            assert!(is_fine(typed, false), "{typed}");
            assert_eq!(as_drawn(typed.into(), DRAWN), DRAWN);
        }
        assert!(!is_fine("one two three four five seven", false));
        assert_eq!(as_drawn(" Mine ".into(), DRAWN), " Mine ");
    }

    #[test]
    fn a_practitioner_may_choose_what_is_not_easily_guessed() {
        for fine in ["a long evening by the sea", "Xk2-blue-teapot-19"] {
            assert!(is_fine(fine, true), "{fine}");
        }
        for weak in [
            "elevenchars",
            "aaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "112233445566778899",
            "password1234",
            "Password-Password",
            "amina-amina-1",
            "Harbour House Refuge1",
            "Welcome2026!",
        ] {
            assert!(!is_fine(weak, true), "{weak}");
        }
    }
}
