//! Every word that a person reads, in both languages: one function for each key of the catalogues in `locales/`.

use leptos::{
    attr::global::GlobalAttributes as _,
    html::{self, ElementChild},
    prelude::{AnyView, ClassAttribute as _, IntoAny as _, IntoRender},
};
use protocol::concern::Language;
use std::borrow::Cow;

include!(concat!(env!("OUT_DIR"), "/text.rs"));

/// Words to show. Where a translation is missing they are English on a Welsh page, and the markup says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    words: Cow<'static, str>,
    stand_in: bool,
}

impl Text {
    /// Words in the page's own language.
    pub(crate) fn of(words: impl Into<Cow<'static, str>>) -> Self {
        Self {
            words: words.into(),
            stand_in: false,
        }
    }

    fn stand_in(words: impl Into<Cow<'static, str>>) -> Self {
        Self {
            words: words.into(),
            stand_in: true,
        }
    }

    /// The words, with what stands between two backticks set as something to type. For texts of the catalogue into which nothing is
    /// put that anybody wrote.
    pub(crate) fn with_commands(&self) -> AnyView {
        let parts = self.words.split('`').map(str::to_owned).enumerate();
        let parts = parts.map(|(place, part)| match place % 2 {
            0 => part.into_any(),
            _ => html::code()
                .class("candour-command notranslate")
                .translate("no")
                .child(part)
                .into_any(),
        });
        let parts: Vec<_> = parts.collect();
        if self.stand_in {
            html::span().lang("en").child(parts).into_any()
        } else {
            parts.into_any()
        }
    }

    /// The words alone, for an attribute or a title, which cannot say what language they are in.
    pub(crate) fn plain(&self) -> String {
        self.words.clone().into_owned()
    }
}

impl IntoRender for Text {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        if self.stand_in {
            html::span().lang("en").child(self.words).into_any()
        } else {
            self.words.into_any()
        }
    }
}

/// The plural form of `n`, by the Unicode plural rules.
fn plural(lang: Language, n: u32) -> &'static str {
    match (lang, n) {
        (_, 1) => "one",
        (Language::Welsh, 0) => "zero",
        (Language::Welsh, 2) => "two",
        (Language::Welsh, 3) => "few",
        (Language::Welsh, 6) => "many",
        _ => "other",
    }
}

/// The language's code, as in `lang="cy"`.
pub(crate) fn code(lang: Language) -> &'static str {
    match lang {
        Language::English => "en",
        Language::Welsh => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_counts_in_six_ways() {
        let forms = [0, 1, 2, 3, 4, 6, 7].map(|n| plural(Language::Welsh, n));
        assert_eq!(forms, ["zero", "one", "two", "few", "other", "many", "other"]);
        assert_eq!(
            [0, 1, 2].map(|n| plural(Language::English, n)),
            ["other", "one", "other"]
        );
    }
}
