//! Whether somebody is running out of backup codes.

use super::{desk::Desk, factor::load_factors};
use crate::{place::Place, text, trouble::Trouble, ui::Task};
use protocol::concern::Language;

/// With so many left, or fewer, new ones are to be made.
const FEW: u32 = 3;

/// How many are left, where these are few.
pub(crate) async fn few_codes(desk: Desk) -> Result<Option<u32>, Trouble> {
    let has = desk.session().is_some_and(|session| session.steps.code);
    if !has {
        return Ok(None);
    }
    let left = desk.note(load_factors().await)?.backup_codes;
    Ok((left <= FEW).then_some(left))
}

/// What to do about it.
pub(crate) fn codes_task(left: u32, lang: Language) -> Task {
    Task {
        text: text::todo_codes(lang, left),
        href: Place::TwoStep.path(lang),
    }
}
