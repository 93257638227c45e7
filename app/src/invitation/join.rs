//! Taking up an invitation: what it is for, a name and a password, then words to compare and words to keep.

use super::{NewAccount, Offer, join, look_up};
use crate::{
    account::{
        Role, Way,
        desk::{Desk, ways},
        new_password_form::{NewPasswordForm, Proposal},
        recovery_code::Words,
        submit::Submit,
    },
    browser::{clock, page},
    bytes::Bytes,
    error::AppError,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, Heading, Headline, List, Loaded, Loading, Paragraph, PlainButton, Problem, Refusal,
        TextInput, WarningText,
    },
    vault,
};
use leptos::{ev, prelude::*};
use protocol::{
    concern::Language,
    invitation::{Lookup, is_whole},
    vault::Password,
};

/// The id of the name's field.
const NAME: &str = "name";

/// The page.
#[component]
pub(crate) fn JoinPage(lookup: Option<Lookup>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    // The secret leaves the address at once: it would stay in the history.
    let fragment = RwSignal::new(None::<String>);
    let take = move || {
        let taken = page::take_fragment();
        if fragment.with_untracked(Option::is_none) || is_whole(&taken) {
            fragment.set(Some(taken));
        }
    };
    Effect::new(move || {
        take();
        // Whoever puts the whole link in the place of a part does not load the page anew.
        let listener = window_event_listener(ev::hashchange, move |_| take());
        on_cleanup(move || listener.remove());
    });
    let torn = Memo::new(move |_| {
        fragment.with(|fragment| {
            fragment
                .as_ref()
                .is_some_and(|fragment| lookup.is_none() || !is_whole(fragment))
        })
    });
    let found = Loaded::by(move || async move {
        let lookup = lookup.ok_or(Trouble::Portal(AppError::NotFound))?;
        let offer = desk.note(look_up(lookup.text()).await)?;
        Ok::<_, Trouble>((offer, desk.propose_words().await?))
    });
    let made = RwSignal::new(None::<Made>);
    move || match (made.get(), found.get(), lookup) {
        (Some(made), ..) => view! { <Kept made/> }.into_any(),
        _ if torn.get() => view! { <Torn/> }.into_any(),
        (None, Some(Ok((offer, words))), Some(lookup)) => {
            let proposal = Proposal {
                words,
                own: offer.role == Role::Practitioner,
                about: Vec::new(),
            };
            view! { <Choose lookup fragment offer proposal made/> }.into_any()
        }
        (None, Some(Err(Trouble::Portal(AppError::NotFound))), _) => view! { <Gone/> }.into_any(),
        (None, Some(Err(trouble)), _) => view! {
            <Headline title=text::join_title(lang)/>
            <Refusal text=trouble.text(lang)/>
            <PlainButton text=text::try_again(lang) press=move |()| found.again()/>
        }
        .into_any(),
        (None, ..) => view! {
            <Headline title=text::join_title(lang)/>
            <Loading text=text::loading(lang)/>
        }
        .into_any(),
    }
}

/// What there is to show once, after the account was made.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Made {
    /// To compare with the inviter.
    words: Vec<String>,
    /// To keep on paper.
    code: String,
    /// What the account is for.
    role: Role,
}

/// Part of the link was left behind, so that whoever has it cannot prove that they were invited.
#[component]
fn Torn() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::join_torn_title(lang)/>
        <Paragraph text=text::join_torn_text(lang)/>
        <Paragraph text=text::join_torn_again(lang)/>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::join_gone_title(lang)/>
        <Paragraph text=text::join_gone_text(lang)/>
    }
}

#[component]
fn Choose(
    lookup: Lookup,
    fragment: RwSignal<Option<String>>,
    offer: Offer,
    proposal: Proposal,
    made: RwSignal<Option<Made>>,
) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let (problems, trouble) = (RwSignal::new(Vec::new()), RwSignal::new(None::<Trouble>));
    let name = RwSignal::new(String::new());
    let wrong = move |text| Problem { field: NAME, text };
    let check = Callback::new(move |()| {
        trouble.set(None);
        let text = name.with_untracked(|name| wrong_name(name, lang));
        Vec::from_iter(text.map(wrong))
    });
    let text = offer_text(&offer, lang);
    let submit = Submit::new(move |password| {
        let name = name.get_untracked().trim().to_ascii_lowercase();
        let organisation = offer.organisation.clone();
        let link = (lookup, fragment.get_untracked().unwrap_or_default());
        async move {
            // None of what can go wrong is about the password.
            match make(desk, link, (name, password), organisation).await {
                Ok(done) => drop(made.try_set(Some(done))),
                Err(taken @ Trouble::Portal(AppError::NameTaken)) => {
                    drop(problems.try_set(vec![wrong(taken.text(lang))]));
                }
                Err(other) => drop(trouble.try_set(Some(other))),
            }
            Ok(())
        }
    });
    view! {
        <ui::FormHead title=text::join_title(lang) problems/>
        <Paragraph text/>
        <NewPasswordForm proposal problems button=text::join_button(lang) submit check>
            <TextInput id=NAME label=text::name_label(lang) hint=text::join_name_hint(lang) value=Bound::whole(name) problems
                autocomplete="username"/>
        </NewPasswordForm>
        {move || trouble.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
    }
}

fn offer_text(offer: &Offer, lang: Language) -> Text {
    match (&offer.organisation, offer.role) {
        (Some(name), _) => text::join_lead(lang, name),
        (None, Role::Practitioner) => text::join_practitioner(lang),
        (None, Role::Assessor) => text::join_assessor(lang),
        (None, Role::Administrator) => text::join_administrator(lang),
    }
}

fn wrong_name(name: &str, lang: Language) -> Option<Text> {
    let name = name.trim().to_ascii_lowercase();
    let plain = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
    (name.len() < 2 || name.len() > 40 || !plain).then(|| text::join_name_wrong(lang))
}

/// Has the vault make the keys, and the first link of an organisation that is to be founded; and the server the account.
async fn make(
    desk: Desk,
    (lookup, fragment): (Lookup, String),
    (name, password): (String, Password),
    organisation: Option<String>,
) -> Result<Made, Trouble> {
    let secret = vault::derive(name.clone(), password).await?;
    let joined = vault::join(lookup.text(), Password(fragment.into_bytes()), name.clone()).await?;
    let founding = match organisation {
        Some(name) => Some(vault::found_partner(name, clock::minute()).await?.into()),
        None => None,
    };
    let code = joined.slots.code.ok_or(Trouble::Broken)?;
    let secrets = vec![
        (Way::Password, secret),
        (Way::RecoveryCode, Bytes(code.secret.to_vec())),
    ];
    let new = NewAccount {
        lookup: lookup.text(),
        account: joined.account,
        name,
        keyring: Bytes(joined.slots.keyring.0),
        ways: ways(joined.slots.slots, secrets),
        joining: Bytes(joined.joining.0),
        founding,
    };
    let session = join(new).await?;
    vault::stop();
    desk.begin(&session);
    Ok(Made {
        words: joined.words,
        code: String::from_utf8_lossy(&code.words.0).into_owned(),
        role: session.role,
    })
}

/// Shows what to compare and what to keep.
#[component]
fn Kept(made: Made) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    view! {
        <Headline title=text::joined_title(lang)/>
        {if made.role == Role::Administrator {
            view! { <Next/> }.into_any()
        } else {
            view! { <ToCompare words=made.words/> }.into_any()
        }}
        <h2 class="govuk-heading-m">{text::code_title(lang)}</h2>
        <WarningText text=text::code_once(lang)/>
        <Words words=made.code/>
        <Paragraph text=text::code_text(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::code_print(lang) press=move |()| page::print()/>
            <PlainButton text=text::joined_go_on(lang) press=move |()| desk.go_on() class="govuk-button"/>
        </div>
        <p class="govuk-body"><a class="govuk-link" href=Place::HowItWorks.path(lang)>{text::how_title(lang)}</a></p>
    }
}

/// The words that whoever invited them waits for.
#[component]
fn ToCompare(words: Vec<String>) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Heading text=text::joined_words_title(lang)/>
        <Paragraph text=text::joined_words_text(lang)/>
        <p class="govuk-body-l" id="compare"><ui::Words words/></p>
    }
}

/// Nobody waits for an administrator's words but those who hold the roots, who are told of the signing key.
#[component]
fn Next() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Heading text=text::joined_next_title(lang)/>
        <List items=vec![text::joined_next_step(lang), text::joined_next_key(lang), text::joined_next_directory(lang)]/>
    }
}
