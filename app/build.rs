//! Turns the catalogues in `locales/` into one function for each text, so that a missing key, an extra key or a wrong
//! placeholder is a build that fails.
//!
//! English decides which keys there are. Welsh gives each of them, or names it in `untranslated`: then the English
//! stands in its place, and the page marks it as English.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use toml::{Table, Value};

/// The plural forms of each language, in the order of the Unicode plural rules.
const ENGLISH_FORMS: &[&str] = &["one", "other"];
const WELSH_FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        // The module is taken apart afterwards, by what refers to what.
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("locales: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), String> {
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?).join("locales");
    let english = Catalogue::read(&root.join("en"), ENGLISH_FORMS)?;
    let welsh = Catalogue::read(&root.join("cy"), WELSH_FORMS)?;
    english.agrees_with(&welsh)?;
    let code: String = english
        .texts
        .iter()
        .map(|(key, text)| function(key, text, welsh.texts.get(key)))
        .collect();
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?).join("text.rs");
    fs::write(out, code).map_err(|error| error.to_string())
}

/// One text: a sentence, or a sentence for each plural form.
enum Text {
    Plain(String),
    Plural(BTreeMap<String, String>),
}

struct Catalogue {
    texts: BTreeMap<String, Text>,
    untranslated: BTreeSet<String>,
}

impl Catalogue {
    fn read(folder: &Path, forms: &[&str]) -> Result<Self, String> {
        let mut catalogue = Self {
            texts: BTreeMap::new(),
            untranslated: BTreeSet::new(),
        };
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            catalogue
                .read_file(&path, forms)
                .map_err(|problem| format!("{}: {problem}", path.display()))?;
        }
        Ok(catalogue)
    }

    fn read_file(&mut self, path: &Path, forms: &[&str]) -> Result<(), String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        for (key, value) in text.parse::<Table>().map_err(|error| error.to_string())? {
            if key == "untranslated" {
                self.untranslated.extend(names(&value)?);
            } else if self
                .texts
                .insert(key.clone(), Text::read(&key, value, forms)?)
                .is_some()
            {
                return Err(format!("`{key}` is given twice"));
            }
        }
        Ok(())
    }

    /// Whether `other` gives each of these keys or lists it, and nothing else, with the same placeholders.
    fn agrees_with(&self, other: &Self) -> Result<(), String> {
        for (key, text) in &self.texts {
            match (other.texts.get(key), other.untranslated.contains(key)) {
                (None, false) => {
                    return Err(format!(
                        "`{key}` is missing in cy: translate it or list it in `untranslated`"
                    ));
                }
                (Some(_), true) => {
                    return Err(format!(
                        "`{key}` is translated in cy and listed in `untranslated`"
                    ));
                }
                (Some(theirs), false) if theirs.placeholders() != text.placeholders() => {
                    return Err(format!("`{key}` has other placeholders in cy than in en"));
                }
                _ => (),
            }
        }
        let extra = other
            .texts
            .keys()
            .chain(&other.untranslated)
            .find(|key| !self.texts.contains_key(*key));
        extra.map_or(Ok(()), |key| Err(format!("`{key}` is in cy and not in en")))
    }
}

fn names(value: &Value) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or("`untranslated` must be a list")?;
    list.iter()
        .map(|one| {
            one.as_str()
                .map(str::to_owned)
                .ok_or("`untranslated` must list keys".to_owned())
        })
        .collect()
}

impl Text {
    fn read(key: &str, value: Value, forms: &[&str]) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(Self::Plain(text)),
            Value::Table(table) => Self::read_plural(key, table, forms),
            _ => Err(format!("`{key}` must be a text or a table of plural forms")),
        }
    }

    fn read_plural(key: &str, table: Table, forms: &[&str]) -> Result<Self, String> {
        let given: BTreeSet<_> = table.keys().map(String::as_str).collect();
        if given != forms.iter().copied().collect() {
            return Err(format!("`{key}` must have the plural forms {forms:?}"));
        }
        let texts = table
            .into_iter()
            .map(|(form, text)| text.as_str().map(|text| (form, text.to_owned())));
        texts
            .collect::<Option<_>>()
            .map(Self::Plural)
            .ok_or(format!("`{key}` must hold texts"))
    }

    /// The names in braces, and `n` where it counts.
    fn placeholders(&self) -> BTreeSet<String> {
        match self {
            Self::Plain(text) => placeholders(text),
            Self::Plural(forms) => {
                let mut all: BTreeSet<_> = forms.values().flat_map(|text| placeholders(text)).collect();
                all.insert("n".to_owned());
                all
            }
        }
    }
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The function for one key. `welsh` is nothing where the English stands in.
fn function(key: &str, english: &Text, welsh: Option<&Text>) -> String {
    let arguments: String = english
        .placeholders()
        .iter()
        .map(|name| argument(name, english))
        .collect();
    let welsh = welsh.map_or_else(
        || made("stand_in", english, "English"),
        |text| made("of", text, "Welsh"),
    );
    format!(
        "pub(crate) fn {key}(lang: Language{arguments}) -> Text {{\n    match lang {{\n        \
         Language::English => {},\n        Language::Welsh => {welsh},\n    }}\n}}\n\n",
        made("of", english, "English"),
    )
}

fn argument(name: &str, text: &Text) -> String {
    match text {
        Text::Plural(_) if name == "n" => ", n: u32".to_owned(),
        _ => format!(", {name}: impl core::fmt::Display"),
    }
}

/// The expression that makes a text by the constructor `how`, with the plural rules of `language`.
fn made(how: &str, text: &Text, language: &str) -> String {
    match text {
        Text::Plain(text) => format!("Text::{how}({})", literal(text)),
        Text::Plural(forms) => {
            let arms = forms
                .iter()
                .filter(|(form, _)| *form != "other")
                .fold(String::new(), |arms, (form, text)| {
                    arms + &format!("{form:?} => format!({text:?}), ")
                });
            format!(
                "Text::{how}(match plural(Language::{language}, n) {{ {arms}_ => format!({:?}) }})",
                forms["other"]
            )
        }
    }
}

fn literal(text: &str) -> String {
    if placeholders(text).is_empty() {
        format!("{text:?}")
    } else {
        format!("format!({text:?})")
    }
}
