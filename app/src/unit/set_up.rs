//! Setting up a compartment, from the side of those who will hold it: a list of steps, each of which can be left and taken up again.

use super::{
    Compartment,
    draft::DraftForm,
    hand_over::HandOver,
    holders::{Holders, Waits},
    signing::Signing,
    steps,
    sure::{Sure, SurePage},
    trial::Trial,
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    bytes::Bytes,
    error::AppError,
    fetched::Fetched,
    group::Change,
    invitation::{Invitee, Made},
    place::Place,
    text::{self, Text},
    ui::{self, Headline, Inset, Loaded, Paragraph, Tag, TagColour},
};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{
    concern::Language,
    id::{Day, GroupId},
    vault::GenesisView,
};
use serde::{Deserialize, Serialize};

/// What the caller is setting up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSetUp {
    /// Which compartment.
    pub compartment: Compartment,
    /// Whether the caller is who makes its first link; else they were invited to hold it too.
    pub founder: bool,
    /// The answers of those who were invited to it, the founder's among them.
    pub joinings: Vec<Bytes>,
    /// The first link, as far as it is signed, once it is made.
    pub link: Option<Bytes>,
    /// The group, once the directory lists it, and the day on which a test of it was opened and closed.
    pub listed: Option<(GroupId, Option<Day>)>,
}

/// What somebody may ask about the compartment that they are setting up. To anybody else there is none.
#[async_trait]
pub trait OwnCompartment: Send + Sync {
    /// What the caller is setting up, or has set up.
    async fn own(&self) -> Result<Option<OwnSetUp>, AppError>;
    /// Leaves the first link, with its secrets for all who hold it. Only just after confirming.
    async fn draft(&self, change: Change) -> Result<(), AppError>;
    /// Hands the first link in with one signature more. Only just after confirming.
    async fn sign(&self, link: Bytes) -> Result<(), AppError>;
    /// Takes the first link back, or turns it down, as the caller saw it: another can be made. Only whoever made it or may sign it, just after
    /// confirming.
    async fn discard(&self, link: Bytes) -> Result<(), AppError>;
    /// Says that a test was opened and closed.
    async fn finish(&self, group: GroupId) -> Result<(), AppError>;
}

/// See [`OwnCompartment::own`].
#[server(endpoint = "own_set_up", input = Json)]
pub async fn load_own_set_up() -> Result<Option<OwnSetUp>, AppError> {
    crate::contract::<dyn OwnCompartment>()?.own().await
}

/// See [`OwnCompartment::draft`].
#[server(endpoint = "draft_compartment", input = Json)]
pub async fn draft_compartment(
    /// The first link and what goes with it.
    change: Change,
) -> Result<(), AppError> {
    crate::contract::<dyn OwnCompartment>()?.draft(change).await
}

/// See [`OwnCompartment::sign`].
#[server(endpoint = "sign_compartment", input = Json)]
pub async fn sign_compartment(
    /// The link, with the caller's signature.
    link: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn OwnCompartment>()?.sign(link).await
}

/// See [`OwnCompartment::discard`].
#[server(endpoint = "discard_compartment", input = Json)]
pub async fn discard_compartment(
    /// The link, as far as it was signed.
    link: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn OwnCompartment>()?.discard(link).await
}

/// See [`OwnCompartment::finish`].
#[server(endpoint = "finish_compartment", input = Json)]
pub async fn finish_compartment(
    /// The group.
    group: GroupId,
) -> Result<(), AppError> {
    crate::contract::<dyn OwnCompartment>()?.finish(group).await
}

/// A set-up with what the vault says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetUp {
    pub(super) own: OwnSetUp,
    /// Those whom this account invited to hold it too.
    pub(super) invited: Vec<Made>,
    /// What the first link would found.
    pub(super) genesis: Option<GenesisView>,
}

/// A step, as the list has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Those who will hold it are invited, and the first link is made.
    People,
    /// The others who must sign the first link do.
    Sign,
    /// The link is on its way into the directory.
    HandOver,
    /// A test is opened and closed.
    Test,
    /// Nothing is left to do.
    Done,
}

impl Step {
    /// The step that is to be taken now.
    pub(super) fn of(set_up: &SetUp) -> Self {
        match (&set_up.own.listed, &set_up.genesis) {
            (Some((_, Some(_))), _) => Self::Done,
            (Some((_, None)), _) => Self::Test,
            (None, Some(genesis)) if genesis.signed < genesis.needed => Self::Sign,
            (None, Some(_)) => Self::HandOver,
            (None, None) => Self::People,
        }
    }

    fn text(self, lang: Language) -> Text {
        match self {
            Self::People => text::step_people(lang),
            Self::Sign => text::step_sign(lang),
            Self::HandOver => text::step_hand_over(lang),
            Self::Test => text::step_test(lang),
            Self::Done => text::step_done(lang),
        }
    }
}

/// What somebody is doing on this page. All of it outlives what is shown, which is fetched again after each act.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    /// Whom they mean to invite.
    pub(super) invitee: Invitee,
    /// The line of the recovery key's public half.
    pub(super) recovery: RwSignal<String>,
    /// The names of its custodians.
    pub(super) custodians: RwSignal<[String; 3]>,
    /// What they are asked about once more.
    pub(super) sure: RwSignal<Option<Sure>>,
    pub(super) acts: Acts,
}

impl Doing {
    fn new() -> Self {
        Self {
            invitee: Invitee::new(),
            recovery: RwSignal::new(String::new()),
            custodians: RwSignal::new(core::array::from_fn(|_| String::new())),
            sure: RwSignal::new(None),
            acts: Acts::new(),
        }
    }
}

/// The page.
#[component]
pub(crate) fn SetUpPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing::new();
    provide_context(doing);
    let found = Loaded::by(move || {
        doing.acts.track();
        steps::load(desk)
    });
    let show = move |set_up: Option<SetUp>| {
        let Some(set_up) = set_up else {
            return view! {
                <Headline title=text::set_up_unit_title(lang)/>
                <Paragraph text=text::set_up_unit_none(lang)/>
            }
            .into_any();
        };
        let shown = move || match doing.sure.get() {
            Some(sure) => view! { <SurePage set_up=set_up.clone() sure/> }.into_any(),
            None => view! { <Steps set_up=set_up.clone()/> }.into_any(),
        };
        shown.into_any()
    };
    view! { <Fetched found show title=text::set_up_unit_title(lang)/> }
}

#[component]
fn Steps(set_up: SetUp) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let now = Step::of(&set_up);
    let about = if set_up.own.compartment.sealed {
        text::set_up_sealed(lang)
    } else {
        text::set_up_intake(lang)
    };
    view! {
        <Headline title=text::set_up_unit_title(lang)/>
        <p class="govuk-body-l" id="unit">{unit_name(&set_up.own.compartment.unit)}</p>
        <Paragraph text=about/>
        <Said acts=doing.acts/>
        <Progress now sealed=set_up.own.compartment.sealed/>
        <Current set_up now/>
        <Devices/>
    }
}

/// Where their devices are tried.
#[component]
fn Devices() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Paragraph text=text::self_test_before(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::SelfTest.path(lang)>{text::self_test_title(lang)}</a></p>
    }
}

/// As the directory has it; by its identifier while there is none.
fn unit_name(id: &str) -> String {
    let units = expect_context::<Desk>().trusted().map(|trusted| trusted.units);
    let unit = units.into_iter().flatten().find(|one| one.id == id);
    unit.map_or_else(|| id.to_owned(), |unit| unit.name)
}

/// The steps and where each stands.
#[component]
fn Progress(now: Step, sealed: bool) -> impl IntoView {
    let lang = ui::language();
    let all = [Step::People, Step::Sign, Step::HandOver, Step::Test];
    let shown = all.into_iter().filter(|step| sealed || *step != Step::Sign);
    let items = shown.map(|step| {
        let status = match step.cmp(&now) {
            core::cmp::Ordering::Less => view! { {text::status_completed(lang)} }.into_any(),
            core::cmp::Ordering::Equal => {
                view! { <Tag text=text::status_now(lang) colour=TagColour::Blue/> }.into_any()
            }
            core::cmp::Ordering::Greater => view! { {text::status_later(lang)} }.into_any(),
        };
        view! {
            <li class="govuk-task-list__item">
                <div class="govuk-task-list__name-and-hint">{step.text(lang)}</div>
                <div class="govuk-task-list__status">{status}</div>
            </li>
        }
    });
    view! { <ul class="govuk-task-list" id="steps">{items.collect::<Vec<_>>()}</ul> }
}

/// What is to be done now.
#[component]
fn Current(set_up: SetUp, now: Step) -> impl IntoView {
    let lang = ui::language();
    match now {
        Step::People if set_up.own.founder => view! {
            <Holders set_up=set_up.clone()/>
            <DraftForm set_up/>
        }
        .into_any(),
        Step::People => view! { <Waits/> }.into_any(),
        Step::Sign => view! { <Signing set_up/> }.into_any(),
        Step::HandOver if set_up.own.founder => view! { <HandOver set_up/> }.into_any(),
        Step::HandOver => view! { <Waits/> }.into_any(),
        Step::Test => view! { <Trial set_up/> }.into_any(),
        Step::Done => view! {
            <Inset><Paragraph text=text::set_up_done(lang)/></Inset>
            <p class="govuk-body"><a class="govuk-link" href=Place::Queue.path(lang)>{text::queue_title(lang)}</a></p>
        }
        .into_any(),
    }
}

/// For whoever has not finished setting up: the way there, from the queue.
#[component]
pub(crate) fn Reminder() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let own = Loaded::by(move || async move { desk.note(load_own_set_up().await) });
    let unfinished = move || match own.get() {
        Some(Ok(Some(own))) => !matches!(own.listed, Some((_, Some(_)))),
        _ => false,
    };
    move || {
        unfinished().then(|| {
            view! {
                <Inset>
                    <Paragraph text=text::set_up_unit_waits(lang)/>
                    <p class="govuk-body"><a class="govuk-link" href=Place::SetUp.path(lang)>{text::set_up_unit_title(lang)}</a></p>
                </Inset>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::vault::Rules;

    const GROUP: GroupId = GroupId([1; 16]);

    fn set_up(genesis: Option<(u8, u8)>, listed: Option<(GroupId, Option<Day>)>) -> SetUp {
        let group = GROUP;
        let genesis = genesis.map(|(signed, needed)| GenesisView {
            group,
            kind: protocol::group::GroupKind::Sealed,
            name: "far/sealed".into(),
            members: vec![],
            rules: Rules {
                signers: needed,
                recovery: None,
                custodians: vec![],
                aims: None,
            },
            day: Day(1),
            words: vec![],
            signed,
            needed,
            signed_by_me: true,
        });
        let own = OwnSetUp {
            compartment: Compartment {
                unit: "far".into(),
                sealed: true,
            },
            founder: true,
            joinings: vec![],
            link: None,
            listed,
        };
        SetUp {
            own,
            invited: vec![],
            genesis,
        }
    }

    #[test]
    fn each_step_follows_from_what_is_there() {
        for (step, set_up) in [
            (Step::People, set_up(None, None)),
            (Step::Sign, set_up(Some((1, 2)), None)),
            (Step::HandOver, set_up(Some((2, 2)), None)),
            (Step::Test, set_up(None, Some((GROUP, None)))),
            (Step::Done, set_up(None, Some((GROUP, Some(Day(3)))))),
        ] {
            assert_eq!(Step::of(&set_up), step);
        }
    }
}
