//! The third page of the form: checking, then sending.

use super::{
    answers::Step,
    choice::{Choice as _, Signs},
    draft::Draft,
    form::{READERS, Readers, StepHead},
    rows, sending,
};
use crate::{
    account::desk::Desk,
    error::AppError,
    text,
    trouble::Trouble,
    ui::{self, Inset, Loading, Paragraph, Problem, Row, SecureForm, SubmitButton, SummaryList},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{concern::Language, refused::Refused, vault::Trusted};

/// The id of the button, to which the error summary leads: there is no field to correct.
const SEND: &str = "send";

/// The page.
#[component]
pub(super) fn CheckStep(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let problems = RwSignal::new(Vec::new());
    let pending = RwSignal::new(false);
    let send = move |()| {
        pending.set(true);
        problems.set(Vec::new());
        spawn_local(async move {
            let answer = sending::send(desk, draft, lang).await;
            // The page is gone when the concern has arrived, or the session has ended.
            pending.try_set(false);
            if let Err(trouble) = answer {
                problems.try_set(vec![not_sent(&trouble, lang)]);
            }
        });
    };
    let on_its_way = Memo::new(move |_| draft.outgoing.with(Option::is_some));
    let back = Signal::derive(move || (!on_its_way.get() && !pending.get()).then_some(Step::Account));
    let label = Signal::derive(move || {
        if on_its_way.get() {
            text::try_again(lang)
        } else {
            text::send(lang)
        }
    });
    view! {
        <StepHead title=text::check_title(lang) number=3 back problems=problems.into()/>
        <Readers forces=Signal::derive(move || trusted.get().map(|all| all.forces).unwrap_or_default())/>
        {move || trusted.get().map(|all| view! {
            <SummaryList rows=answer_rows(&all, draft, on_its_way.get() || pending.get(), lang)/>
        })}
        <SecureForm submit=Callback::new(send) pending>
            <h2 class="govuk-heading-m">{text::send_title(lang)}</h2>
            <Paragraph text=text::send_text(lang)/>
            {move || (on_its_way.get() && !pending.get()).then(|| view! { <Inset><Paragraph text=text::send_again_text(lang)/></Inset> })}
            {move || pending.get().then(|| view! { <Loading text=text::sending(lang)/> })}
            <div id=SEND tabindex="-1">
                <SubmitButton text=label busy=text::sending(lang) pending/>
            </div>
        </SecureForm>
    }
}

/// The answers. Those that are `fixed` may have arrived, so they can no longer be changed.
fn answer_rows(trusted: &Trusted, draft: Draft, fixed: bool, lang: Language) -> Vec<Row> {
    let answers = draft.answers.get();
    let Some(concern) = answers.concern(lang) else {
        return Vec::new();
    };
    let mut all = if fixed {
        rows::read_only(&concern, &trusted.forces, lang)
    } else {
        rows::changeable(&concern, &trusted.forces, lang)
    };
    if trusted.partner.is_some() {
        let signs = answers.signs.unwrap_or(Signs::Myself);
        all.push(rows::signed_row(signs.label(lang), !fixed, lang));
    }
    all
}

/// Why it was not sent, or why that is not known; and where to look.
fn not_sent(trouble: &Trouble, lang: Language) -> Problem {
    let why = trouble.text(lang).plain();
    let (field, text) = match trouble {
        Trouble::Portal(AppError::Conflict) => (READERS, text::not_sent_changed(lang)),
        Trouble::Broken
        | Trouble::Refused(Refused::BadReceipt)
        | Trouble::Portal(AppError::Offline | AppError::Internal) => (SEND, text::perhaps_sent(lang, why)),
        _ => (SEND, text::not_sent(lang, why)),
    };
    Problem { field, text }
}
