//! What a unit writes: to whoever told, and for itself.

use super::{
    doing::Doing,
    frame::{TaskFoot, TaskHead},
};
use crate::{
    concern::answers::check,
    text::{self, Text},
    ui::{
        self, Bound, Checkbox, Choice, ChoiceGroup, Inset, Paragraph, Problem, SecureForm, Select, TextArea,
        WarningText,
    },
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Message},
    concern::{LONG, Language},
    told::MayContact,
};

const TEXT: &str = "message";
const TEMPLATE: &str = "template";
const KNOWN: &str = "asks-only-what-is-known";
const APART: &str = "asks-no-contact";
const ASKS: &str = "asks";
const NOTE: &str = "note";

/// What is ready to be sent, in both languages.
const TEMPLATES: [fn(Language) -> Text; 5] = [
    text::template_thanks,
    text::template_no_questions,
    text::template_keep_notes,
    text::template_evidence,
    text::template_have,
];

/// A message, while it is written.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) text: RwSignal<String>,
    asks: RwSignal<bool>,
    known: RwSignal<bool>,
    apart: RwSignal<bool>,
    template: RwSignal<String>,
}

impl Writing {
    pub(super) fn new() -> Self {
        Self {
            text: RwSignal::default(),
            asks: RwSignal::default(),
            known: RwSignal::default(),
            apart: RwSignal::default(),
            template: RwSignal::default(),
        }
    }

    /// The message, or what is wrong with it. Nothing is sent before it is said that it asks for nothing new.
    pub(super) fn read(self, rule: MayContact, lang: Language) -> Result<Message, Vec<Problem>> {
        let text = self.text.get_untracked();
        let wrong = check(&text, LONG, Some(text::message_missing(lang)), lang);
        let wrong = wrong.map(|text| Problem { field: TEXT, text });
        let known = (!self.known.get_untracked()).then(|| Problem {
            field: KNOWN,
            text: text::message_known_missing(lang),
        });
        let apart = rule == MayContact::Never && !self.apart.get_untracked();
        let apart = apart.then(|| Problem {
            field: APART,
            text: text::message_apart_missing(lang),
        });
        let all: Vec<_> = [wrong, known, apart].into_iter().flatten().collect();
        let asks = self.asks.get_untracked();
        all.is_empty().then_some(Message { text, asks }).ok_or(all)
    }
}

/// The fields of a message to whoever told. `told_in` is the language in which they told.
#[component]
pub(super) fn MessageFields(
    writing: Writing,
    rule: MayContact,
    told_in: Language,
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let lang = ui::language();
    let choices = TEMPLATES.iter().enumerate().map(|(at, template)| Choice {
        value: at.to_string(),
        label: template(told_in).plain(),
        enabled: true,
    });
    let groups = vec![ChoiceGroup {
        label: text::template_group(lang),
        choices: choices.collect(),
    }];
    // What was chosen is added to what is written.
    Effect::new(move |_| {
        let at = writing.template.get();
        if let Some(template) = at.parse().ok().and_then(|at: usize| TEMPLATES.get(at)) {
            let words = template(told_in).plain();
            writing.text.update(|text| {
                if !text.trim().is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(&words);
            });
            writing.template.set(String::new());
        }
    });
    let never = rule == MayContact::Never;
    view! {
        <WarningText text=text::covert_guard(lang)/>
        {never.then(|| view! { <WarningText text=text::safety_never(lang)/> })}
        <Select id=TEMPLATE label=text::template_label(lang) none=text::template_none(lang) groups value=Bound::whole(writing.template) problems/>
        <TextArea id=TEXT label=text::message_label(lang) hint=text::message_hint(lang) value=Bound::whole(writing.text) problems most=LONG rows=8/>
        <Checkbox id=ASKS label=text::message_asks(lang) value=Bound::whole(writing.asks) problems/>
        <Checkbox id=KNOWN label=text::message_known(lang) value=Bound::whole(writing.known) problems/>
        {never.then(|| view! { <Checkbox id=APART label=text::message_apart(lang) value=Bound::whole(writing.apart) problems/> })}
    }
}

/// Writing to whoever told.
#[component]
pub(super) fn WriteTask(rule: MayContact, told_in: Language) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (writing, problems) = (Writing::new(), RwSignal::new(Vec::new()));
    let submit = move |()| match writing.read(rule, lang) {
        Ok(message) => {
            problems.set(Vec::new());
            doing.act(Vec::new(), Some(message), text::message_sent(lang));
        }
        Err(wrong) => problems.set(wrong),
    };
    view! {
        <TaskHead title=text::write_title(lang) problems/>
        <Inset><Paragraph text=text::write_text(lang)/></Inset>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <MessageFields writing rule told_in problems/>
            <TaskFoot label=text::write_send(lang)/>
        </SecureForm>
    }
}

/// Noting something for the unit.
#[component]
pub(super) fn NoteTask() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (note, problems) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let submit = move |()| {
        let typed = note.get_untracked();
        let wrong = check(&typed, LONG, Some(text::note_missing(lang)), lang);
        let wrong = wrong.map(|text| Problem { field: NOTE, text });
        let fine = wrong.is_none();
        problems.set(wrong.into_iter().collect());
        if fine {
            doing.act(vec![Act::Noted(typed)], None, text::note_done(lang));
        }
    };
    view! {
        <TaskHead title=text::note_title(lang) problems/>
        <Inset><Paragraph text=text::note_text(lang)/></Inset>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <TextArea id=NOTE label=text::note_label(lang) value=Bound::whole(note) problems most=LONG rows=8/>
            <TaskFoot label=text::note_save(lang)/>
        </SecureForm>
    }
}
