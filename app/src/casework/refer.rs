//! Whether a matter must be referred, by when, and that it was.

use super::{
    doing::Doing,
    frame::{TaskFoot, TaskHead},
};
use crate::{
    browser::clock,
    concern::{answers::check, choice::Choice as _},
    text::{self, Text},
    ui::{self, Bound, Paragraph, Problem, Radios, SecureForm, TextArea, TextInput},
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Case, Criterion, Referral, WhetherToRefer},
    concern::{Language, SHORT},
    id::{Day, Minute},
};

const DECISION: &str = "whether-to-refer";
const CRITERION: &str = "criterion";
const WHY: &str = "why-refer";
const REVIEW: &str = "review";
const MADE: &str = "referral-reference";

/// In how many hours a matter that cannot be decided is looked at again.
const HOURS: [u32; 3] = [4, 24, 48];

/// Until when a matter must be referred that became clear then: the end of the next day in London, by the clock there (the Police
/// (Complaints and Misconduct) Regulations 2020, regulations 4 and 7). Weekends count.
pub(super) fn due(clear: Minute) -> Minute {
    let (today, ..) = clock::london(clear);
    clock::end_of(Day(today.0 + 1))
}

/// When something of the referral is due: that it is made, or looked at again.
pub(super) fn next(case: &Case) -> Option<Minute> {
    let referral = case.referral.as_ref()?;
    match referral.decision {
        WhetherToRefer::Yes if referral.made.is_none() => referral.clear.map(due),
        WhetherToRefer::NotYet => referral.review,
        WhetherToRefer::No | WhetherToRefer::Yes => None,
    }
}

/// What is decided, while it is.
#[derive(Clone)]
struct Deciding {
    decision: RwSignal<Option<WhetherToRefer>>,
    criterion: RwSignal<Option<Criterion>>,
    why: RwSignal<String>,
    hours: RwSignal<Option<u32>>,
    reference: RwSignal<String>,
    /// What was decided before.
    before: Option<Referral>,
}

impl Deciding {
    fn of(case: &Case) -> Self {
        let before = case.referral.clone();
        let text =
            |of: fn(&Referral) -> &String| before.as_ref().map(|one| of(one).clone()).unwrap_or_default();
        Self {
            decision: RwSignal::new(before.as_ref().map(|one| one.decision)),
            criterion: RwSignal::new(before.as_ref().and_then(|one| one.criterion)),
            why: RwSignal::new(text(|one| &one.why)),
            hours: RwSignal::new(Some(24)),
            reference: RwSignal::new(text(|one| &one.reference)),
            before,
        }
    }

    fn read(&self, now: Minute, lang: Language) -> Result<Referral, Vec<Problem>> {
        let at = |field, text: Text| vec![Problem { field, text }];
        let decision = self.decision.get_untracked();
        let decision = decision.ok_or_else(|| at(DECISION, text::refer_missing(lang)))?;
        let why = self.why.get_untracked();
        let missing = (decision == WhetherToRefer::No).then(|| text::wrong_no_reason(lang));
        if let Some(text) = check(&why, SHORT, missing, lang) {
            return Err(at(WHY, text));
        }
        let reference = self.reference.get_untracked();
        let yes = decision == WhetherToRefer::Yes;
        let criterion = self.criterion.get_untracked().filter(|_| yes);
        if yes && criterion.is_none() {
            return Err(at(CRITERION, text::wrong_no_criterion(lang)));
        }
        let hours = self
            .hours
            .get_untracked()
            .filter(|_| decision == WhetherToRefer::NotYet);
        Ok(Referral {
            decision,
            criterion,
            why,
            // It runs from when it first became clear.
            clear: yes.then_some(self.before.as_ref().and_then(|one| one.clear).unwrap_or(now)),
            review: hours.map(|hours| Minute(now.0 + hours * 60)),
            made: (yes && !reference.trim().is_empty()).then(|| self.made(&reference).unwrap_or(now)),
            reference: if yes { reference } else { String::new() },
        })
    }
}

impl Deciding {
    /// When this referral was made, where that was said already.
    fn made(&self, reference: &str) -> Option<Minute> {
        let before = self.before.as_ref().filter(|one| one.reference == reference);
        before.and_then(|one| one.made)
    }
}

/// The form.
#[component]
pub(super) fn ReferTask() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (deciding, problems) = (Deciding::of(&doing.case()), RwSignal::new(Vec::new()));
    let shown = deciding.clone();
    let (decision, criterion, hours_chosen) = (shown.decision, shown.criterion, shown.hours);
    let (why, reference) = (shown.why, shown.reference);
    let began = shown.before.as_ref().and_then(|one| one.clear);
    let clock_text = began.map_or_else(
        || text::refer_clock(lang),
        |clear| text::refer_clock_since(lang, ui::minute(due(clear)).plain()),
    );
    let submit = move |()| match deciding.read(clock::minute(), lang) {
        Ok(referral) => {
            problems.set(Vec::new());
            doing.act(vec![Act::Referral(referral)], None, text::refer_done(lang));
        }
        Err(wrong) => problems.set(wrong),
    };
    let is = move |one| decision.get() == Some(one);
    let hours: Vec<_> = HOURS
        .iter()
        .map(|hours| (*hours, text::refer_hours(lang, *hours)))
        .collect();
    view! {
        <TaskHead title=text::refer_title(lang) problems/>
        <Paragraph text=text::refer_text(lang)/>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <Radios id=DECISION legend=text::refer_label(lang) options=WhetherToRefer::options(lang) value=Bound::whole(decision) problems/>
            <div hidden=move || !is(WhetherToRefer::Yes)>
                <Radios id=CRITERION legend=text::refer_criterion(lang) options=Criterion::options(lang) value=Bound::whole(criterion) problems/>
                <Paragraph text=clock_text/>
                <TextInput id=MADE label=text::refer_made(lang) hint=text::refer_made_hint(lang) value=Bound::whole(reference) problems/>
            </div>
            <div hidden=move || !is(WhetherToRefer::NotYet)>
                <Radios id=REVIEW legend=text::refer_review(lang) options=hours value=Bound::whole(hours_chosen) problems/>
            </div>
            <TextArea id=WHY label=text::refer_why(lang) value=Bound::whole(why) problems most=SHORT/>
            <TaskFoot label=text::refer_save(lang)/>
        </SecureForm>
    }
}

/// What was decided, in a sentence.
pub(super) fn said(referral: &Referral, lang: Language) -> Text {
    let minute = |minute: Minute| ui::minute(minute).plain();
    match (referral.decision, referral.made, referral.clear, referral.review) {
        (WhetherToRefer::Yes, Some(made), ..) => {
            text::refer_said_made(lang, referral.reference.clone(), minute(made))
        }
        (WhetherToRefer::Yes, None, Some(clear), _) => text::refer_said_due(lang, minute(due(clear))),
        (WhetherToRefer::NotYet, _, _, Some(review)) => text::refer_said_review(lang, minute(review)),
        (decision, ..) => decision.label(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES_A_DAY: u32 = 24 * 60;

    /// Minutes since 1970 of a day and a time in UTC.
    fn utc(day: u32, hour: u32, minute: u32) -> Minute {
        Minute(day * MINUTES_A_DAY + hour * 60 + minute)
    }

    #[test]
    fn a_referral_is_due_at_the_end_of_the_next_day_in_london() {
        // 21 November 2026 is day 20 778; 28 March 2026 is day 20 540, and summer time begins on the day after.
        for (clear, expected) in [
            (utc(20_778, 10, 0), utc(20_779, 23, 59)),
            (utc(20_778, 23, 59), utc(20_779, 23, 59)),
            (utc(20_540, 10, 0), utc(20_541, 22, 59)),
            // In summer it is the next day in London an hour before it is in UTC.
            (utc(20_600, 22, 30), utc(20_601, 22, 59)),
            (utc(20_600, 23, 30), utc(20_602, 22, 59)),
            // 24 October 2026 is day 20 750; summer time ends on the day after.
            (utc(20_750, 10, 0), utc(20_751, 23, 59)),
        ] {
            assert_eq!(due(clear), expected, "{clear:?}");
        }
    }
}
