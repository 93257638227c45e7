//! The form that takes a new password to the vault.

use super::{desk::Desk, new_password, submit::Submit};
use crate::{
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Inset, Paragraph, PasswordInput, Problem, SecureForm, SubmitButton},
};
use leptos::{html, prelude::*};
use protocol::vault::Password;

/// The id of the password's field.
const PASSWORD: &str = "password";

/// What a new password is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Six words that the vault drew.
    pub(crate) words: String,
    /// Whether another may be chosen.
    pub(crate) own: bool,
    /// What somebody who knows the person would try.
    pub(crate) about: Vec<String>,
}

/// The form. `children` stand above; before `submit`, `check` may find problems with what they hold.
#[component]
pub(crate) fn NewPasswordForm(
    proposal: Proposal,
    problems: RwSignal<Vec<Problem>>,
    button: Text,
    submit: Submit,
    #[prop(optional)] check: Option<Callback<(), Vec<Problem>>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let node = NodeRef::<html::Input>::new();
    let pending = RwSignal::new(false);
    let (words, own) = (proposal.words.clone(), proposal.own);
    let send = move |()| {
        let mut wrong = check.map(|check| check.run(())).unwrap_or_default();
        let typed = node
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        let about: Vec<_> = proposal.about.iter().map(String::as_str).collect();
        let problem = new_password::wrong(&typed, &proposal.words, own, &about, lang);
        wrong.extend(problem.map(|text| Problem {
            field: PASSWORD,
            text,
        }));
        problems.set(wrong);
        if problems.with_untracked(Vec::is_empty) {
            let chosen = new_password::as_drawn(typed, &proposal.words);
            let password = Password(chosen.into_bytes());
            submit.run(
                password,
                pending,
                problems,
                (PASSWORD, move |trouble: &Trouble| trouble.text(lang)),
            );
        }
    };
    let label = if own {
        text::new_password_label(lang)
    } else {
        text::new_passphrase_label(lang)
    };
    view! {
        <SecureForm submit=Callback::new(send) pending>
            {children.map(|children| children())}
            <Words words own/>
            <PasswordInput id=PASSWORD label node problems new=true/>
            <super::password_form::Progress desk/>
            <SubmitButton text=button busy=text::opening(lang) pending/>
        </SecureForm>
    }
}

/// The words, and what to do with them.
#[component]
fn Words(words: String, own: bool) -> impl IntoView {
    let lang = ui::language();
    let text = if own {
        text::passphrase_text_own(lang)
    } else {
        text::passphrase_text(lang)
    };
    view! {
        <Paragraph text/>
        <Inset><p class="govuk-body-l candour-words notranslate" translate="no" id="proposed">{words}</p></Inset>
    }
}
