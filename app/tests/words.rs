//! The words of the portal: plain, short, and never accusing.

#![expect(clippy::unwrap_used, reason = "a catalogue that does not read has failed")]

use std::{fs, path::Path};

/// Words that say more than we know, or that people have to look up, with what to write instead.
const AVOIDED: [(&str, &str); 12] = [
    (
        "anonymous",
        "accounts are known: say what is kept and who can read it",
    ),
    ("victim", "the person affected"),
    ("survivor", "the person affected"),
    ("alleg", "reported"),
    ("perpetrator", "the officer or staff member"),
    ("utilise", "use"),
    ("commence", "start"),
    ("prior to", "before"),
    ("100%", "say what is protected from whom"),
    ("completely secure", "say what is protected from whom"),
    ("click here", "say where it leads"),
    ("please", "leave it out"),
];
/// The most words in a sentence.
const LONGEST: usize = 25;

fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let table: toml::Table = fs::read_to_string(entry.unwrap().path())
            .unwrap()
            .parse()
            .unwrap();
        for (key, value) in table {
            match value {
                toml::Value::String(text) => all.push((key, text)),
                toml::Value::Table(forms) => {
                    all.extend(
                        forms
                            .values()
                            .map(|text| (key.clone(), text.as_str().unwrap().to_owned())),
                    );
                }
                _ => panic!("{key} is neither a text nor a table"),
            }
        }
    }
    all
}

#[test]
fn avoided_words_are_avoided() {
    for (key, text) in texts() {
        for (word, instead) in AVOIDED {
            assert!(
                !text.to_lowercase().contains(word),
                "{key}: \"{word}\": {instead}"
            );
        }
    }
}

#[test]
fn sentences_are_short() {
    for (key, text) in texts() {
        for sentence in text.split(['.', '?', ':']) {
            let words = sentence.split_whitespace().count();
            assert!(words <= LONGEST, "{key}: {words} words: {sentence}");
        }
    }
}
