//! The form that takes a password to the vault.

use super::{
    desk::{Desk, Stage},
    submit::Submit,
};
use crate::{
    error::AppError,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Loading, PasswordInput, Problem, SecureForm, SubmitButton},
};
use leptos::{html, prelude::*};
use protocol::{concern::Language, refused::Refused, vault::Password};

/// The id of the password's field.
const PASSWORD: &str = "password";

/// The form. `children` stand above the password; `submit` gets it, and what goes wrong is put into `problems`. Before
/// that, `check` may find problems with what the children hold.
#[component]
pub(super) fn PasswordForm(
    /// The field's, apart from every other on the page.
    #[prop(default = PASSWORD)]
    id: &'static str,
    problems: RwSignal<Vec<Problem>>,
    button: Text,
    submit: Submit,
    #[prop(optional)] check: Option<Callback<(), Vec<Problem>>>,
    /// What it is called, where it is not the password.
    #[prop(optional)]
    label: Option<Text>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let label = label.unwrap_or_else(|| text::password_label(lang));
    let node = NodeRef::<html::Input>::new();
    let pending = RwSignal::new(false);
    let send = move |()| {
        let mut wrong = check.map(|check| check.run(())).unwrap_or_default();
        let Some(password) = take(node, wrong.is_empty()) else {
            wrong.push(Problem {
                field: id,
                text: text::password_missing(lang),
            });
            return problems.set(wrong);
        };
        problems.set(wrong);
        if problems.with_untracked(Vec::is_empty) {
            submit.run(
                password,
                pending,
                problems,
                (id, move |trouble| words(trouble, lang)),
            );
        }
    };
    view! {
        <SecureForm submit=Callback::new(send) pending>
            {children.map(|children| children())}
            <PasswordInput id label node problems/>
            <Progress desk/>
            <SubmitButton text=button busy=text::opening(lang) pending/>
        </SecureForm>
    }
}

/// Takes the password out of its field, which is left empty when it is used. Nothing if there is none.
fn take(node: NodeRef<html::Input>, used: bool) -> Option<Password> {
    let field = node.get_untracked()?;
    let password = Password(field.value().into_bytes());
    if used {
        field.set_value("");
    }
    (!password.0.is_empty()).then_some(password)
}

/// A wrong password reads the same wherever it was found out.
fn words(trouble: &Trouble, lang: Language) -> Text {
    match trouble {
        Trouble::Portal(AppError::WrongSignIn) | Trouble::Refused(Refused::WrongPassword) => {
            trouble.text(lang)
        }
        _ => text::not_opened(lang, trouble.text(lang).plain()),
    }
}

/// How far opening the vault has come, while it is under way.
#[component]
pub(super) fn Progress(desk: Desk) -> impl IntoView {
    let lang = ui::language();
    move || {
        desk.stage().get().map(|stage| {
            let text = match stage {
                Stage::Deriving => text::stage_deriving(lang),
                Stage::Asking => text::stage_asking(lang),
                Stage::Verifying => text::stage_verifying(lang),
                Stage::Storing => text::stage_storing(lang),
            };
            view! { <Loading text percent=desk.percent()/> }
        })
    }
}
