//! Asking whom to invite.

use super::LinkOnce;
use crate::{
    text,
    trouble::Trouble,
    ui::{self, Bound, ErrorSummary, Problem, SecureForm, SubmitButton, TextInput},
};
use leptos::{prelude::*, task::spawn_local};

/// The id of the field. One such form is open at a time.
const WHOM: &str = "whom";

/// Who is to be invited, and the link once it is made. It outlives the form as it is shown, which changes with each thing done.
#[derive(Clone, Copy)]
pub(crate) struct Invitee {
    /// In the inviter's own words.
    pub(crate) whom: RwSignal<String>,
    /// The link to hand over.
    pub(crate) link: RwSignal<Option<String>>,
}

impl Invitee {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            whom: RwSignal::new(String::new()),
            link: RwSignal::new(None),
        }
    }
}

/// Asks whom to invite, has `make` make the invitation, and shows its link, once.
#[component]
pub(crate) fn InviteForm<Fut>(
    invitee: Invitee,
    make: impl Fn(String) -> Fut + Send + Sync + 'static,
    /// Told when one was made.
    #[prop(into)]
    done: Callback<()>,
    #[prop(default = "govuk-button")] class: &'static str,
) -> impl IntoView
where
    Fut: Future<Output = Result<String, Trouble>> + 'static,
{
    let lang = ui::language();
    let Invitee { whom, link } = invitee;
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let problem = |text| vec![Problem { field: WHOM, text }];
    let send = Callback::new(move |()| {
        let name = whom.get_untracked().trim().to_owned();
        if name.is_empty() {
            return problems.set(problem(text::invite_missing(lang)));
        }
        problems.set(Vec::new());
        link.set(None);
        pending.set(true);
        let making = make(name);
        spawn_local(async move {
            let answer = making.await;
            pending.try_set(false);
            match answer {
                Ok(address) => {
                    link.try_set(Some(address));
                    whom.try_set(String::new());
                    done.try_run(());
                }
                Err(trouble) => drop(problems.try_set(problem(trouble.text(lang)))),
            }
        });
    });
    view! {
        <ErrorSummary problems/>
        <SecureForm submit=send pending>
            <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(whom) problems/>
            <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending class/>
        </SecureForm>
        {move || link.get().map(|link| view! { <LinkOnce link/> })}
    }
}
