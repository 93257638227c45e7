//! What needs doing in one's groups and for one's own account, on the first page of practitioners and assessors.

use super::{
    Draft, Gone,
    cover::{Cover, ENOUGH, load_cover},
    keep::due_text,
    load_drafts, load_gone,
    people::{due_texts, name},
    recovery::{Drill, load_drills},
};
use crate::{
    account::{codes_task, desk::Desk, few_codes},
    browser::clock,
    partner::keeping::{Kept, load_kept},
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Heading, Loaded, Refusal, Task, TaskList},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::GroupKind,
    vault::{Due, GroupView},
};

/// What the server says, of the groups that this account leads and the units that it is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    kept: Vec<Kept>,
    gone: Vec<Gone>,
    drafts: Vec<Draft>,
    drills: Vec<Drill>,
    cover: Vec<Cover>,
    /// Backup codes, where few are left.
    codes: Option<u32>,
}

/// The list, where there is anything on it.
#[component]
pub(crate) fn Todo() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let told = Loaded::by(move || load(desk));
    move || match told.get() {
        Some(Ok(told)) => {
            let tasks = tasks(desk, &told, lang);
            let any = !tasks.is_empty();
            any.then(|| view! { <Heading text=text::todo_title(lang)/> <TaskList tasks/> })
                .into_any()
        }
        Some(Err(trouble)) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        None => ().into_any(),
    }
}

fn groups(desk: Desk) -> Vec<GroupView> {
    desk.trusted().map(|trusted| trusted.groups).unwrap_or_default()
}

/// Whoever leads nothing and is in no unit asks nothing.
async fn load(desk: Desk) -> Result<Told, Trouble> {
    let groups = groups(desk);
    let mut told = Told {
        codes: few_codes(desk).await?,
        ..Told::default()
    };
    if groups.iter().any(|group| group.lead) {
        told.kept = desk.note(load_kept().await)?;
        told.gone = desk.note(load_gone().await)?;
        told.drafts = desk.note(load_drafts().await)?;
    }
    if groups.iter().any(|group| group.kind != GroupKind::Partner) {
        told.drills = desk.note(load_drills().await)?;
        told.cover = desk.note(load_cover().await)?;
    }
    Ok(told)
}

fn tasks(desk: Desk, told: &Told, lang: Language) -> Vec<Task> {
    let groups = groups(desk);
    let all = groups
        .iter()
        .flat_map(|group| group_tasks(desk, told, group, lang));
    let codes = told.codes.map(|left| codes_task(left, lang));
    all.chain(codes).collect()
}

fn group_tasks(desk: Desk, told: &Told, group: &GroupView, lang: Language) -> Vec<Task> {
    let here = |text: Text| Task {
        text: text::todo_group(lang, name(group, lang).plain(), text.plain()),
        href: Place::People.path(lang),
    };
    let mut texts = due_texts(&own_dues(group), lang);
    let kept = told.kept.iter().find(|one| one.group == group.id);
    texts.extend(kept.and_then(|kept| due_text(kept, lang)));
    let gone = told.gone.iter().any(|one| one.group == group.id);
    texts.extend(gone.then(|| text::due_gone(lang)));
    let others = |draft: &&Draft| draft.change.group == group.id && Some(draft.by) != desk.account();
    let drafts = told.drafts.iter().filter(others).count();
    texts.extend((drafts > 0).then(|| text::todo_drafts(lang)));
    let cover = told.cover.iter().find(|one| one.group == group.id);
    texts.extend(
        cover
            .filter(|one| one.present < ENOUGH)
            .map(|_| text::cover_few(lang)),
    );
    let mut tasks: Vec<_> = texts.into_iter().map(here).collect();
    tasks.extend(drill_task(told, group, lang));
    tasks
}

/// What this account can do something about: keys are renewed, and people taken in, by leads.
fn own_dues(group: &GroupView) -> Vec<Due> {
    let own = |due: &&Due| group.lead || matches!(due, Due::Secret | Due::Recovered);
    group.waiting.iter().filter(own).copied().collect()
}

/// The yearly drill, for those who can record it.
fn drill_task(told: &Told, group: &GroupView, lang: Language) -> Option<Task> {
    let drill = told.drills.iter().find(|one| one.group == group.id)?;
    let due = group.lead && drill.is_due(clock::minute().day());
    due.then(|| Task {
        text: text::todo_group(lang, name(group, lang).plain(), text::drill_due(lang).plain()),
        href: Place::Drill.path(lang),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{
        id::{Day, GroupId},
        vault::Rules,
    };

    #[test]
    fn who_does_not_lead_is_told_only_what_anybody_can_do() {
        let group = |lead| GroupView {
            id: GroupId([1; 16]),
            kind: GroupKind::Intake,
            name: "psd".into(),
            lead,
            members: vec![],
            rules: Rules {
                signers: 1,
                recovery: None,
                custodians: vec![],
                aims: None,
            },
            epoch: 1,
            started: Day(1),
            sequence: 0,
            words: vec![],
            waiting: vec![Due::Rotate, Due::AnotherMember, Due::Secret],
        };
        assert_eq!(own_dues(&group(false)), [Due::Secret]);
        assert_eq!(own_dues(&group(true)).len(), 3);
    }
}
