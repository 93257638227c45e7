//! What a unit says that it aims for: whoever sends it a concern is told the days.

use super::{
    people::name,
    steps::{self, Made},
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, FormHead, Heading, Headline, Paragraph, PlainButton, Problem, Row, SecureForm,
        SubmitButton, SummaryList, TextInput,
    },
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::{Aims, GroupKind, LONGEST_AIM},
    id::GroupId,
    vault::GroupView,
};

/// The ids of the fields.
const OPEN: &str = "aim-open";
const ANSWER: &str = "aim-answer";
/// What is proposed where a unit has said nothing yet.
const PROPOSED: Aims = Aims { open: 1, answer: 10 };

/// What a lead is doing here. All of it outlives what is shown.
#[derive(Clone, Copy)]
struct Doing {
    /// The compartment whose aims are being changed.
    editing: RwSignal<Option<GroupId>>,
    /// The days until one is opened and answered, as typed.
    open: RwSignal<String>,
    answer: RwSignal<String>,
    acts: Acts,
}

impl Doing {
    fn edit(self, group: &GroupView) {
        let aims = group.rules.aims.unwrap_or(PROPOSED);
        self.acts.forget();
        self.open.set(aims.open.to_string());
        self.answer.set(aims.answer.to_string());
        self.editing.set(Some(group.id));
    }

    fn go_back(self) {
        self.acts.forget();
        self.editing.set(None);
    }

    /// What was typed stays until it is published.
    async fn publish(
        self,
        desk: Desk,
        group: GroupId,
        aims: Option<Aims>,
        lang: Language,
    ) -> Result<Text, Trouble> {
        let said = hand_in(desk, group, aims, lang).await?;
        self.editing.try_set(None);
        Ok(said)
    }
}

/// The page.
#[component]
pub(crate) fn AimsPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let doing = Doing {
        editing: RwSignal::new(None),
        open: RwSignal::default(),
        answer: RwSignal::default(),
        acts: Acts::new(),
    };
    provide_context(doing);
    let groups = Memo::new(move |_| {
        doing.acts.track();
        let all = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
        all.into_iter()
            .filter(|group| group.kind != GroupKind::Partner)
            .collect::<Vec<_>>()
    });
    move || {
        let editing = doing.editing.get();
        let group = groups.with(|all| all.iter().find(|one| Some(one.id) == editing).cloned());
        match group {
            Some(group) => view! { <Change group/> }.into_any(),
            None => view! { <All groups/> }.into_any(),
        }
    }
}

#[component]
fn All(groups: Memo<Vec<GroupView>>) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let views = move || {
        let all = groups.get().into_iter();
        all.map(|group| view! { <Compartment group/> })
            .collect::<Vec<_>>()
    };
    view! {
        <Headline title=text::aims_title(lang)/>
        <Said acts=doing.acts/>
        <Paragraph text=text::aims_what(lang)/>
        {views}
        <p class="govuk-body"><a class="govuk-link" href=Place::People.path(lang)>{text::people_title(lang)}</a></p>
    }
}

#[component]
fn Compartment(group: GroupView) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let shown = match group.rules.aims {
        Some(aims) => view! { <SummaryList rows=rows(aims, lang)/> }.into_any(),
        None => view! { <Paragraph text=text::aims_none(lang)/> }.into_any(),
    };
    let title = name(&group, lang);
    let label = text::aims_change(lang, title.plain());
    let lead = group.lead;
    let press = move |()| doing.edit(&group);
    view! {
        <section class="candour-group">
            <Heading text=title/>
            {shown}
            {lead.then(|| view! { <PlainButton text=label press/> })}
        </section>
    }
}

/// The form. Where two leads sign, it waits for the other.
#[component]
fn Change(group: GroupView) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let id = group.id;
    let problems = RwSignal::new(Vec::new());
    let busy = move || doing.acts.are_busy();
    let publish = move |aims| {
        if !untrack(busy) {
            doing.acts.act_telling(doing.publish(desk, id, aims, lang));
        }
    };
    let typed = move || read(&doing.open.get_untracked(), &doing.answer.get_untracked(), lang);
    let submit = move |()| match typed() {
        Ok(aims) => {
            problems.set(Vec::new());
            publish(Some(aims));
        }
        Err(found) => problems.set(found),
    };
    let nothing = group.rules.aims.map(|_| {
        view! { <PlainButton text=text::aims_nothing(lang) press=move |()| publish(None)/> }
    });
    let back = view! { <PlainButton text=text::back(lang) press=move |()| doing.go_back() class="govuk-back-link candour-link-button"/> };
    view! {
        <FormHead back=back.into_any() title=text::aims_change(lang, name(&group, lang).plain()) problems/>
        <Said acts=doing.acts/>
        <Paragraph text=text::aims_accept(lang)/>
        <SecureForm submit=Callback::new(submit)>
            <TextInput id=OPEN label=text::aim_open(lang) hint=text::aim_hint(lang) value=Bound::whole(doing.open) problems/>
            <TextInput id=ANSWER label=text::aim_answer(lang) hint=text::aim_hint(lang) value=Bound::whole(doing.answer) problems/>
            <div class="govuk-button-group">
                <SubmitButton text=text::aims_publish(lang) busy=text::loading(lang) pending=busy/>
                {nothing}
            </div>
        </SecureForm>
    }
}

fn read(open: &str, answer: &str, lang: Language) -> Result<Aims, Vec<Problem>> {
    let days = |text: &str| {
        let days = text.trim().parse().ok();
        days.filter(|days| (1..=LONGEST_AIM).contains(days))
    };
    let wrong = |field| Problem {
        field,
        text: text::aim_wrong(lang, LONGEST_AIM),
    };
    match (days(open), days(answer)) {
        (Some(open), Some(answer)) if open <= answer => Ok(Aims { open, answer }),
        (Some(_), Some(_)) => Err(vec![Problem {
            field: ANSWER,
            text: text::aim_order(lang),
        }]),
        (open, answer) => {
            let open = open.is_none().then(|| wrong(OPEN));
            let answer = answer.is_none().then(|| wrong(ANSWER));
            Err(open.into_iter().chain(answer).collect())
        }
    }
}

async fn hand_in(desk: Desk, group: GroupId, aims: Option<Aims>, lang: Language) -> Result<Text, Trouble> {
    let made = steps::change_aims(desk, group, aims).await?;
    Ok(match made {
        Made::Waiting => text::change_waits(lang),
        _ => text::aims_published(lang),
    })
}

/// Aims, as rows.
pub(super) fn rows(aims: Aims, lang: Language) -> Vec<Row> {
    let days = |days: u8| text::working_days(lang, days.into());
    vec![
        Row::text(text::aim_open_row(lang), days(aims.open)),
        Row::text(text::aim_answer_row(lang), days(aims.answer)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_each_mistake_stands_at_its_field() {
        let fields = |open, answer| {
            let wrong = read(open, answer, Language::English).unwrap_err();
            wrong.into_iter().map(|one| one.field).collect::<Vec<_>>()
        };
        assert_eq!(
            read(" 2 ", "10", Language::English),
            Ok(Aims { open: 2, answer: 10 })
        );
        assert_eq!(fields("", "soon"), [OPEN, ANSWER]);
        assert_eq!(fields("0", "10"), [OPEN]);
        assert_eq!(fields("1", "61"), [ANSWER]);
        assert_eq!(fields("5", "3"), [ANSWER]);
    }
}
