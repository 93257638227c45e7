//! What comes before an administrator can work: a directory, which lists their key.

use crate::{
    account::desk::Desk,
    fetched::Fetched,
    text,
    trouble::Trouble,
    ui::{
        self, Heading, List, Loaded, Paragraph, PlainButton, Refusal, Row, SummaryList, WarningText, Words,
    },
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{id::VerifyingKey, vault::Trusted};

/// How far an administrator has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// There is no directory.
    Nothing,
    /// It does not list them.
    Unlisted,
    /// It lists them.
    Listed,
}

impl Stage {
    fn of(trusted: Option<&Trusted>) -> Self {
        match trusted {
            None => Self::Nothing,
            Some(trusted) if trusted.is_administrator => Self::Listed,
            Some(_) => Self::Unlisted,
        }
    }
}

/// What is to be done until the directory lists them; nothing from then on.
#[component]
pub(super) fn Beginning() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let failed = RwSignal::new(None::<Trouble>);
    let stage = Memo::new(move |_| desk.state().with(|state| Stage::of(state.trusted())));
    let look = move |()| {
        spawn_local(async move {
            failed.try_set(look_again(desk).await.err());
        });
    };
    move || {
        let stage = stage.get();
        if stage == Stage::Listed {
            return ().into_any();
        }
        let why = if stage == Stage::Nothing {
            text::beginning_nothing(lang)
        } else {
            text::beginning_unlisted(lang)
        };
        view! {
            <Heading text=text::beginning_title(lang)/>
            <WarningText text=why/>
            <OwnKey/>
            <List items=vec![text::beginning_give(lang), text::beginning_read(lang), text::beginning_two(lang), text::beginning_sign(lang)]/>
            {move || failed.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
            <PlainButton text=text::beginning_look(lang) press=look/>
        }
        .into_any()
    }
}

async fn look_again(desk: Desk) -> Result<(), Trouble> {
    desk.trust_anew().await?;
    desk.remember().await
}

/// The key that signs as this person, and its words.
#[component]
fn OwnKey() -> impl IntoView {
    let lang = ui::language();
    let signer = Loaded::by(vault::signer);
    let show = move |signer| {
        view! {
            <Paragraph text=text::beginning_key(lang)/>
            <SummaryList rows=key_rows(signer)/>
        }
        .into_any()
    };
    view! { <Fetched found=signer show/> }
}

fn key_rows((key, words): (VerifyingKey, Vec<String>)) -> Vec<Row> {
    let lang = ui::language();
    let key = key.to_string();
    vec![
        Row {
            key: text::row_key(lang),
            value: view! { <span class="candour-words" translate="no" id="own-key">{key}</span> }.into_any(),
            action: None,
        },
        Row {
            key: text::row_words(lang),
            value: view! { <span id="own-words"><Words words/></span> }.into_any(),
            action: None,
        },
    ]
}
