//! What a checkpoint says that the last one did not, in words.

use crate::{
    text::{self, Text},
    ui::{self, Heading, Paragraph, Row, SummaryList, Words},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::GroupKind,
    vault::{ChainMoved, CheckpointView, CommitmentsMoved},
};

/// Every list and every record that has moved.
#[component]
pub(super) fn Moved(seen: CheckpointView) -> impl IntoView {
    let lang = ui::language();
    let any = !seen.chains.is_empty();
    let since = seen.last.map_or_else(
        || text::moved_first(lang),
        |day| text::moved_since(lang, ui::day(day).plain()),
    );
    let chains = seen.chains.iter().map(|one| chain(one, lang)).collect::<Vec<_>>();
    let records = seen
        .commitments
        .iter()
        .map(|one| record(one, lang))
        .collect::<Vec<_>>();
    view! {
        <Heading text=text::moved_chains(lang)/>
        {any.then(|| view! { <Paragraph text=since/> <SummaryList rows=chains/> })}
        <Paragraph text=text::moved_unmoved(lang, seen.unmoved)/>
        <Heading text=text::moved_records(lang)/>
        {if records.is_empty() {
            view! { <Paragraph text=text::moved_no_records(lang)/> }.into_any()
        } else {
            view! { <SummaryList rows=records/> }.into_any()
        }}
    }
}

fn chain(one: &ChainMoved, lang: Language) -> Row {
    let what = match one.before {
        None => text::moved_new(lang),
        Some(before) => text::moved_changes(lang, one.now.saturating_sub(before)),
    };
    let members = one
        .members
        .map(|members| text::moved_members(lang, members).into_render());
    let words = one.words.clone();
    Row {
        key: name(one.group.as_ref(), lang),
        value: view! {
            <p class="govuk-body">{what.into_render()} " " {members}</p>
            <p class="govuk-body"><Words words/></p>
        }
        .into_any(),
        action: None,
    }
}

fn record(one: &CommitmentsMoved, lang: Language) -> Row {
    let more = u32::try_from(one.now.saturating_sub(one.before)).unwrap_or(u32::MAX);
    Row::text(name(one.group.as_ref(), lang), text::moved_entries(lang, more))
}

fn name(group: Option<&(GroupKind, String)>, lang: Language) -> Text {
    match group {
        None => text::moved_withheld(lang),
        Some((GroupKind::Sealed, name)) => text::compartment_sealed(lang, name),
        Some((_, name)) => Text::of(name.clone()),
    }
}
