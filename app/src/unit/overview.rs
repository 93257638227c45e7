//! Units and oversight bodies, as administrators have them: whom to invite to set one up, and how far each has come.

use super::{Compartment, Progress, SetUp, load_set_ups, turn_away_founder};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    fetched::Fetched,
    invitation::{self, InvitedTo, LinkOnce},
    text::{self, Text},
    ui::{
        self, Bound, Choice, ChoiceGroup, ErrorSummary, Heading, Headline, List, Loaded, Paragraph,
        PlainButton, Problem, Radios, SecureForm, Select, SubmitButton, Tag, TagColour, TextInput,
        WarningText,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{concern::Language, invitation::Place, vault::UnitView};

/// The ids of the fields.
const UNIT: &str = "unit";
const PURPOSE: &str = "purpose";
const WHOM: &str = "whom";

/// What an administrator is doing on this page.
#[derive(Clone, Copy)]
struct Doing {
    unit: RwSignal<String>,
    sealed: RwSignal<Option<bool>>,
    whom: RwSignal<String>,
    link: RwSignal<Option<String>>,
    /// What they are asked about once more: taking an invitation back.
    sure: RwSignal<Option<Compartment>>,
    acts: Acts,
}

impl Doing {
    fn new() -> Self {
        Self {
            unit: RwSignal::new(String::new()),
            sealed: RwSignal::new(None),
            whom: RwSignal::new(String::new()),
            link: RwSignal::new(None),
            sure: RwSignal::new(None),
            acts: Acts::new(),
        }
    }
}

/// The page.
#[component]
pub(crate) fn UnitsPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing::new();
    provide_context(doing);
    let all = Loaded::by(move || {
        doing.acts.track();
        async move {
            desk.trust_anew().await?;
            desk.note(load_set_ups().await)
        }
    });
    let show = move |set_ups: Vec<SetUp>| {
        let shown = move || match doing.sure.get() {
            Some(compartment) => view! { <Sure compartment/> }.into_any(),
            None => view! { <Everything set_ups=set_ups.clone()/> }.into_any(),
        };
        shown.into_any()
    };
    view! { <Fetched found=all show title=text::units_title(lang)/> }
}

#[component]
fn Everything(set_ups: Vec<SetUp>) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let Some(units) = desk.trusted().map(|trusted| trusted.units) else {
        return view! {
            <Headline title=text::units_title(lang)/>
            <Paragraph text=text::directory_none(lang)/>
        }
        .into_any();
    };
    let (listed, open): (Vec<_>, Vec<_>) = set_ups
        .into_iter()
        .partition(|one| matches!(one.progress, Progress::Listed { .. }));
    view! {
        <Headline title=text::units_title(lang)/>
        <Paragraph text=text::units_text(lang)/>
        <Said acts=doing.acts/>
        <Listing title=text::units_open(lang) all=open units=units.clone()/>
        <Listing title=text::on_board_list(lang) all=listed units=units.clone()/>
        <Begin units/>
    }
    .into_any()
}

#[component]
fn Listing(title: Text, all: Vec<SetUp>, units: Vec<UnitView>) -> impl IntoView {
    let lang = ui::language();
    let none = all.is_empty();
    let rows = all.into_iter().map(|one| row(one, &units)).collect::<Vec<_>>();
    view! {
        <Heading text=title/>
        {none.then(|| view! { <Paragraph text=text::list_empty(lang)/> })}
        {(!none).then(|| view! { <ul class="candour-queue">{rows}</ul> })}
    }
}

fn row(one: SetUp, units: &[UnitView]) -> AnyView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let name = name(&one.compartment, units, lang);
    let (text, colour) = state(&one.progress, lang);
    let open = !matches!(one.progress, Progress::Listed { .. });
    let compartment = StoredValue::new(one.compartment);
    let away = move |()| doing.sure.set(Some(compartment.get_value()));
    let until = match one.progress {
        Progress::Invited { expires, .. } => Some(text::invitation_waits(lang, ui::minute(expires).plain())),
        Progress::Listed { day, .. } => Some(text::on_board_since(lang, ui::day(day).plain())),
        Progress::Answered | Progress::Drafted => None,
    };
    view! {
        <li class="candour-queue__item">
            <span class="notranslate" translate="no">{name}</span>
            <Tag text colour/>
            {until.map(|text| view! { <span class="candour-queue__meta">{text}</span> })}
            {open.then(|| view! { <PlainButton text=text::invitation_revoke(lang) press=away/> })}
        </li>
    }
    .into_any()
}

/// A compartment by its unit's name.
fn name(compartment: &Compartment, units: &[UnitView], lang: Language) -> Text {
    let unit = units.iter().find(|unit| unit.id == compartment.unit);
    let name = unit.map_or_else(|| compartment.unit.clone(), |unit| unit.name.clone());
    if compartment.sealed {
        text::compartment_sealed(lang, name)
    } else {
        Text::of(name)
    }
}

fn state(progress: &Progress, lang: Language) -> (Text, TagColour) {
    match progress {
        Progress::Invited { .. } => (text::state_invited(lang), TagColour::Grey),
        Progress::Answered => (text::state_setting_up(lang), TagColour::Grey),
        Progress::Drafted => (text::state_to_list(lang), TagColour::Blue),
        Progress::Listed { tested: None, .. } => (text::state_to_test(lang), TagColour::Blue),
        Progress::Listed { .. } => (text::state_on_board(lang), TagColour::Green),
    }
}

/// The form that invites somebody to set a compartment up.
#[component]
fn Begin(units: Vec<UnitView>) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let groups = vec![ChoiceGroup {
        label: text::units_title(lang),
        choices: units.iter().map(choice).collect(),
    }];
    let units = StoredValue::new(units);
    let send = Callback::new(move |()| {
        let whom = doing.whom.get_untracked().trim().to_owned();
        let chosen = units.with_value(|units| chosen(doing, units));
        doing.link.set(None);
        problems.set(wrong(chosen.as_ref(), doing, &whom, lang));
        if units.with_value(|units| chosen.as_ref().is_some_and(|one| is_listed(one, units))) {
            let text = text::units_taken(lang);
            problems.update(|all| all.insert(0, Problem { field: UNIT, text }));
        }
        let (true, Some(compartment)) = (problems.with_untracked(Vec::is_empty), chosen) else {
            return;
        };
        pending.set(true);
        spawn_local(async move {
            let place = Place::Unit {
                unit: compartment.unit.clone(),
            };
            let made = invitation::make(desk, place, InvitedTo::Unit(compartment), whom).await;
            pending.try_set(false);
            match made {
                Ok(made) => {
                    doing.link.set(Some(made));
                    doing.acts.forget();
                    doing.acts.again();
                }
                Err(trouble) => {
                    let text = trouble.text(lang);
                    drop(problems.try_set(vec![Problem { field: UNIT, text }]));
                }
            }
        });
    });
    let purposes = vec![
        (false, text::purpose_intake(lang)),
        (true, text::purpose_sealed(lang)),
    ];
    view! {
        <ErrorSummary problems/>
        <Heading text=text::units_begin(lang)/>
        <List items=vec![text::units_number(lang), text::units_apart(lang), text::units_roots(lang)]/>
        <SecureForm submit=send pending>
            <Select id=UNIT label=text::units_which(lang) none=text::units_choose(lang) groups value=Bound::whole(doing.unit) problems/>
            <Radios id=PURPOSE legend=text::purpose_question(lang) options=purposes value=Bound::whole(doing.sealed) problems/>
            <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(doing.whom) problems/>
            <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending/>
        </SecureForm>
        {move || doing.link.get().map(|link| view! { <LinkOnce link/> })}
    }
}

fn choice(unit: &UnitView) -> Choice {
    Choice {
        value: unit.id.clone(),
        label: unit.name.clone(),
        enabled: !(unit.intake && unit.sealed),
    }
}

fn is_listed(one: &Compartment, units: &[UnitView]) -> bool {
    let unit = units.iter().find(|unit| unit.id == one.unit);
    unit.is_some_and(|unit| if one.sealed { unit.sealed } else { unit.intake })
}

fn chosen(doing: Doing, units: &[UnitView]) -> Option<Compartment> {
    let id = doing.unit.get_untracked();
    let unit = units.iter().find(|unit| unit.id == id)?.id.clone();
    let sealed = doing.sealed.get_untracked()?;
    Some(Compartment { unit, sealed })
}

fn wrong(chosen: Option<&Compartment>, doing: Doing, whom: &str, lang: Language) -> Vec<Problem> {
    let none = chosen.is_none();
    let unit = (none && doing.unit.with_untracked(String::is_empty)).then(|| Problem {
        field: UNIT,
        text: text::units_missing(lang),
    });
    let purpose = (none && doing.sealed.get_untracked().is_none()).then(|| Problem {
        field: PURPOSE,
        text: text::purpose_missing(lang),
    });
    let whom = whom.is_empty().then(|| Problem {
        field: WHOM,
        text: text::invite_missing(lang),
    });
    unit.into_iter().chain(purpose).chain(whom).collect()
}

/// The page that asks once more.
#[component]
fn Sure(compartment: Compartment) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let units = desk.trusted().map(|trusted| trusted.units).unwrap_or_default();
    let name = name(&compartment, &units, lang);
    let press = move |()| {
        doing.sure.set(None);
        doing.link.set(None);
        let compartment = compartment.clone();
        let work = async move { desk.fresh(|| turn_away_founder(compartment.clone())).await };
        doing.acts.act(text::turned_away_said(lang), work);
    };
    view! {
        <Headline title=text::turn_away_title(lang)/>
        <Paragraph text=name/>
        <WarningText text=text::turn_away_for_good(lang)/>
        <List items=vec![text::turn_away_link(lang), text::turn_away_holders(lang), text::turn_away_made(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::turn_away_button(lang) press class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
    }
}
