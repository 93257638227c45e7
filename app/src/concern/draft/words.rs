//! What was written, as the text that is sealed, and back. It comes with the pages of the form, and not with what everybody loads:
//! whoever has written something has those.

#![expect(
    clippy::unnecessary_wraps,
    reason = "a part is there already, and in a browser may not come"
)]

use super::Written;
use crate::{
    concern::{
        addition::{self, Addition},
        answers::Answers,
    },
    error::AppError,
    trouble::Trouble,
};
use protocol::{
    id::UnsentId,
    refused::Refused,
    vault::{UnsentText, UnsentView},
};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A form, as it is sealed.
pub(super) async fn of_form(written: Written, id: Option<UnsentId>) -> Result<UnsentText, Trouble> {
    form_text(written, id).await.map_err(missing)
}

/// A form, as it was opened.
pub(super) async fn to_form(view: UnsentView) -> Result<Written, Trouble> {
    read_form(view).await.map_err(missing)?.ok_or(MALFORMED)
}

/// Additions, as they are sealed.
pub(super) async fn of_additions(all: Vec<Addition>) -> Result<UnsentText, Trouble> {
    additions_text(all).await.map_err(missing)
}

/// Additions, as they were opened.
pub(super) async fn to_additions(view: UnsentView) -> Result<Vec<Addition>, Trouble> {
    read_additions(view).await.map_err(missing)?.ok_or(MALFORMED)
}

const MALFORMED: Trouble = Trouble::Refused(Refused::Malformed);

fn missing(_: SplitLoaderError) -> Trouble {
    AppError::Offline.into()
}

#[wasm_split(practitioner, fallible)]
fn form_text(written: Written, id: Option<UnsentId>) -> Result<UnsentText, SplitLoaderError> {
    Ok(UnsentText {
        id,
        text: written.answers.to_text(),
        label: written.label,
        files: written.files.iter().map(|file| file.id).collect(),
    })
}

#[wasm_split(practitioner, fallible)]
fn read_form(view: UnsentView) -> Result<Option<Written>, SplitLoaderError> {
    let answers = Answers::from_text(&view.text);
    Ok(answers.map(|answers| Written {
        answers,
        label: view.label,
        files: view.files,
    }))
}

#[wasm_split(practitioner, fallible)]
fn additions_text(all: Vec<Addition>) -> Result<UnsentText, SplitLoaderError> {
    Ok(UnsentText {
        id: None,
        label: String::new(),
        text: addition::to_text(&all),
        files: Vec::new(),
    })
}

#[wasm_split(practitioner, fallible)]
fn read_additions(view: UnsentView) -> Result<Option<Vec<Addition>>, SplitLoaderError> {
    Ok(addition::from_text(&view.text))
}
