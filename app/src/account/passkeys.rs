//! A person's passkeys: those that there are, a new one, and letting one go.

use super::{
    desk::Desk,
    passkey::{Stored, load_passkeys, remove_passkey},
    passkey_button::has_passkeys,
    passkey_form::{PasskeyForm, make, open_by},
    submit::Submit,
};
use crate::{
    act::{Acts, Said},
    fetched::Fetched,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton, Row, SummaryList, WarningText},
    vault,
};
use leptos::prelude::*;
use protocol::{concern::Language, id::Hash};

/// A passkey that can be let go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Passkey {
    /// One of the account's.
    Own(Stored),
    /// One that was taken from the account, by a reset, and still opens its keys: the hash of its credential's id.
    Left(Hash),
}

impl Passkey {
    fn name(&self, lang: Language) -> Text {
        match self {
            Self::Own(stored) => Text::of(stored.name.clone()),
            Self::Left(_) => text::passkey_left(lang),
        }
    }
}

/// The page.
#[component]
pub(crate) fn PasskeysPage() -> impl IntoView {
    let going = RwSignal::new(None::<Passkey>);
    let acts = Acts::new();
    move || match going.get() {
        Some(passkey) => view! { <Removal passkey going acts/> }.into_any(),
        None => view! { <Present going acts/> }.into_any(),
    }
}

#[component]
fn Present(going: RwSignal<Option<Passkey>>, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || {
        acts.track();
        load(desk)
    });
    let done = Callback::new(move |how| {
        acts.say(Ok(how));
        acts.again();
    });
    let show = move |all: Vec<Passkey>| {
        let rows = all.into_iter().map(|one| row(one, going, lang)).collect();
        view! { <SummaryList rows/> }.into_any()
    };
    let there = has_passkeys();
    view! {
        <Headline title=text::passkeys_title(lang)/>
        <Said acts/>
        <Paragraph text=text::passkeys_text(lang)/>
        <Fetched found show/>
        {move || if there.get() {
            view! { <Add done/> }.into_any()
        } else {
            view! { <Paragraph text=text::passkeys_missing(lang)/> }.into_any()
        }}
    }
}

async fn load(desk: Desk) -> Result<Vec<Passkey>, Trouble> {
    let own = desk.note(load_passkeys().await)?;
    let opening = vault::openers().await?.into_iter().filter_map(|(_, id)| id);
    let left: Vec<_> = opening.filter(|id| own.iter().all(|one| one.id != *id)).collect();
    let own = own.into_iter().map(Passkey::Own);
    Ok(own.chain(left.into_iter().map(Passkey::Left)).collect())
}

fn row(one: Passkey, going: RwSignal<Option<Passkey>>, lang: Language) -> Row {
    let value = match &one {
        Passkey::Own(stored) => text::passkey_added(lang, ui::day(stored.added_on).plain()),
        Passkey::Left(_) => text::passkey_left_opens(lang),
    };
    let key = one.name(lang);
    let press = move |()| going.set(Some(one.clone()));
    Row::text(key, value).with(view! { <PlainButton text=text::passkey_remove(lang) press/> }.into_any())
}

#[component]
fn Add(done: Callback<Text>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let submit = Submit::new(move |name| async move {
        done.try_run(add(desk, name, lang).await?);
        Ok(())
    });
    view! { <PasskeyForm submit/> }
}

/// Adds one, and has it open the keys where it computes; says which.
async fn add(desk: Desk, name: String, lang: Language) -> Result<Text, Trouble> {
    let (session, made) = make(desk, name).await?;
    desk.renew(session);
    let opens = match made {
        Some(made) => open_by(desk, made).await?,
        None => false,
    };
    Ok(if opens {
        text::passkey_opens(lang)
    } else {
        text::passkey_step_only(lang)
    })
}

/// Letting one go: a page of its own, which says what will happen.
#[component]
fn Removal(passkey: Passkey, going: RwSignal<Option<Passkey>>, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let name = passkey.name(lang);
    let remove = move |()| {
        going.set(None);
        acts.act(text::passkey_removed(lang), remove(desk, passkey.clone()));
    };
    view! {
        <Headline title=text::passkey_removal_title(lang)/>
        <p class="govuk-body notranslate" translate="no">{name}</p>
        <WarningText text=text::passkey_removal_text(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::passkey_removal_button(lang) press=remove class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::passkey_removal_back(lang) press=move |()| going.set(None)/>
        </div>
    }
}

/// From the server first: what does not sign in any more may still open for a moment, and not the other way.
async fn remove(desk: Desk, passkey: Passkey) -> Result<(), Trouble> {
    let id = match passkey {
        Passkey::Own(stored) => {
            let session = desk.fresh(|| remove_passkey(stored.id)).await?;
            desk.renew(session);
            stored.id
        }
        Passkey::Left(id) => id,
    };
    if let Some(slots) = vault::remove_passkey(id).await? {
        desk.store_ways(slots, Vec::new()).await?;
    }
    Ok(())
}
