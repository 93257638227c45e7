//! The form that takes a code: from an app, or from paper.

use super::submit::Submit;
use crate::{
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Bound, Problem, SecureForm, SubmitButton, TextInput},
};
use leptos::prelude::*;

/// The form. `submit` gets the code, and what goes wrong is put into `problems`.
#[component]
pub(super) fn CodeForm(
    /// The field's, apart from every other on the page.
    #[prop(default = "one-time-code")]
    id: &'static str,
    problems: RwSignal<Vec<Problem>>,
    button: Text,
    submit: Submit<String>,
    /// Whether a backup code will do as well.
    #[prop(optional)]
    backup: bool,
) -> impl IntoView {
    let lang = ui::language();
    let (code, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let send = move |()| {
        let typed = code.get_untracked();
        if typed.trim().is_empty() {
            let text = text::code_missing(lang);
            return problems.set(vec![Problem { field: id, text }]);
        }
        problems.set(Vec::new());
        let words = move |trouble: &Trouble| trouble.text(lang);
        submit.run(typed, pending, problems, (id, words));
    };
    let hint = if backup {
        text::code_hint_backup(lang)
    } else {
        text::code_hint(lang)
    };
    view! {
        <SecureForm submit=Callback::new(send) pending>
            <TextInput id label=text::app_code_label(lang) hint value=Bound::whole(code) problems autocomplete="one-time-code"/>
            <SubmitButton text=button busy=text::checking(lang) pending/>
        </SecureForm>
    }
}
