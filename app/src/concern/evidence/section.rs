//! The section of the form in which files are added.

use super::{files::Unfit, row::FileRow, size, upload};
use crate::{
    account::desk::Desk,
    browser::file,
    concern::draft::Draft,
    text::{self, Text},
    ui::{self, Heading, Paragraph, Problem},
};
use leptos::{ev, prelude::*, task::spawn_local};
use protocol::{
    attachment::{LARGEST, MOST},
    concern::Language,
};

/// The id of the field in which files are chosen.
pub(crate) const FIELD: &str = "evidence";

/// Files that are there, and a field to choose more. What cannot be added is said in `problems`, for the summary of the page, and beside
/// the field.
#[component]
pub(crate) fn EvidenceSection(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    Effect::new(move || {
        let online = window_event_listener(ev::online, move |_| upload::retry_all(desk, draft));
        on_cleanup(move || online.remove());
    });
    let ids = Memo::new(move |_| {
        draft
            .files
            .all
            .with(|all| all.iter().map(|one| one.id).collect::<Vec<_>>())
    });
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    view! {
        <Heading text=text::files_title(lang)/>
        <Paragraph text=text::evidence_originals(lang)/>
        <Choose problems hint=text::evidence_limits(lang, size(lang, LARGEST).plain(), most)/>
        <ul class="govuk-list candour-files">
            <For each=move || ids.get() key=|id| *id let:id><FileRow id/></For>
        </ul>
    }
}

#[component]
fn Choose(problems: RwSignal<Vec<Problem>>, hint: Text) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let changed = move |event: ev::Event| {
        let chosen = file::chosen_in(&event);
        problems.update(|all| all.retain(|one| one.field != FIELD));
        spawn_local(async move {
            for one in chosen {
                if let Err(text) = add(desk, draft, one, lang).await {
                    problems.try_update(|all| all.push(Problem { field: FIELD, text }));
                }
            }
        });
    };
    let own = move || {
        problems.with(|all| {
            all.iter()
                .filter(|one| one.field == FIELD)
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let said = move || {
        own()
            .into_iter()
            .map(|one| {
                view! {
                    <p class="govuk-error-message">
                        <span class="govuk-visually-hidden">{text::error_prefix(lang)} " "</span>
                        {one.text}
                    </p>
                }
            })
            .collect::<Vec<_>>()
    };
    let class = move || {
        if own().is_empty() {
            "govuk-form-group"
        } else {
            "govuk-form-group govuk-form-group--error"
        }
    };
    view! {
        <div class=class>
            <label class="govuk-label govuk-label--s" for=FIELD>{text::evidence_label(lang)}</label>
            <div id="evidence-hint" class="govuk-hint">{hint}</div>
            <div id="evidence-error" role="alert">{said}</div>
            <input id=FIELD class="govuk-file-upload" type="file" multiple aria-describedby="evidence-hint evidence-error" on:change=changed/>
        </div>
    }
}

/// Adds one, or says why not.
async fn add(desk: Desk, draft: Draft, chosen: web_sys::File, lang: Language) -> Result<(), Text> {
    let name = chosen.name();
    if let Some(unfit) = draft.files.unfit(file::length(&chosen)) {
        return Err(unfit_text(unfit, name, lang));
    }
    let added = upload::add(desk, draft, chosen, None).await;
    added
        .map(drop)
        .map_err(|trouble| text::file_not_added(lang, name, trouble.text(lang).plain()))
}

fn unfit_text(unfit: Unfit, name: String, lang: Language) -> Text {
    let most = size(lang, LARGEST).plain();
    match unfit {
        Unfit::Empty => text::file_empty(lang, name),
        Unfit::TooLarge => text::file_too_large(lang, most, name),
        Unfit::TooMuch => text::file_too_much(lang, most, name),
        Unfit::TooMany => text::file_too_many(lang, name, u32::try_from(MOST).unwrap_or(u32::MAX)),
    }
}
