//! Taking a case further, and giving it to somebody.

use super::{
    doing::Doing,
    frame::{TaskFoot, TaskHead},
    people, words,
    write::{MessageFields, Writing},
};
use crate::{
    account::desk::Desk,
    browser::clock,
    concern::{answers::check, choice::Choice as _},
    text::{self, Text},
    ui::{self, Bound, Heading, Paragraph, Problem, Radios, SecureForm, TextArea, TextInput},
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Case, Message, Move, Outcome, Stage, Wrong},
    concern::{Language, SHORT},
    id::AccountId,
    told::MayContact,
};

const TO: &str = "to";
const WHY: &str = "why";
const REFERENCE: &str = "reference";
const OUTCOME: &str = "outcome";
const WHOM: &str = "whom";

/// Where a case goes, while that is decided.
#[derive(Clone, Copy)]
struct Going {
    to: RwSignal<Option<Stage>>,
    why: RwSignal<String>,
    reference: RwSignal<String>,
    outcome: RwSignal<Option<Outcome>>,
    writing: Writing,
}

impl Going {
    fn new() -> Self {
        Self {
            to: RwSignal::new(None),
            why: RwSignal::default(),
            reference: RwSignal::default(),
            outcome: RwSignal::new(None),
            writing: Writing::new(),
        }
    }

    fn has_message(self) -> bool {
        self.writing.text.with_untracked(|text| !text.trim().is_empty())
    }

    /// What is done and said, or what is wrong.
    fn read(
        self,
        case: &Case,
        me: AccountId,
        rule: MayContact,
        lang: Language,
    ) -> Result<(Act, Option<Message>), Vec<Problem>> {
        let at = |field, text: Text| vec![Problem { field, text }];
        let to = self.to.get_untracked();
        let to = to.ok_or_else(|| at(TO, text::move_missing(lang)))?;
        let (why, reference) = (self.why.get_untracked(), self.reference.get_untracked());
        if let Some(text) = check(&why, SHORT, None, lang) {
            return Err(at(WHY, text));
        }
        // Where whoever told is asked something, or is told that it is not for the unit, there is something to say.
        let needed = matches!(to, Stage::Asked | Stage::Elsewhere);
        let message = (needed || self.has_message())
            .then(|| self.writing.read(rule, lang))
            .transpose()?
            .map(|message| Message {
                asks: message.asks || to == Stage::Asked,
                ..message
            });
        let act = Act::Moved(Move {
            to,
            why,
            reference,
            outcome: self.outcome.get_untracked().filter(|_| to == Stage::Closed),
            told: message.is_some(),
        });
        case.check(me, clock::minute(), &act)
            .map_err(|wrong| at(field(wrong), words::wrong(wrong, lang)))?;
        Ok((act, message))
    }
}

/// The field that can mend it.
fn field(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::NoReason => WHY,
        Wrong::NoReference => REFERENCE,
        Wrong::NoOutcome => OUTCOME,
        _ => TO,
    }
}

/// The form.
#[component]
pub(super) fn MoveTask(rule: MayContact, told_in: Language) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (going, problems) = (Going::new(), RwSignal::new(Vec::new()));
    let submit = move |()| match going.read(&doing.case(), doing.me(), rule, lang) {
        Ok((act, message)) => {
            problems.set(Vec::new());
            doing.act(vec![act], message, text::move_done(lang));
        }
        Err(wrong) => problems.set(wrong),
    };
    let options = move || {
        ways(&doing.case())
            .map(|to| (to, option(to, lang)))
            .collect::<Vec<_>>()
    };
    let closes = move || going.to.get() == Some(Stage::Closed);
    view! {
        <TaskHead title=text::move_title(lang) problems/>
        <Paragraph text=text::move_text(lang)/>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <Radios id=TO legend=text::move_label(lang) options=options() value=Bound::whole(going.to) problems/>
            <TextArea id=WHY label=text::move_why(lang) hint=text::move_why_hint(lang) value=Bound::whole(going.why) problems most=SHORT/>
            <TextInput id=REFERENCE label=text::move_reference(lang) hint=text::move_reference_hint(lang) value=Bound::whole(going.reference) problems/>
            <div hidden=move || !closes()>
                <Radios id=OUTCOME legend=text::move_outcome(lang) options=Outcome::options(lang) value=Bound::whole(going.outcome) problems/>
            </div>
            <Heading text=text::move_message(lang)/>
            <Paragraph text=text::move_message_text(lang)/>
            <MessageFields writing=going.writing rule told_in problems/>
            <TaskFoot label=text::move_save(lang)/>
        </SecureForm>
    }
}

/// Where the case can be taken on this page: passing it on and linking it are more than a word.
fn ways(case: &Case) -> impl Iterator<Item = Stage> {
    let ways = case.stage().next();
    ways.filter(|to| !matches!(to, Stage::Transferred | Stage::Duplicate))
}

/// A stage, and what whoever told sees of it.
fn option(to: Stage, lang: Language) -> Text {
    text::move_option(lang, to.status().label(lang).plain(), to.label(lang).plain())
}

/// Giving the case to a member.
#[component]
pub(super) fn AssignTask() -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (case, me) = (doing.case(), doing.me());
    let compartment = doing
        .opened
        .with_untracked(|opened| opened.as_ref().map(|one| one.thread.compartment.id));
    let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
    let group = groups.iter().find(|group| Some(group.id) == compartment);
    let members = group.map(|group| group.members.clone()).unwrap_or_default();
    let free = members
        .iter()
        .filter(|one| !case.connected.contains(&one.account));
    let named = |account| people::name(account, me, &case, &groups, lang);
    let options: Vec<_> = free.map(|one| (Some(one.account), named(one.account))).collect();
    let options: Vec<_> = options
        .into_iter()
        .chain([(None, text::assign_nobody(lang))])
        .collect();
    let (whom, problems) = (RwSignal::new(Some(case.owner)), RwSignal::new(Vec::new()));
    let submit = move |()| {
        if let Some(to) = whom.get_untracked() {
            doing.act(vec![Act::Assigned(to)], None, text::assign_done(lang));
        }
    };
    view! {
        <TaskHead title=text::assign_title(lang) problems/>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <Radios id=WHOM legend=text::assign_label(lang) options value=Bound::whole(whom) problems/>
            <TaskFoot label=text::assign_save(lang)/>
        </SecureForm>
    }
}
