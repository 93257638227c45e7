//! Making a copy of a picture that hides nothing, beside the original.

use super::{clean, hidden, upload};
use crate::{account::desk::Desk, browser::file, concern::draft::Draft, text, trouble::Trouble, vault};
use leptos::prelude::WithUntracked;
use protocol::{concern::Language, id::AttachmentId, vault::FileView};

/// Makes it of what was chosen, adds it, and notes what is not in it.
pub(super) async fn make(desk: Desk, draft: Draft, id: AttachmentId, lang: Language) -> Result<(), Trouble> {
    let original: Option<FileView> = draft
        .files
        .all
        .with_untracked(|all| all.iter().find(|one| one.id == id).cloned());
    let (Some(original), Some(chosen)) = (original, draft.files.chosen(id)) else {
        return Err(Trouble::Unreadable);
    };
    let bytes = file::read(&chosen).await.ok_or(Trouble::Unreadable)?;
    let (clean, found) = clean::copy(&original.media, bytes).ok_or(Trouble::NoCopy)?;
    let made = file::made(&named(&original.name), &original.media, &clean).ok_or(Trouble::NoCopy)?;
    if draft.files.unfit(file::length(&made)).is_some() {
        return Err(Trouble::NoCopy);
    }
    let copy = upload::add(desk, draft, made, Some(id)).await?;
    let note = if found.is_empty() {
        text::copy_same(lang)
    } else {
        text::copy_without(lang, hidden::names(&found, lang))
    };
    draft.files.put(&vault::note_file(copy, note.plain()).await?);
    Ok(())
}

/// The name of a copy.
fn named(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, kind)) if !stem.is_empty() => format!("{stem} (copy).{kind}"),
        _ => format!("{name} (copy)"),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_copy_is_called_so() {
        assert_eq!(named("door.jpg"), "door (copy).jpg");
        assert_eq!(named("door"), "door (copy)");
        assert_eq!(named(".jpg"), ".jpg (copy)");
    }
}
