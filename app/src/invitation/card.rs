//! One open invitation, as whoever made it sees it; and taking it back, on a page of its own.

use super::made::{Made, take_back};
use crate::{
    account::desk::Desk,
    act::Acts,
    text::{self, Text},
    ui::{self, Headline, List, Paragraph, PlainButton, Refusal, WarningText, Words},
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::Joiner};

/// Who answered, with what to do next among `children`, or that nobody has; and a button that takes it back.
#[component]
pub(crate) fn InvitationCard(
    made: Made,
    /// What to compare the words for.
    compare: Text,
    /// Asks once more whether it is to be taken back.
    #[prop(into)]
    doubt: Callback<Made>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let lang = ui::language();
    let what = match made.answer.clone() {
        Some(Ok((joiner, _))) => view! { <Answered joiner compare/> }.into_any(),
        Some(Err(trouble)) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        None => view! { <Paragraph text=waits(&made, lang)/> }.into_any(),
    };
    let back = move |()| doubt.run(made.clone());
    view! {
        <div class="candour-draft">
            {what}
            <div class="govuk-button-group">
                {children.map(|children| children())}
                <PlainButton text=text::invitation_revoke(lang) press=back/>
            </div>
        </div>
    }
    .into_any()
}

/// Nobody has answered it yet.
fn waits(made: &Made, lang: Language) -> Text {
    let ends = ui::minute(made.expires).plain();
    match &made.whom {
        Some(whom) => text::invitation_waits_for(lang, ends, whom),
        None => text::invitation_waits(lang, ends),
    }
}

#[component]
fn Answered(joiner: Joiner, compare: Text) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Paragraph text=text::answered_text(lang, joiner.name, joiner.whom)/>
        <p class="govuk-body"><Words words=joiner.words/></p>
        <WarningText text=compare/>
    }
}

/// The page that asks once more. `leave` goes back from it; taking back is among the `acts` of the page before.
#[component]
pub(crate) fn TakeBackPage(made: Made, acts: Acts, #[prop(into)] leave: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let lookup = made.lookup;
    let press = move |()| {
        leave.run(());
        acts.act(text::turned_away_said(lang), take_back(desk, lookup));
    };
    let who = match made.joiner().cloned() {
        Some(joiner) => view! {
            <Paragraph text=text::answered_text(lang, joiner.name, joiner.whom)/>
            <p class="govuk-body"><Words words=joiner.words/></p>
        }
        .into_any(),
        None => view! { <Paragraph text=waits(&made, lang)/> }.into_any(),
    };
    let mut items = vec![text::turn_away_link(lang)];
    items.extend(made.answer.is_some().then(|| text::turn_away_account(lang)));
    items.push(text::turn_away_anew(lang));
    view! {
        <Headline title=text::turn_away_title(lang)/>
        {who}
        <WarningText text=text::turn_away_for_good(lang)/>
        <List items/>
        <div class="govuk-button-group">
            <PlainButton text=text::turn_away_button(lang) press class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=leave/>
        </div>
    }
    .into_any()
}
