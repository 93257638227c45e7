//! Uploading files: sliced by the page, sealed by the vault, sent until each part is stored. One part is in memory at a time.

use super::files::{Files, State};
use crate::{
    account::desk::Desk,
    browser::{fetch, file, turn},
    concern::draft::{Draft, saving},
    error::AppError,
    trouble::Trouble,
    vault,
};
use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    attachment::PART,
    id::{AttachmentId, Hash},
    refused::Refused,
};
use std::time::Duration;

/// How often a part is sent by itself before its owner has to say so.
const TRIES: u32 = 5;

/// Adds a file that somebody chose, and begins to upload it.
pub(super) async fn add(
    desk: Desk,
    draft: Draft,
    chosen: web_sys::File,
    copy_of: Option<AttachmentId>,
) -> Result<AttachmentId, Trouble> {
    let (name, media) = (chosen.name(), chosen.type_());
    let view = vault::begin_file(name, media, file::length(&chosen), copy_of).await?;
    let id = view.id;
    draft.files.all.update(|all| all.push(view));
    go_on(desk, draft, id, chosen);
    Ok(id)
}

/// Goes on with a file that was chosen, perhaps again.
pub(super) fn go_on(desk: Desk, draft: Draft, id: AttachmentId, chosen: web_sys::File) {
    draft.files.choose(id, chosen);
    spawn_local(run(desk, draft));
}

/// Lets every file go on that stopped by itself.
pub(super) fn retry_all(desk: Desk, draft: Draft) {
    draft.files.states.update(|all| {
        for state in all.values_mut() {
            if matches!(state, State::Failed(Trouble::Portal(_))) {
                *state = State::Waiting;
            }
        }
    });
    spawn_local(run(desk, draft));
}

/// Uploads one file after the other.
async fn run(desk: Desk, draft: Draft) {
    let files = draft.files;
    if files.busy.get_value() {
        return;
    }
    files.busy.set_value(true);
    while let Some(id) = files.next() {
        if let Err(trouble) = upload(desk, draft, id).await {
            files.say(id, State::Failed(trouble));
        }
    }
    files.busy.set_value(false);
}

/// Whether a file is still to be uploaded.
fn moves(files: Files, id: AttachmentId) -> bool {
    files.state(id).is_some_and(|state| state != State::Paused)
}

async fn upload(desk: Desk, draft: Draft, id: AttachmentId) -> Result<(), Trouble> {
    let files = draft.files;
    let Some(chosen) = files.chosen(id) else {
        return Err(Trouble::Broken);
    };
    let count = files
        .all
        .with_untracked(|all| all.iter().find(|one| one.id == id).map_or(0, |one| one.count));
    for index in 0..count {
        if !moves(files, id) {
            return Ok(());
        }
        let percent = index * 100 / count;
        files.say(id, State::Sealing(percent));
        let part = file::slice(&chosen, u64::from(index) * PART as u64, PART).ok_or(Trouble::Unreadable)?;
        let (hash, sealed) = vault::seal_part(id, index, &part).await?;
        let Some(sealed) = sealed else { continue };
        if !send(desk, files, (id, percent), hash, sealed).await? {
            return Ok(());
        }
        files.put(&vault::part_stored(id).await?);
        // What is stored is remembered at once, so that it is sent no second time after a reload.
        saving::save(desk, draft);
    }
    let whole = files
        .all
        .with_untracked(|all| all.iter().any(|one| one.id == id && one.hash.is_some()));
    // All its parts were stored already, and it was chosen all the same.
    whole.then_some(()).ok_or(Trouble::Refused(Refused::OtherFile))
}

/// Sends a part, the same bytes each time, until it is stored. Whether it is: not where its owner has stopped it.
async fn send(
    desk: Desk,
    files: Files,
    (id, percent): (AttachmentId, u32),
    hash: Hash,
    mut sealed: Uint8Array,
) -> Result<bool, Trouble> {
    let (mut tries, sender) = (0, desk.site().assets.sender);
    loop {
        if !moves(files, id) {
            return Ok(false);
        }
        files.say(
            id,
            if tries == 0 {
                State::Uploading(percent)
            } else {
                State::Again(percent)
            },
        );
        let (answer, back) = fetch::store_part(&sender, hash, &sealed).await;
        tries += 1;
        match (answer, back) {
            (Err(error), Some(back)) if passes(&error) && tries < TRIES => {
                sealed = back;
                turn::pause(Duration::from_millis(500 << tries)).await;
            }
            (answer, _) => return desk.note(answer).map(|()| true),
        }
    }
}

/// Whether it may work by itself a little later: also where the bytes were damaged on their way.
fn passes(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Offline | AppError::Internal | AppError::Busy { .. } | AppError::Invalid
    )
}
