//! What the form says of how its draft is saved.

use super::{
    Draft,
    saving::{self, Saving},
};
use crate::{
    account::desk::Desk,
    browser::clock,
    error::AppError,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Bound, PlainButton, TextInput},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{concern::Language, id::Minute};
use std::time::Duration;

/// When the draft was saved, or why it was not; and what its author calls it.
#[component]
pub(in crate::concern) fn SavedLine() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let there = Memo::new(move |_| draft.outgoing.with(Option::is_none) && draft.sent.with(Option::is_none));
    let settled = Memo::new(move |_| draft.is_settled());
    move || {
        there.get().then(|| {
            view! {
                <div class="candour-saved" aria-busy=move || if settled.get() { "false" } else { "true" }>
                    <State/>
                    <Label/>
                </div>
            }
        })
    }
}

/// It is read out once, and whenever something is wrong: not each time that somebody pauses.
#[component]
fn State() -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let told = RwSignal::new(false);
    Effect::new(move || {
        if draft.saving.with(|saving| matches!(saving, Saving::Saved(_))) {
            // Once it has been read.
            let tell = move || {
                // The page may be gone by then.
                told.try_set(true);
            };
            set_timeout(tell, Duration::from_secs(1));
        }
    });
    let quiet = move || {
        let saved = draft.saving.with(|saving| matches!(saving, Saving::Saved(_)));
        if saved && told.get() { "off" } else { "polite" }
    };
    let said = move || draft.saving.with(|saving| said(saving, lang));
    view! {
        <p class="govuk-body" role="status" aria-live=quiet>{said}</p>
        {move || draft.saving.with(help)}
    }
}

fn said(saving: &Saving, lang: Language) -> Option<AnyView> {
    let text = match saving {
        Saving::Nothing => return None,
        Saving::Saved(at) => text::draft_saved(lang, hour(*at)),
        Saving::Waiting(Trouble::Portal(AppError::Offline)) => text::draft_offline(lang),
        Saving::Waiting(trouble) => text::draft_not_saved(lang, trouble.text(lang).plain()),
        Saving::Elsewhere => text::draft_elsewhere(lang),
        Saving::Gone => text::draft_gone(lang),
        Saving::Full => text::draft_full(lang),
    };
    Some(text.into_render().into_any())
}

/// Hours and minutes, as the clocks in London show them.
fn hour(at: Minute) -> String {
    let (_, hours, minutes) = clock::london(at);
    format!("{hours:02}:{minutes:02}")
}

/// What to do where it is not saved.
fn help(saving: &Saving) -> Option<AnyView> {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let again = move |()| saving::save(desk, draft);
    let use_this = move |()| {
        spawn_local(async move {
            drop(saving::use_this(desk, draft).await);
        });
    };
    let use_other = move |()| {
        spawn_local(async move {
            drop(saving::use_other(desk, draft).await);
        });
    };
    let button = |text: Text, press: Callback<()>| view! { <PlainButton text press/> }.into_any();
    match saving {
        Saving::Waiting(_) | Saving::Full => Some(button(text::try_again(lang), Callback::new(again))),
        Saving::Elsewhere => Some(
            view! {
                <div class="govuk-button-group">
                    {button(text::draft_use_this(lang), Callback::new(use_this))}
                    {button(text::draft_use_other(lang), Callback::new(use_other))}
                </div>
            }
            .into_any(),
        ),
        Saving::Gone => Some(button(text::draft_keep(lang), Callback::new(use_this))),
        Saving::Nothing | Saving::Saved(_) => None,
    }
}

#[component]
fn Label() -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{text::draft_label_title(lang)}</span>
            </summary>
            <div class="govuk-details__text">
                <TextInput id="draft-label" label=text::draft_label(lang) hint=text::draft_label_hint(lang)
                    value=Bound::whole(draft.label) problems=Signal::stored(vec![])/>
            </div>
        </details>
    }
}
