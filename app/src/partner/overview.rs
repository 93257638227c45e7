//! What administrators are to do about organisations, and where each of them stands.

use super::{
    Application, Lead, Standing, load_applications,
    on_board::{Partner, load_partners},
    organisation::{remark, today},
};
use crate::{
    account::{
        codes_task,
        desk::Desk,
        few_codes,
        reset::{Reset, load_resets},
    },
    directory::checkpoint::{Waiting, load_standing},
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Heading, Loaded, Paragraph, Tag, TagColour, Task, TaskList},
};
use leptos::prelude::*;
use protocol::{concern::Language, id::AccountId, vault::Warning};

/// What needs doing, and the lists.
#[component]
pub(crate) fn Organisations() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let found = Loaded::by(move || load(desk));
    let show = |all| view! { <Everything all/> }.into_any();
    view! { <Fetched found show/> }
}

/// Applications, organisations on board, and what waits among checkpoints and resets.
#[derive(Clone, Debug, PartialEq, Eq)]
struct All {
    applications: Vec<Application>,
    partners: Vec<Partner>,
    waiting: Option<Waiting>,
    resets: Vec<Reset>,
    /// Backup codes, where few are left.
    codes: Option<u32>,
}

async fn load(desk: Desk) -> Result<All, Trouble> {
    Ok(All {
        applications: desk.note(load_applications().await)?,
        partners: desk.note(load_partners().await)?,
        waiting: desk.note(load_standing().await)?.waiting,
        resets: desk.note(load_resets().await)?,
        codes: few_codes(desk).await?,
    })
}

#[component]
fn Everything(all: All) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let todo = todo(desk, &all, lang);
    let All {
        applications,
        partners,
        ..
    } = all;
    let standing = |standing: Standing| {
        let mut all = applications.clone();
        all.retain(|one| one.lead != Lead::Leads && one.standing() == standing);
        all
    };
    view! {
        <Heading text=text::todo_title(lang)/>
        <TaskList tasks=todo/>
        <Applications title=text::applied_list(lang) all=standing(Standing::Open)/>
        <Applications title=text::approved_list(lang) all=standing(Standing::Approved)/>
        <OnBoard partners/>
        <Applications title=text::refused_list(lang) all=standing(Standing::Refused)/>
    }
}

/// Everything that this administrator is to do.
fn todo(desk: Desk, all: &All, lang: Language) -> Vec<Task> {
    let mut todo: Vec<_> = checkpoint_task(desk, all.waiting.as_ref(), lang)
        .into_iter()
        .collect();
    todo.extend(directory_task(desk, lang));
    let me = desk.account().into_iter();
    todo.extend(me.flat_map(|me| tasks(&all.applications, me, lang)));
    let others = all.resets.iter().filter(|one| Some(one.by) != desk.account());
    todo.extend(others.map(|one| reset_task(one, lang)));
    todo.extend(late_tasks(&all.partners, lang));
    todo.extend(all.codes.map(|left| codes_task(left, lang)));
    todo
}

/// Those who have not confirmed their people in time.
fn late_tasks(all: &[Partner], lang: Language) -> impl Iterator<Item = Task> + use<'_> {
    let today = today();
    let late = all.iter().filter(move |one| one.is_late(today));
    late.map(move |one| Task {
        text: text::todo_late(lang, &one.name),
        href: Place::Organisation(Some(one.group)).path(lang),
    })
}

/// A new directory, where this one expires soon.
fn directory_task(desk: Desk, lang: Language) -> Option<Task> {
    let trusted = desk.trusted()?;
    let soon = trusted.warnings.contains(&Warning::DirectoryExpiresSoon);
    soon.then(|| Task {
        text: text::todo_directory(lang, ui::day(trusted.expires).plain()),
        href: Place::HowItWorks.path(lang),
    })
}

/// The weekly confirmation, where this administrator is to make or sign it.
fn checkpoint_task(desk: Desk, waiting: Option<&Waiting>, lang: Language) -> Option<Task> {
    let due = desk.trusted().is_some_and(|trusted| trusted.checkpoint_due);
    let text = match waiting {
        Some(one) if Some(one.by) == desk.account() => return None,
        Some(one) => text::todo_checkpoint_sign(lang, &one.name),
        None if due => text::todo_checkpoint(lang),
        None => return None,
    };
    Some(Task {
        text,
        href: Place::Checkpoint.path(lang),
    })
}

/// What one administrator is to do about one application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Check,
    Invite,
    Sign,
}

impl Step {
    fn of(one: &Application, me: AccountId) -> Option<Self> {
        match (one.standing(), &one.lead) {
            (Standing::Open, _) if one.findings.iter().all(|finding| finding.by != me) => Some(Self::Check),
            (Standing::Approved, Lead::Uninvited) => Some(Self::Invite),
            (Standing::Approved, Lead::Answered { signed, .. }) if !signed.contains(&me) => Some(Self::Sign),
            _ => None,
        }
    }

    fn text(self, name: &str, lang: Language) -> Text {
        match self {
            Self::Check => text::todo_check(lang, name),
            Self::Invite => text::todo_invite(lang, name),
            Self::Sign => text::todo_sign(lang, name),
        }
    }
}

fn reset_task(one: &Reset, lang: Language) -> Task {
    Task {
        text: text::todo_reset(lang, &one.name),
        href: Place::Resets.path(lang),
    }
}

fn tasks(all: &[Application], me: AccountId, lang: Language) -> Vec<Task> {
    let task = |one: &Application| {
        Some(Task {
            text: Step::of(one, me)?.text(&one.organisation.name, lang),
            href: Place::Application(Some(one.id)).path(lang),
        })
    };
    all.iter().filter_map(task).collect()
}

#[component]
fn Applications(title: Text, all: Vec<Application>) -> impl IntoView {
    let rows = all.into_iter().map(application_row).collect::<Vec<_>>();
    view! { <Listing title rows/> }
}

fn application_row(one: Application) -> AnyView {
    let lang = ui::language();
    let (text, colour) = state(&one, expect_context::<Desk>().account(), lang);
    view! {
        <li class="candour-queue__item">
            <a class="candour-queue__link notranslate" translate="no" href=Place::Application(Some(one.id)).path(lang)>
                {one.organisation.name}
            </a>
            <Tag text colour/>
            <span class="candour-queue__meta">{text::applied_on(lang, ui::day(one.applied).plain())}</span>
        </li>
    }
    .into_any()
}

/// Where an application stands, in a word or two. Each checks alone: that another has found something is told to nobody who has
/// still to check.
pub(super) fn state(one: &Application, me: Option<AccountId>, lang: Language) -> (Text, TagColour) {
    let checked = one.findings.iter().any(|finding| Some(finding.by) == me);
    match (one.standing(), &one.lead) {
        (_, Lead::Leads) => (text::state_on_board(lang), TagColour::Green),
        (Standing::Refused, _) => (text::state_refused(lang), TagColour::Red),
        (Standing::Open, _) if checked => (text::state_waits(lang), TagColour::Grey),
        (Standing::Open, _) => (text::state_new(lang), TagColour::Blue),
        (Standing::Approved, Lead::Uninvited) => (text::state_to_invite(lang), TagColour::Blue),
        (Standing::Approved, Lead::Invited { .. }) => (text::state_invited(lang), TagColour::Grey),
        (Standing::Approved, Lead::Answered { .. }) => (text::state_to_sign(lang), TagColour::Blue),
    }
}

#[component]
fn OnBoard(partners: Vec<Partner>) -> impl IntoView {
    let rows = partners.into_iter().map(partner_row).collect::<Vec<_>>();
    view! { <Listing title=text::on_board_list(ui::language()) rows/> }
}

fn partner_row(one: Partner) -> AnyView {
    let lang = ui::language();
    let remark = remark(&one, today(), lang).map(|(text, colour)| view! { <Tag text colour/> });
    view! {
        <li class="candour-queue__item">
            <a class="candour-queue__link notranslate" translate="no" href=Place::Organisation(Some(one.group)).path(lang)>
                {one.name}
            </a>
            {remark}
            <span>{text::accounts_count(lang, one.accounts)}</span>
            <span class="candour-queue__meta">{text::on_board_since(lang, ui::day(one.founded).plain())}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Listing(title: Text, rows: Vec<AnyView>) -> impl IntoView {
    let none = rows.is_empty();
    view! {
        <Heading text=title/>
        {none.then(|| view! { <Paragraph text=text::list_empty(ui::language())/> })}
        {(!none).then(|| view! { <ul class="candour-queue">{rows}</ul> })}
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Finding, *};
    use crate::partner::Organisation;
    use protocol::id::{AppendId, Day, Hash, Minute};

    const ME: AccountId = AccountId([1; 16]);
    const OTHER: AccountId = AccountId([2; 16]);

    fn application(findings: &[(AccountId, bool)], lead: Lead) -> Application {
        let finding = |(by, approved): &(AccountId, bool)| Finding {
            by: *by,
            name: "dee".into(),
            approved: *approved,
            note: "Rang them.".into(),
            day: Day(1),
        };
        Application {
            id: AppendId([0; 16]),
            organisation: Organisation::default(),
            applied: Day(1),
            findings: findings.iter().map(finding).collect(),
            lead,
        }
    }

    #[test]
    fn whoever_has_still_to_check_is_not_told_what_another_found() {
        let shown = |findings: &[(AccountId, bool)]| {
            let one = application(findings, Lead::Uninvited);
            state(&one, Some(ME), Language::English)
        };
        assert_eq!(shown(&[(OTHER, true)]), shown(&[]));
        assert_ne!(shown(&[(ME, true)]), shown(&[]));
    }

    #[test]
    fn each_administrator_is_told_what_only_they_can_do_next() {
        let both = [(ME, true), (OTHER, true)];
        let answered = |signed: &[AccountId]| Lead::Answered {
            by: ME,
            signed: signed.to_vec(),
        };
        let invited = Lead::Invited {
            lookup: Hash::ZERO,
            by: ME,
            expires: Minute(1),
        };
        for (task, one) in [
            (Some(Step::Check), application(&[], Lead::Uninvited)),
            (Some(Step::Check), application(&[(OTHER, true)], Lead::Uninvited)),
            (None, application(&[(ME, true)], Lead::Uninvited)),
            (None, application(&[(OTHER, false)], Lead::Uninvited)),
            (Some(Step::Invite), application(&both, Lead::Uninvited)),
            (None, application(&both, invited)),
            (Some(Step::Sign), application(&both, answered(&[]))),
            (Some(Step::Sign), application(&both, answered(&[OTHER]))),
            (None, application(&both, answered(&[ME]))),
            (None, application(&both, Lead::Leads)),
        ] {
            assert_eq!(Step::of(&one, ME), task, "{one:?}");
        }
    }
}
