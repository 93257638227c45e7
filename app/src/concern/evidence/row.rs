//! One file of a draft, and what can be done with it.

use super::{clean, copies, files::State, size, upload};
use crate::{
    account::desk::Desk,
    browser::file,
    concern::draft::Draft,
    error::AppError,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Announcer, PlainButton},
    vault,
};
use leptos::{ev, prelude::*, task::spawn_local};
use protocol::{
    attachment::LONGEST_NOTE, concern::Language, id::AttachmentId, refused::Refused, vault::FileView,
};

/// The row.
#[component]
pub(super) fn FileRow(id: AttachmentId) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let view = Memo::new(move |_| {
        draft
            .files
            .all
            .with(|all| all.iter().find(|one| one.id == id).cloned())
    });
    let state = Memo::new(move |_| draft.files.states.with(|all| all.get(&id).cloned()));
    let Some(first) = view.get_untracked() else {
        return ().into_any();
    };
    let whole = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.hash.is_some())));
    let kind = first.copy_of.map(|_| text::file_copy(lang).into_render());
    let name = first.name.clone();
    view! {
        <li class="candour-file">
            <p class="govuk-body candour-file__name">
                <strong class="notranslate" translate="no">{name.clone()}</strong>
                " " {size(lang, first.length)} " " {kind}
            </p>
            <Standing id state whole=whole.into()/>
            <Acts id name=name.clone() state whole=whole.into()/>
            <Copy view=first.clone()/>
            <Note view=first/>
        </li>
    }
    .into_any()
}

/// How it stands, in words, and as a bar while it moves.
#[component]
fn Standing(id: AttachmentId, state: Memo<Option<State>>, whole: Signal<bool>) -> impl IntoView {
    let lang = ui::language();
    let said = Memo::new(move |_| {
        if whole.get() {
            text::file_stored(lang)
        } else {
            state.with(|state| said(state.as_ref(), lang))
        }
    });
    tell_rest(state, whole, said);
    let bar = move || {
        let percent = state.with(|state| state.as_ref().and_then(State::percent));
        percent.map(|percent| {
            view! { <progress class="candour-progress" max="100" aria-label=text::file_progress(lang).plain() prop:value=percent></progress> }
        })
    };
    view! { <p id=standing_id(id) class="govuk-body">{move || said.get().into_render()}</p> {bar} }
}

fn standing_id(id: AttachmentId) -> String {
    format!("standing-{id}")
}

/// Where a file comes to rest is read out; what only moves is not. Its name is not said: what was read out stays on the page after it.
fn tell_rest(state: Memo<Option<State>>, whole: Signal<bool>, said: Memo<Text>) {
    let announcer = expect_context::<Announcer>();
    let rests = Memo::new(move |_| {
        let stopped = state.with(|state| matches!(state, Some(State::Failed(_) | State::Paused)));
        whole.get() || stopped
    });
    Effect::new(move |before: Option<bool>| {
        let now = rests.get();
        if now && before == Some(false) {
            announcer.say(said.get_untracked());
        }
        now
    });
}

fn said(state: Option<&State>, lang: Language) -> Text {
    match state {
        None => text::file_choose_again(lang),
        Some(State::Waiting) => text::file_waiting(lang),
        Some(State::Sealing(percent)) => text::file_sealing(lang, *percent),
        Some(State::Uploading(percent)) => text::file_uploading(lang, *percent),
        Some(State::Again(percent)) => text::file_again(lang, *percent),
        Some(State::Paused) => text::file_paused(lang),
        Some(State::Failed(trouble)) => text::file_failed(lang, failed(trouble, lang).plain()),
    }
}

fn failed(trouble: &Trouble, lang: Language) -> Text {
    match trouble {
        Trouble::Portal(AppError::Invalid) => text::file_damaged(lang),
        trouble => trouble.text(lang),
    }
}

/// Pause, go on, choose again, remove.
#[component]
fn Acts(id: AttachmentId, name: String, state: Memo<Option<State>>, whole: Signal<bool>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let files = draft.files;
    let pause = move |()| files.say(id, State::Paused);
    let again = move |()| {
        if let Some(chosen) = files.chosen(id) {
            upload::go_on(desk, draft, id, chosen);
        }
    };
    let remove = move |()| {
        files.remove(id);
        crate::concern::draft::saving::save(desk, draft);
    };
    let label = StoredValue::new(name);
    let named = move |text: fn(Language, String) -> Text| text(lang, label.get_value());
    let act = move || match state.get() {
        _ if whole.get() => None,
        None | Some(State::Failed(Trouble::Refused(Refused::OtherFile) | Trouble::Unreadable)) => {
            Some(view! { <ChooseAgain id name=label.get_value()/> }.into_any())
        }
        Some(State::Paused | State::Failed(_)) => Some(
            view! { <PlainButton text=named(text::file_go_on) press=again class="candour-link-button"/> }
                .into_any(),
        ),
        Some(_) => Some(
            view! { <PlainButton text=named(text::file_pause) press=pause class="candour-link-button"/> }
                .into_any(),
        ),
    };
    view! {
        <p class="govuk-body candour-file__acts">
            {act} " "
            <PlainButton text=named(text::file_remove) press=remove class="candour-link-button"/>
        </p>
    }
}

/// A file whose parts are stored in part: it is chosen again, and the vault checks that it is the same.
#[component]
fn ChooseAgain(id: AttachmentId, name: String) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let field = format!("again-{id}");
    let changed = move |event: ev::Event| {
        if let Some(chosen) = file::chosen_in(&event).into_iter().next() {
            upload::go_on(desk, draft, id, chosen);
        }
    };
    view! {
        <label class="govuk-label" for=field.clone()>{text::file_same(lang, name)}</label>
        <input id=field class="govuk-file-upload" type="file" aria-describedby=standing_id(id) on:change=changed/>
    }
}

/// What the writer says of it. What cannot be shown stays in the field, and is said to be wrong.
#[component]
fn Note(view: FileView) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let (id, field) = (view.id, format!("note-{}", view.id));
    let wrong = RwSignal::new(false);
    let note = move || {
        let all = draft.files.all;
        all.with(|all| all.iter().find(|one| one.id == id).map(|one| one.note.clone()))
            .unwrap_or_default()
    };
    let changed = move |event: ev::Event| {
        let note: String = event_target_value(&event).chars().take(LONGEST_NOTE).collect();
        spawn_local(async move {
            let noted = vault::note_file(id, note).await;
            wrong.try_set(noted.is_err());
            draft.files.note_is(id, noted.is_ok());
            if let Ok(view) = noted {
                draft.files.put(&view);
            }
        });
    };
    let said = StoredValue::new(format!("{field}-error"));
    let error = move || {
        wrong.get().then(|| {
            let text = text::text_unshowable(lang);
            view! { <p id=said.get_value() class="govuk-error-message">{text}</p> }
        })
    };
    view! {
        <label class="govuk-label" for=field.clone()>{text::file_note(lang, view.name)}</label>
        <div aria-live="polite">{error}</div>
        <input id=field class="govuk-input" class:govuk-input--error=wrong type="text" maxlength=LONGEST_NOTE.to_string()
            spellcheck="false" autocomplete="off" translate="no" prop:value=note on:change=changed
            aria-invalid=move || wrong.get().then_some("true")
            aria-describedby=move || wrong.get().then(|| said.get_value())/>
    }
}

/// Offers a copy of a picture without what is hidden in it, beside the original.
#[component]
fn Copy(view: FileView) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    if view.copy_of.is_some() || !clean::can_be(&view.media, view.length) {
        return ().into_any();
    }
    let id = view.id;
    let trouble = RwSignal::new(None::<Text>);
    let name = StoredValue::new(view.name);
    let can = Memo::new(move |_| {
        draft.files.states.track();
        let copied = draft
            .files
            .all
            .with(|all| all.iter().any(|one| one.copy_of == Some(id)));
        !copied && draft.files.chosen(id).is_some()
    });
    let make = move |()| {
        spawn_local(async move {
            let made = copies::make(desk, draft, id, lang).await;
            trouble.try_set(made.err().map(|trouble| trouble.text(lang)));
        });
    };
    let button = move || {
        let text = text::file_make_copy(lang, name.get_value());
        can.get().then(|| view! { <PlainButton text press=make/> })
    };
    view! {
        <div>{button}</div>
        <div role="alert">
            {move || trouble.get().map(|text| view! { <p class="govuk-error-message">{text}</p> })}
        </div>
    }
    .into_any()
}
