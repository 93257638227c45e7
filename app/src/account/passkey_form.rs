//! Asking what a new passkey is to be called, and having the device make it.

use super::{
    Session,
    desk::Desk,
    passkey::{LONGEST_NAME, add_passkey, begin_passkey},
    submit::Submit,
};
use crate::{
    browser::passkey::{self, Answered},
    text,
    trouble::Trouble,
    ui::{self, Bound, ErrorSummary, Problem, SecureForm, SubmitButton, TextInput},
    vault,
};
use leptos::prelude::*;
use protocol::vault::Blob;

/// The id of the name's field.
const NAME: &str = "passkey-name";

/// The form: `submit` is given the name.
#[component]
pub(super) fn PasskeyForm(submit: Submit<String>) -> impl IntoView {
    let lang = ui::language();
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let name = RwSignal::new(String::new());
    let send = Callback::new(move |()| {
        let called = name.get_untracked().trim().to_owned();
        if called.is_empty() || called.chars().count() > LONGEST_NAME {
            let text = text::passkey_name_wrong(lang);
            return problems.set(vec![Problem { field: NAME, text }]);
        }
        problems.set(Vec::new());
        submit.run(
            called,
            pending,
            problems,
            (NAME, move |trouble| trouble.text(lang)),
        );
    });
    view! {
        <ErrorSummary problems/>
        <SecureForm submit=send pending>
            <TextInput id=NAME label=text::passkey_name(lang) hint=text::passkey_name_hint(lang) value=Bound::whole(name) problems/>
            <SubmitButton text=text::passkey_add(lang) busy=text::passkey_asking(lang) pending/>
        </SecureForm>
    }
}

/// Has the device make a passkey, and adds it: a second step from then on. Gives it where it may open the keys, too.
pub(super) async fn make(desk: Desk, name: String) -> Result<(Session, Option<Answered>), Trouble> {
    let challenge = desk.fresh(begin_passkey).await?;
    let (made, can_open) = passkey::create(&challenge).await?;
    let session = desk.note(add_passkey(name, made.json.clone()).await)?;
    Ok((session, can_open.then_some(made)))
}

/// Has what a passkey computes open the keys; says whether it does. It is a second step by now, whatever comes of this.
pub(super) async fn open_by(desk: Desk, made: Answered) -> Result<bool, Trouble> {
    let Ok(computed) = passkey::compute(&desk.site().instance, Some(&made.id)).await else {
        return Ok(false);
    };
    vault::use_passkey(computed).await?;
    let slots = vault::add_passkey(Blob(made.id)).await?;
    desk.store_ways(slots, Vec::new()).await?;
    Ok(true)
}
