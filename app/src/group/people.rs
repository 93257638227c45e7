//! The people of the groups that an account is in, and what needs doing there.

use super::{
    Draft as Waiting, Gone,
    cover::{Cover, load_cover},
    discard,
    invite::{Invitations, InviteForm},
    keep::{Confirm, MemberActs, due_text},
    load_drafts, load_gone,
    new_key::rules_rows,
    not_yet::NotYet,
    person::{Known, Removal, Subject},
    presence::{Presence, away},
    steps,
};
use crate::{
    account::{Role, desk::Desk},
    act::{Acts, Said},
    browser::clock,
    fetched::Fetched,
    invitation::{Invitee, Made, TakeBackPage},
    partner::keeping::{Kept, load_kept},
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Heading, Headline, List, Loaded, Paragraph, PlainButton, Refusal, Row, SummaryList, WarningText,
    },
    vault,
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::GroupKind,
    id::{AccountId, GroupId},
    vault::{Change, DraftView, Due, GroupView, MemberView},
};

/// What was done last, and what somebody is about to do.
#[derive(Clone, Copy)]
pub(super) struct Board {
    /// In the language of the page.
    lang: Language,
    /// What was done.
    pub(super) acts: Acts,
    /// Who is to go.
    pub(super) going: RwSignal<Option<Subject>>,
    /// Which invitation is to be taken back.
    pub(super) doubted: RwSignal<Option<Made>>,
    /// What somebody is inviting to: one group at a time.
    pub(super) inviting: RwSignal<Option<GroupId>>,
    /// Whom they mean to invite.
    pub(super) invitee: Invitee,
}

impl Board {
    fn new(lang: Language) -> Self {
        Self {
            lang,
            acts: Acts::new(),
            going: RwSignal::new(None),
            doubted: RwSignal::new(None),
            inviting: RwSignal::new(None),
            invitee: Invitee::new(),
        }
    }

    /// Changes a group, and shows how that went.
    pub(super) fn act(self, work: impl Future<Output = Result<steps::Made, Trouble>> + 'static) {
        let lang = self.lang;
        self.acts
            .act_telling(async move { work.await.map(|made| made_text(made, lang)) });
    }
}

/// The page.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let board = Board::new(lang);
    provide_context(board);
    // Whatever was done, the groups are those that were verified last; where that changed nothing, they stay as they stand.
    let groups = Memo::new(move |_| {
        board.acts.track();
        desk.trusted().map(|trusted| trusted.groups).unwrap_or_default()
    });
    let told = Loaded::by(move || {
        board.acts.track();
        load_told(desk)
    });
    let told = Memo::new(move |_| told.get().and_then(Result::ok).unwrap_or_default());
    move || match (board.going.get(), board.doubted.get()) {
        (Some(subject), _) => view! { <Removal subject/> }.into_any(),
        (None, Some(made)) => {
            view! { <TakeBackPage made acts=board.acts leave=move |()| board.doubted.set(None)/> }.into_any()
        }
        (None, None) => view! {
            <Headline title=text::people_title(lang)/>
            <Said acts=board.acts/>
            <Groups groups told/>
            <Drafts/>
            <Elsewhere/>
        }
        .into_any(),
    }
}

/// What the server says of the groups that this account leads, beside their chains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    kept: Vec<Kept>,
    gone: Vec<Gone>,
    cover: Vec<Cover>,
}

impl Told {
    fn of(&self, group: GroupId) -> Others {
        let gone = self.gone.iter().filter(|one| one.group == group);
        Others {
            kept: self.kept.iter().find(|one| one.group == group).cloned(),
            gone: gone.map(|one| one.account).collect(),
            cover: self.cover.iter().find(|one| one.group == group).cloned(),
        }
    }
}

/// The same of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Others {
    kept: Option<Kept>,
    gone: Vec<AccountId>,
    cover: Option<Cover>,
}

async fn load_told(desk: Desk) -> Result<Told, Trouble> {
    let kept = desk.note(load_kept().await)?;
    let gone = desk.note(load_gone().await)?;
    let cover = desk.note(load_cover().await)?;
    Ok(Told { kept, gone, cover })
}

/// What else there is for those of a unit.
#[component]
fn Elsewhere() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let unit = desk
        .session()
        .is_some_and(|session| session.role == Role::Assessor);
    unit.then(|| {
        let link = |place: Place| view! { <p class="govuk-body"><a class="govuk-link" href=place.path(lang)>{place.title(lang)}</a></p> };
        [Place::Drill, Place::Aims].map(link)
    })
}

#[component]
fn Groups(groups: Memo<Vec<GroupView>>, told: Memo<Told>) -> impl IntoView {
    let board = expect_context::<Board>();
    move || {
        let groups = groups.get();
        let none = groups.is_empty();
        let views = groups
            .into_iter()
            .map(|group| {
                let others = told.with(|told| told.of(group.id));
                view! { <Group group others/> }
            })
            .collect::<Vec<_>>();
        view! { {none.then(|| view! { <NotYet acts=board.acts/> })} {views} }
    }
}

fn made_text(made: steps::Made, lang: Language) -> Text {
    match made {
        steps::Made::Published => text::change_made(lang),
        steps::Made::Waiting => text::change_waits(lang),
        steps::Made::Suspended => text::member_suspended(lang),
        steps::Made::Lifted => text::member_lifted(lang),
        steps::Made::Confirmed => text::confirmed_said(lang),
    }
}

#[component]
fn Group(group: GroupView, others: Others) -> impl IntoView {
    let lang = ui::language();
    let mut due = due_texts(&group.waiting, lang);
    due.extend(others.kept.as_ref().and_then(|kept| due_text(kept, lang)));
    due.extend((!others.gone.is_empty()).then(|| text::due_gone(lang)));
    let members = group
        .members
        .iter()
        .map(|member| member_row(&group, member, &others, lang))
        .collect::<Vec<_>>();
    let (lead, id) = (group.lead, group.id);
    let Others { kept, cover, .. } = others;
    view! {
        <section class="candour-group">
            <Heading text=name(&group, lang)/>
            {(!due.is_empty()).then(|| view! { <WarningText text=text::due_title(lang)/> <List items=due/> })}
            <SummaryList rows=members/>
            {cover.map(|cover| view! { <Presence cover/> })}
            {kept.map(|kept| view! { <Confirm kept/> })}
            {lead.then(|| view! { <InviteForm group=id/> <Invitations group=id/> <Renew group=id/> })}
        </section>
    }
}

/// A compartment goes by its unit's name in the directory, a partner by its own.
pub(super) fn name(group: &GroupView, lang: Language) -> Text {
    let mine = expect_context::<Desk>().trusted().map(|trusted| trusted.mine);
    let compartment = mine.into_iter().flatten().find(|one| one.id == group.id);
    let name = compartment.map_or_else(|| group.name.clone(), |one| one.unit);
    match group.kind {
        GroupKind::Sealed => text::compartment_sealed(lang, name),
        GroupKind::Intake | GroupKind::Partner => Text::of(name),
    }
}

pub(super) fn due_texts(due: &[Due], lang: Language) -> Vec<Text> {
    due.iter()
        .map(|due| match due {
            Due::Rotate => text::due_rotate(lang),
            Due::Expired => text::due_expired(lang),
            Due::AnotherMember => text::due_another(lang),
            Due::Custodians => text::due_custodians(lang),
            Due::Recovered => text::due_recovered(lang),
            Due::Secret => text::due_secret(lang),
        })
        .collect()
}

fn member_row(group: &GroupView, member: &MemberView, others: &Others, lang: Language) -> Row {
    let Others { kept, gone, cover } = others;
    let suspended = kept
        .as_ref()
        .is_some_and(|kept| kept.suspended.contains(&member.account));
    let key = match (member.me, member.lead) {
        (true, _) => text::member_you(lang),
        (false, _) if gone.contains(&member.account) => text::member_is_gone(lang),
        (false, _) if suspended => text::member_is_suspended(lang),
        (false, true) => text::member_lead(lang),
        (false, false) => text::member(lang),
    };
    let until = cover.as_ref().and_then(|cover| away(cover, member.account));
    let until = until.map(|day| text::away_until(lang, ui::day(day).plain()));
    let (words, whom) = (member.words.clone(), member.whom.clone());
    let row = Row {
        key,
        value: view! { <Known words whom/> {until.map(|until| view! { " (" {until} ")" })} }.into_any(),
        action: None,
    };
    if member.me || !group.lead {
        return row;
    }
    let subject = Subject {
        group: group.id,
        account: member.account,
        words: member.words.clone(),
        whom: member.whom.clone(),
    };
    let kept = kept.clone();
    row.with(view! { <MemberActs subject kept/> }.into_any())
}

/// Starts a new epoch.
#[component]
fn Renew(group: GroupId) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{text::renew_title(lang)}</span></summary>
            <div class="govuk-details__text">
                <Paragraph text=text::renew_text(lang)/>
                <PlainButton text=text::renew_button(lang) press=move |()| board.act(steps::rotate(desk, group))/>
            </div>
        </details>
    }
}

/// What another lead has drafted and this account may sign.
type Read = (Waiting, Result<DraftView, Trouble>);

#[component]
fn Drafts() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let board = expect_context::<Board>();
    let drafts = Loaded::by(move || {
        board.acts.track();
        read_all(desk)
    });
    let show = move |all: Vec<Read>| {
        let title = (!all.is_empty()).then(|| view! { <Heading text=text::drafts_title(lang)/> });
        let cards = all.into_iter().map(|read| view! { <DraftCard read/> });
        let cards = cards.collect::<Vec<_>>();
        view! { {title} {cards} }.into_any()
    };
    view! { <Fetched found=drafts show/> }
}

async fn read_all(desk: Desk) -> Result<Vec<Read>, Trouble> {
    let mut all = Vec::new();
    for waiting in desk.note(load_drafts().await)? {
        let change = &waiting.change;
        let read = vault::read_draft(
            change.group,
            change.link.clone(),
            waiting.joining.clone(),
            clock::minute(),
        )
        .await;
        all.push((waiting, read));
    }
    Ok(all)
}

#[component]
fn DraftCard(read: Read) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let (waiting, view) = read;
    let id = waiting.id;
    let own = desk.account() == Some(waiting.by);
    let drop_it = move |()| {
        board
            .acts
            .act_quietly(async move { desk.note(discard(id).await) });
    };
    let sign = (!own && view.is_ok()).then(|| {
        let waiting = waiting.clone();
        let press = move |()| board.act(steps::countersign(desk, waiting.clone()));
        view! { <PlainButton text=text::draft_sign(lang) press class="govuk-button"/> }
    });
    let what = match view {
        Ok(view) => change_view(view, lang),
        Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
    };
    view! {
        <div class="candour-draft">
            {what}
            {own.then(|| view! { <Paragraph text=text::draft_own(lang)/> })}
            <div class="govuk-button-group">{sign} <PlainButton text=text::draft_discard(lang) press=drop_it/></div>
        </div>
    }
}

fn change_view(view: DraftView, lang: Language) -> AnyView {
    let (text, words, whom) = match view.change {
        Change::Add {
            name,
            words,
            lead: true,
            ..
        } => (text::draft_add_lead(lang, name), words, None),
        Change::Add { name, words, .. } => (text::draft_add(lang, name), words, None),
        Change::Remove(account) => {
            let (words, whom) = known(view.group, account);
            (text::draft_remove(lang), words, whom)
        }
        Change::Rotate => (text::draft_rotate(lang), Vec::new(), None),
        Change::Policy(rules) => {
            let rows = rules_rows(&rules, lang);
            return view! { <Paragraph text=text::draft_policy(lang)/> <SummaryList rows/> }.into_any();
        }
    };
    view! { <Paragraph text/> <p class="govuk-body"><Known words whom/></p> }.into_any()
}

/// The words that a member is known by, and whom this account invited, where it took them in.
fn known(group: GroupId, account: AccountId) -> (Vec<String>, Option<String>) {
    let groups = expect_context::<Desk>().trusted().map(|trusted| trusted.groups);
    let group = groups.into_iter().flatten().find(|one| one.id == group);
    let mut members = group.into_iter().flat_map(|group| group.members);
    members
        .find(|member| member.account == account)
        .map(|member| (member.words, member.whom))
        .unwrap_or_default()
}
