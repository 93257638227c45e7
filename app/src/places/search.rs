//! Finding a place or a force by a name, or by part of one, or with a slip in it.

/// Words that say what a place or a force is, and not which.
const KINDS: [&str; 15] = [
    "and",
    "borough",
    "city",
    "constabulary",
    "council",
    "county",
    "district",
    "heddlu",
    "of",
    "on",
    "police",
    "service",
    "the",
    "upon",
    "yn",
];
/// From how many letters on one slip is forgiven, and two.
const SLIPS: [usize; 2] = [4, 8];
/// The most hits. More would be a list to read, and no answer.
const MOST: usize = 8;

/// A name, and what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<T> {
    /// As it is shown.
    pub shown: String,
    /// What it is of.
    pub of: T,
}

/// Something that was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit<'a, T> {
    /// The name by which it was found.
    pub shown: &'a str,
    /// What it is of.
    pub of: &'a T,
}

/// Names, ready to be searched.
#[derive(Clone, Debug)]
pub struct Search<T> {
    names: Vec<(Words, Name<T>)>,
}

/// The words of a name that tell, in small letters without marks; all of them where none tells.
#[derive(Clone, Debug)]
struct Words {
    each: Vec<Word>,
    together: Word,
}

/// Letters, as text and one by one.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    letters: Vec<char>,
}

/// How well a name fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Begins,
    Within,
    Slip,
    SlipWithin,
}

impl<T> Search<T> {
    /// Of these names.
    pub fn new(names: impl IntoIterator<Item = Name<T>>) -> Self {
        let ready = |name: Name<T>| (Words::of(&name.shown), name);
        Self {
            names: names.into_iter().map(ready).collect(),
        }
    }

    /// The names that fit best, in the order in which they were given; none where nothing fits.
    pub fn find(&self, typed: &str) -> Vec<Hit<'_, T>> {
        let typed = Words::of(typed);
        if typed.each.iter().map(|word| word.letters.len()).sum::<usize>() < 2 {
            return Vec::new();
        }
        let fits: Vec<_> = self
            .names
            .iter()
            .filter_map(|(words, name)| Some((fit(&typed, words)?, name)))
            .collect();
        let best = fits.iter().map(|(fit, _)| *fit).min();
        let best = fits.into_iter().filter(|(fit, _)| Some(*fit) == best);
        best.take(MOST)
            .map(|(_, Name { shown, of })| Hit { shown, of })
            .collect()
    }
}

fn fit(typed: &Words, name: &Words) -> Option<Fit> {
    let begins = |word: &Word| name.each.iter().any(|own| own.text.starts_with(&word.text));
    let slipped = |word: &Word| {
        name.each
            .iter()
            .any(|own| word.text == own.text || word.slips(own))
    };
    match () {
        () if typed.together.text == name.together.text => Some(Fit::Same),
        () if name.together.text.starts_with(&typed.together.text) => Some(Fit::Begins),
        () if typed.each.iter().all(begins) => Some(Fit::Within),
        () if typed.together.slips(&name.together) => Some(Fit::Slip),
        () if typed.each.iter().all(slipped) => Some(Fit::SlipWithin),
        () => None,
    }
}

impl Words {
    fn of(text: &str) -> Self {
        let plain: String = text
            .chars()
            .flat_map(char::to_lowercase)
            .filter_map(plain)
            .collect();
        let all: Vec<_> = plain.split_whitespace().collect();
        let tells = |word: &&str| !KINDS.contains(word);
        let telling: Vec<_> = all.iter().copied().filter(tells).collect();
        let words = if telling.is_empty() { all } else { telling };
        Self {
            together: Word::of(&words.join(" ")),
            each: words.into_iter().map(Word::of).collect(),
        }
    }
}

/// A letter without its mark, a blank for what parts words, nothing for what is left out within one.
fn plain(letter: char) -> Option<char> {
    match letter {
        'â' | 'á' | 'à' | 'ä' => Some('a'),
        'ê' | 'é' | 'è' | 'ë' => Some('e'),
        'î' | 'í' | 'ì' | 'ï' => Some('i'),
        'ô' | 'ó' | 'ò' | 'ö' => Some('o'),
        'û' | 'ú' | 'ù' | 'ü' => Some('u'),
        'ŵ' | 'ẃ' | 'ẁ' | 'ẅ' => Some('w'),
        'ŷ' | 'ý' | 'ỳ' | 'ÿ' => Some('y'),
        '\'' | '’' | '.' => None,
        letter if letter.is_alphanumeric() => Some(letter),
        _ => Some(' '),
    }
}

impl Word {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            letters: text.chars().collect(),
        }
    }

    /// Whether it is the other with as few slips as its length forgives.
    fn slips(&self, name: &Self) -> bool {
        let (typed, name) = (&self.letters, &name.letters);
        let forgiven = SLIPS.iter().filter(|least| typed.len() >= **least).count();
        forgiven > 0 && typed.len().abs_diff(name.len()) <= forgiven && distance(typed, name) <= forgiven
    }
}

/// How many letters were added, left out, changed, or changed places with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut now = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = above[j] + usize::from(a != b);
            let mut fewest = changed.min(above[j + 1] + 1).min(now[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                fewest = fewest.min(before[j - 1] + 1);
            }
            now.push(fewest);
        }
        before = core::mem::replace(&mut above, now);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<&'static str> {
        const NAMES: [&str; 12] = [
            "Bristol, City of",
            "Newcastle upon Tyne",
            "Newcastle-under-Lyme",
            "King's Lynn and West Norfolk",
            "St. Helens",
            "Ynys Môn",
            "Middlesbrough",
            "County Durham",
            "Bath and North East Somerset",
            "North Somerset",
            "Somerset",
            "Devon & Cornwall Police",
        ];
        let search = Search::new(NAMES.map(|name| Name {
            shown: name.into(),
            of: name,
        }));
        search.find(typed).into_iter().map(|hit| *hit.of).collect()
    }

    #[test]
    fn a_name_is_found_by_part_of_it_and_with_a_slip() {
        for (typed, expected) in [
            ("Bristol", &["Bristol, City of"][..]),
            ("city of bristol", &["Bristol, City of"]),
            ("bristl", &["Bristol, City of"]),
            ("Birstol council", &["Bristol, City of"]),
            ("newcastle", &["Newcastle upon Tyne", "Newcastle-under-Lyme"]),
            ("Newcastle on Tyne", &["Newcastle upon Tyne"]),
            ("newcastle under lyme", &["Newcastle-under-Lyme"]),
            ("kings lynn", &["King's Lynn and West Norfolk"]),
            ("St Helens", &["St. Helens"]),
            ("ynys mon", &["Ynys Môn"]),
            ("Middlesborough", &["Middlesbrough"]),
            ("middlsborugh", &["Middlesbrough"]),
            ("Durham", &["County Durham"]),
            ("Somerset", &["Somerset"]),
            ("Bath", &["Bath and North East Somerset"]),
            ("lynn", &["King's Lynn and West Norfolk"]),
            ("devon and cornwall", &["Devon & Cornwall Police"]),
            ("Atlantis", &[]),
            ("a", &[]),
            (" ", &[]),
            ("police", &[]),
        ] {
            assert_eq!(found(typed), expected, "{typed}");
        }
    }

    #[test]
    fn short_names_forgive_nothing() {
        let slips = |typed, name| Word::of(typed).slips(&Word::of(name));
        assert!(!slips("kat", "kent") && !slips("bat", "bath"));
        assert!(slips("knet", "kent") && slips("bathh", "bath"));
        assert!(!slips("knet", "bath"));
    }
}
