//! A person's passkeys: those that there are, a new one, and letting one go.

use super::{
    desk::Desk,
    passkey::{Stored, add_passkey, begin_passkey, load_passkeys, remove_passkey},
    passkey_button::has_passkeys,
};
use crate::{
    act::{Acts, Said},
    browser::passkey,
    fetched::Fetched,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, ErrorSummary, Headline, Loaded, Paragraph, PlainButton, Problem, Row, SecureForm,
        SubmitButton, SummaryList, TextInput, WarningText,
    },
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{concern::Language, vault::Blob};

/// The id of the name's field.
const NAME: &str = "passkey-name";

/// The page.
#[component]
pub(crate) fn PasskeysPage() -> impl IntoView {
    let going = RwSignal::new(None::<Stored>);
    let acts = Acts::new();
    move || match going.get() {
        Some(passkey) => view! { <Removal passkey going acts/> }.into_any(),
        None => view! { <Present going acts/> }.into_any(),
    }
}

#[component]
fn Present(going: RwSignal<Option<Stored>>, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || {
        acts.track();
        async move { desk.note(load_passkeys().await) }
    });
    let done = Callback::new(move |how| {
        acts.say(Ok(how));
        acts.again();
    });
    let show = move |all: Vec<Stored>| {
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

fn row(one: Stored, going: RwSignal<Option<Stored>>, lang: Language) -> Row {
    let added = text::passkey_added(lang, ui::day(one.added_on).plain());
    let key = Text::of(one.name.clone());
    let press = move |()| going.set(Some(one.clone()));
    Row::text(key, added).with(view! { <PlainButton text=text::passkey_remove(lang) press/> }.into_any())
}

#[component]
fn Add(done: Callback<Text>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let name = RwSignal::new(String::new());
    let problem = |text| vec![Problem { field: NAME, text }];
    let send = Callback::new(move |()| {
        let called = name.get_untracked().trim().to_owned();
        if called.is_empty() || called.chars().count() > super::passkey::LONGEST_NAME {
            return problems.set(problem(text::passkey_name_wrong(lang)));
        }
        problems.set(Vec::new());
        pending.set(true);
        spawn_local(async move {
            let added = add(desk, called, lang).await;
            pending.try_set(false);
            match added {
                Ok(how) => {
                    name.try_set(String::new());
                    done.try_run(how);
                }
                Err(trouble) => drop(problems.try_set(problem(trouble.text(lang)))),
            }
        });
    });
    view! {
        <ErrorSummary problems/>
        <SecureForm submit=send pending>
            <TextInput id=NAME label=text::passkey_name(lang) hint=text::passkey_name_hint(lang) value=Bound::whole(name) problems/>
            <SubmitButton text=text::passkey_add(lang) busy=text::passkey_asking(lang) pending/>
        </SecureForm>
    }
}

/// Has the device make a passkey, adds it, and has it open the keys where it computes; says which.
async fn add(desk: Desk, name: String, lang: Language) -> Result<Text, Trouble> {
    let challenge = desk.fresh(begin_passkey).await?;
    let (made, can_open) = passkey::create(&challenge).await?;
    let session = desk.note(add_passkey(name, made.json).await)?;
    desk.renew(session);
    if !can_open {
        return Ok(text::passkey_step_only(lang));
    }
    // It is a second step by now, whatever comes of this.
    let Ok(computed) = passkey::compute(&desk.site().instance, Some(&made.id)).await else {
        return Ok(text::passkey_step_only(lang));
    };
    vault::use_passkey(computed).await?;
    let slots = vault::add_passkey(Blob(made.id)).await?;
    desk.store_ways(slots, Vec::new()).await?;
    Ok(text::passkey_opens(lang))
}

/// Letting one go: a page of its own, which says what will happen.
#[component]
fn Removal(passkey: Stored, going: RwSignal<Option<Stored>>, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let name = passkey.name.clone();
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
async fn remove(desk: Desk, passkey: Stored) -> Result<(), Trouble> {
    let session = desk.fresh(|| remove_passkey(passkey.id)).await?;
    desk.renew(session);
    if let Some(slots) = vault::remove_passkey(passkey.id).await? {
        desk.store_ways(slots, Vec::new()).await?;
    }
    Ok(())
}
