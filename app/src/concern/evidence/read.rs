//! The files of a concern, for whoever reads it: pictures shown when asked for, everything else only saved.

use super::size;
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::{fetch, file},
    text,
    trouble::Trouble,
    ui::{self, Heading, PlainButton, Row, SummaryList, WarningText},
    vault,
};
use leptos::prelude::*;
use protocol::{id::LogId, vault::FileView};

/// The types of pictures that a browser shows without running anything.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// All of them, unless there is none.
#[component]
pub(crate) fn FileList(log: LogId, files: Vec<FileView>) -> impl IntoView {
    let lang = ui::language();
    if files.is_empty() {
        return ().into_any();
    }
    let names: Vec<_> = files.iter().map(|one| (one.id, one.name.clone())).collect();
    let shown = files.into_iter().map(|one| {
        let original = names.iter().find(|(id, _)| Some(*id) == one.copy_of);
        let original = original.map(|(_, name)| name.clone());
        view! { <Shown log file=one original/> }
    });
    view! {
        <Heading text=text::files_title(lang)/>
        <WarningText text=text::file_care(lang)/>
        {shown.collect::<Vec<_>>()}
    }
    .into_any()
}

#[component]
fn Shown(log: LogId, file: FileView, original: Option<String>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let (acts, percent) = (Acts::new(), RwSignal::new(None));
    let rows = rows(&file, original);
    let picture = PICTURES
        .contains(&file.media.as_str())
        .then(|| view! { <Picture log file=file.clone() acts percent/> });
    let label = text::file_save(lang, file.name.clone());
    let file = StoredValue::new(file);
    let save = move |()| {
        acts.act_telling(async move {
            let file = file.get_value();
            let bytes = open(desk, log, &file, percent).await?;
            let saved = file::save_parts(&safe_name(&file.name), &bytes);
            saved.then(|| text::file_saved(lang)).ok_or(Trouble::Unreadable)
        });
    };
    let bar = move || {
        percent.get().map(|percent| {
            let name = text::file_opening(lang).plain();
            view! { <progress class="candour-progress" max="100" aria-label=name prop:value=percent></progress> }
        })
    };
    view! {
        <section class="candour-file">
            <SummaryList rows/>
            <Said acts/>
            {bar}
            {picture}
            <PlainButton text=label press=save/>
        </section>
    }
}

fn rows(file: &FileView, original: Option<String>) -> Vec<Row> {
    let lang = ui::language();
    let mut rows = vec![
        Row::written(text::file_row_name(lang), file.name.clone()),
        Row::written(text::file_row_type(lang), file.media.clone()),
        Row::text(text::file_row_size(lang), size(lang, file.length)),
        Row::written(
            text::file_row_hash(lang),
            file.hash.map(|hash| hash.to_string()).unwrap_or_default(),
        ),
    ];
    if !file.note.is_empty() {
        rows.push(Row::written(text::file_row_note(lang), file.note.clone()));
    }
    if let Some(original) = original {
        rows.push(Row::written(text::file_row_copy(lang), original));
    }
    rows
}

/// A picture, once somebody asks for it.
#[component]
fn Picture(log: LogId, file: FileView, acts: Acts, percent: RwSignal<Option<f64>>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let address = RwSignal::new(None::<String>);
    on_cleanup(move || {
        if let Some(Some(address)) = address.try_get_untracked() {
            file::forget_address(&address);
        }
    });
    let label = text::file_show(lang, file.name.clone());
    let alt = text::file_picture(lang, file.name.clone()).plain();
    let file = StoredValue::new(file);
    let show = move |()| {
        acts.act_quietly(async move {
            let file = file.get_value();
            let bytes = open(desk, log, &file, percent).await?;
            let made = file::address_of(&bytes, &file.media).ok_or(Trouble::Unreadable)?;
            address.try_set(Some(made));
            Ok(())
        });
    };
    move || match address.get() {
        None => view! { <PlainButton text=label.clone() press=show/> }.into_any(),
        Some(address) => view! { <img class="candour-picture" src=address alt=alt.clone()/> }.into_any(),
    }
}

/// Fetches and opens every part, one after the other. Nothing is given unless all of it is what was told of.
async fn open(
    desk: Desk,
    log: LogId,
    file: &FileView,
    percent: RwSignal<Option<f64>>,
) -> Result<js_sys::Array, Trouble> {
    let opened = open_parts(desk, log, file, percent).await;
    // The page may be gone by then.
    percent.try_set(None);
    opened
}

async fn open_parts(
    desk: Desk,
    log: LogId,
    file: &FileView,
    percent: RwSignal<Option<f64>>,
) -> Result<js_sys::Array, Trouble> {
    let parts = js_sys::Array::new();
    for (hash, index) in file.parts.iter().zip(0..) {
        percent.try_set(Some(f64::from(index) * 100.0 / f64::from(file.count.max(1))));
        let sealed = desk.note(fetch::part(*hash).await)?;
        let bytes = vault::open_part(log, file.id, index, &sealed).await?;
        let blob = file::blob_of(&bytes);
        file::let_go(&bytes);
        let blob = blob.ok_or(Trouble::Unreadable)?;
        parts.push(&blob);
    }
    Ok(parts)
}

/// A name that leads nowhere and hides nothing: no folders, no controls, no marks that reorder text, no leading or trailing dot.
fn safe_name(name: &str) -> String {
    let fine = |one: char| if is_harmless(one) { one } else { '_' };
    let name: String = name.chars().map(fine).take(120).collect();
    let name = name.trim_matches(|one: char| one == '.' || one == ' ');
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}

fn is_harmless(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, ' ' | '.' | '-' | '_' | '(' | ')' | '+' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_hides_nothing() {
        for (name, safe) in [
            ("Photo (1).jpg", "Photo (1).jpg"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\x.exe", "C__x.exe"),
            ("..", "file"),
            ("a\u{202e}gpj.exe", "a_gpj.exe"),
            (".hidden", "hidden"),
            ("llun tŷ.png", "llun tŷ.png"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
        assert_eq!(safe_name(&"x".repeat(500)).len(), 120);
    }
}
