//! For whoever is in no group yet: what they wait for, and the words that are compared meanwhile.

use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    fetched::Fetched,
    text,
    ui::{self, Heading, Inset, Loaded, Paragraph, PlainButton, Words},
    vault,
};
use leptos::prelude::*;
use protocol::vault::Myself;

/// `children` for whoever is in a group; for anybody else, what they wait for. `acts` are those of the page.
#[component]
pub(crate) fn OnceOnBoard(acts: Acts, children: ChildrenFn) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let waits = Memo::new(move |_| {
        acts.track();
        desk.trusted().is_some_and(|trusted| trusted.groups.is_empty())
    });
    move || {
        if waits.get() {
            view! { <NotYet acts/> }.into_any()
        } else {
            children().into_any()
        }
    }
}

/// What they wait for.
#[component]
pub(super) fn NotYet(acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let own = Loaded::by(vault::myself);
    let look = move |()| {
        acts.act_quietly(async move {
            desk.trust_anew().await?;
            desk.remember().await
        });
    };
    let show = move |own: Myself| {
        view! { <p class="govuk-body">{text::people_not_yet_words(lang)} " " <Words words=own.words/></p> }
            .into_any()
    };
    view! {
        <Inset>
            <Heading text=text::people_not_yet(lang)/>
            <Paragraph text=text::people_none(lang)/>
            <Fetched found=own show/>
            <Said acts/>
            <PlainButton text=text::beginning_look(lang) press=look/>
        </Inset>
    }
}
