//! The weekly confirmation: one administrator looks at what has changed and signs it, another sees the same and signs as well.

use super::{
    checkpoint::{Standing, Waiting, discard_checkpoint, load_standing, sign_checkpoint},
    moved::Moved,
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::clock,
    bytes::Bytes,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton, Refusal, Row, SummaryList, WarningText},
    vault,
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::CheckpointView};

/// What an administrator is doing here.
#[derive(Clone, Copy)]
struct Doing {
    acts: Acts,
    /// What this administrator would sign, and was shown.
    drafted: RwSignal<Option<(Bytes, CheckpointView)>>,
}

impl Doing {
    fn act(self, well: Text, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        self.drafted.set(None);
        self.acts.act(well, work);
    }

    /// Makes the next one, and shows it on a page of its own.
    fn look(self, desk: Desk) {
        self.acts.act_quietly(async move {
            self.drafted.try_set(Some(draft(desk).await?));
            Ok(())
        });
    }
}

/// What waits, as far as it can be signed.
type Read = (Waiting, Result<CheckpointView, Trouble>);

/// The page.
#[component]
pub(crate) fn CheckpointPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing {
        acts: Acts::new(),
        drafted: RwSignal::new(None),
    };
    provide_context(doing);
    let found = Loaded::by(move || {
        doing.acts.track();
        read(desk)
    });
    move || {
        match doing.drafted.get() {
        Some((bytes, seen)) => view! { <Sure bytes seen/> }.into_any(),
        None => view! {
            <Headline title=text::checkpoint_title(lang)/>
            <Said acts=doing.acts/>
            <Stands found/>
            <p class="govuk-body"><a class="govuk-link" href=Place::Overview.path(lang)>{text::overview_title(lang)}</a></p>
        }
        .into_any(),
    }
    }
}

/// What waits, or that nothing does.
#[component]
fn Stands(found: Loaded<Result<Option<Read>, Trouble>>) -> impl IntoView {
    let show = |read: Option<Read>| match read {
        Some(read) => view! { <Waits read/> }.into_any(),
        None => view! { <Begin/> }.into_any(),
    };
    view! { <Fetched found show/> }
}

async fn standing(desk: Desk) -> Result<Standing, Trouble> {
    desk.trust_anew().await?;
    desk.note(load_standing().await)
}

async fn read(desk: Desk) -> Result<Option<Read>, Trouble> {
    let Standing { heads, waiting } = standing(desk).await?;
    let Some(waiting) = waiting else { return Ok(None) };
    let view = vault::read_checkpoint(waiting.checkpoint.clone(), heads, clock::minute()).await;
    Ok(Some((waiting, view)))
}

/// Makes the next one and looks at it, as whoever signs after does.
async fn draft(desk: Desk) -> Result<(Bytes, CheckpointView), Trouble> {
    let Standing { heads, .. } = standing(desk).await?;
    let now = clock::minute();
    let bytes = vault::draft_checkpoint(heads.clone(), now).await?;
    let view = vault::read_checkpoint(bytes.clone(), heads, now).await?;
    Ok((bytes, view))
}

async fn hand_in(desk: Desk, bytes: Bytes) -> Result<(), Trouble> {
    desk.fresh(|| sign_checkpoint(bytes.clone())).await
}

/// Signs what another administrator drafted and this one was shown, once more against how all stands now.
async fn countersign(desk: Desk, bytes: Bytes) -> Result<(), Trouble> {
    let Standing { heads, .. } = standing(desk).await?;
    let signed = vault::countersign_checkpoint(bytes, heads, clock::minute()).await?;
    hand_in(desk, signed).await?;
    desk.trust_anew().await?;
    desk.remember().await
}

/// Nothing waits: when the last one was.
#[component]
fn Begin() -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    view! {
        <Paragraph text=text::checkpoint_what(lang)/>
        <SummaryList rows=rows(desk, lang)/>
        <PlainButton text=text::checkpoint_begin(lang) press=move |()| doing.look(desk) class="govuk-button"/>
    }
}

fn rows(desk: Desk, lang: Language) -> Vec<Row> {
    let trusted = desk.trusted();
    let last = trusted.as_ref().and_then(|trusted| trusted.checkpoint);
    let due = trusted.is_some_and(|trusted| trusted.checkpoint_due);
    let state = if due {
        text::checkpoint_due(lang)
    } else {
        text::checkpoint_not_due(lang)
    };
    vec![
        Row::text(
            text::checkpoint_last(lang),
            last.map_or_else(|| text::checkpoint_never(lang), ui::day),
        ),
        Row::text(text::checkpoint_next(lang), state),
    ]
}

/// The page that asks whether to sign it.
#[component]
fn Sure(bytes: Bytes, seen: CheckpointView) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let sign = move |()| doing.act(text::checkpoint_left(lang), hand_in(desk, bytes.clone()));
    view! {
        <Headline title=text::checkpoint_sure(lang)/>
        <Moved seen/>
        <WarningText text=text::checkpoint_explain(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::checkpoint_sign_first(lang) press=sign class="govuk-button"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.drafted.set(None)/>
        </div>
    }
}

/// What an administrator has signed, and waits.
#[component]
fn Waits(read: Read) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (waiting, seen) = read;
    let own = desk.account() == Some(waiting.by);
    let discard = move |()| {
        let work = async move { desk.note(discard_checkpoint().await) };
        doing.act(text::checkpoint_discarded(lang), work);
    };
    let bytes = waiting.checkpoint.clone();
    let sign = (!own && seen.is_ok()).then(|| {
        let press = move |()| doing.act(text::checkpoint_made(lang), countersign(desk, bytes.clone()));
        view! { <PlainButton text=text::checkpoint_sign(lang) press class="govuk-button"/> }
    });
    let name = waiting.name;
    let what = match seen {
        Ok(seen) if own => view! { <Paragraph text=text::checkpoint_own(lang)/> <Moved seen/> }.into_any(),
        Ok(seen) => view! {
            <Paragraph text=text::checkpoint_by(lang, &name)/>
            <Moved seen/>
            <WarningText text=text::checkpoint_explain(lang)/>
            <Paragraph text=text::checkpoint_same(lang)/>
        }
        .into_any(),
        Err(trouble) => view! {
            <Refusal text=trouble.text(lang)/>
            <Paragraph text=text::checkpoint_differs(lang, &name)/>
        }
        .into_any(),
    };
    view! {
        {what}
        <div class="govuk-button-group">{sign} <PlainButton text=text::draft_discard(lang) press=discard/></div>
    }
}
