//! Everything that was done with a case, and everything that was said: the newest first.

use super::{people, refer, words};
use crate::{
    account::desk::Desk,
    concern::choice::Choice as _,
    text::{self, Text},
    ui::{self, Heading},
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Acted, Case, Message},
    concern::Language,
    id::{AccountId, Minute},
    told::More,
    vault::{GroupView, Thread},
};

/// One thing: when, by whom, what, and what was written of it.
pub(super) struct Event {
    at: Minute,
    who: Text,
    what: Text,
    written: String,
}

/// All of them.
#[component]
pub(super) fn Timeline(thread: Thread, case: Case, me: AccountId) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
    let mut all = of_thread(&thread, &case, (me, &groups), lang);
    all.extend(
        case.acts
            .iter()
            .map(|act| of_act(act, &case, (me, &groups), lang)),
    );
    // Those of one minute in the order in which they stand, too.
    all.reverse();
    all.sort_by_key(|event| core::cmp::Reverse(event.at));
    let items: Vec<_> = all.into_iter().map(item).collect();
    view! {
        <Heading text=text::timeline_title(lang)/>
        <ol class="govuk-list candour-history">{items}</ol>
    }
}

fn item(event: Event) -> impl IntoView {
    let written = (!event.written.is_empty())
        .then(|| view! { <p class="candour-case__text notranslate" translate="no">{event.written}</p> });
    view! {
        <li>
            <p class="govuk-body">
                <strong>{event.what}</strong> " " <span class="govuk-hint">{event.who} ", " {ui::minute(event.at)}</span>
            </p>
            {written}
        </li>
    }
}

/// Who is at work, and the groups in which members are known.
type Sight<'a> = (AccountId, &'a [GroupView]);

fn of_thread(thread: &Thread, case: &Case, (me, groups): Sight<'_>, lang: Language) -> Vec<Event> {
    let practitioner = || text::timeline_practitioner(lang);
    let event = |at, who, what, written: String| Event {
        at,
        who,
        what,
        written,
    };
    let mut all = vec![event(
        thread.written,
        practitioner(),
        text::timeline_sent(lang),
        String::new(),
    )];
    all.extend(thread.more.iter().map(|(at, bytes)| {
        let more = More::from_bytes(bytes).unwrap_or_default();
        let what = if more.withdrawn.is_some() {
            text::timeline_withdrawn(lang)
        } else {
            text::timeline_added(lang)
        };
        // What was added stands above.
        event(*at, practitioner(), what, String::new())
    }));
    all.extend(thread.messages.iter().map(|one| {
        let who = one
            .by
            .map_or_else(practitioner, |who| people::name(who, me, case, groups, lang));
        let message = Message::from_bytes(&one.message).unwrap_or_default();
        let what = match (one.by, message.asks) {
            (None, _) => text::timeline_answered(lang),
            (Some(_), true) => text::timeline_asked(lang),
            (Some(_), false) => text::timeline_wrote(lang),
        };
        event(one.written, who, what, message.text)
    }));
    all
}

fn of_act(acted: &Acted, case: &Case, (me, groups): Sight<'_>, lang: Language) -> Event {
    let name = |who| people::name(who, me, case, groups, lang);
    let unreadable = || (text::acted_unreadable(lang), String::new());
    let work = acted.work.as_ref();
    let (what, written) = work.map_or_else(unreadable, |work| told(&work.act, &name, lang));
    let what = match acted.wrong {
        None => what,
        Some(wrong) => text::timeline_wrong(lang, what.plain(), words::wrong(wrong, lang).plain()),
    };
    Event {
        at: acted.when,
        who: name(acted.who),
        what,
        written,
    }
}

/// An act in words, and what was written of it.
fn told(act: &Act, name: &dyn Fn(AccountId) -> Text, lang: Language) -> (Text, String) {
    match act {
        Act::Declared => (text::acted_declared(lang), String::new()),
        Act::Conflict => (text::acted_connected(lang), String::new()),
        Act::Assigned(Some(to)) => (text::acted_assigned(lang, name(*to).plain()), String::new()),
        Act::Assigned(None) => (text::acted_handed_back(lang), String::new()),
        Act::Moved(go) => {
            let texts = [&go.why, &go.reference]
                .into_iter()
                .filter(|text| !text.is_empty());
            let outcome = go.outcome.map(|outcome| outcome.label(lang).plain());
            let texts: Vec<_> = texts.cloned().chain(outcome).collect();
            (
                text::acted_moved(lang, go.to.label(lang).plain()),
                texts.join("\n"),
            )
        }
        Act::Assessed(one) => (text::acted_assessed(lang), one.why.clone()),
        Act::Referral(one) => (refer::said(one, lang), one.why.clone()),
        Act::Noted(note) => (text::acted_noted(lang), note.clone()),
        Act::Linked(link) => (text::acted_linked(lang), link.why.clone()),
        Act::Unlinked(_) => (text::acted_unlinked(lang), String::new()),
        Act::Paused(Some(why)) => (text::acted_paused(lang), why.clone()),
        Act::Paused(None) => (text::acted_resumed(lang), String::new()),
    }
}
