//! The clock that warns before a session ends.

use super::desk::Desk;
use crate::{
    place::Place,
    text,
    ui::{self, Dialog, ExitLink, PlainButton},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// Watches the session: keeps it while somebody types, warns before it ends, and ends it.
#[component]
pub(crate) fn SessionWatch() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let left = RwSignal::new(None::<u32>);
    Effect::new(move || {
        desk.listen();
        let tick = set_interval_with_handle(move || look(desk, left), TICK);
        let typed = window_event_listener(ev::keydown, move |_| desk.limits().note_activity());
        let pressed = window_event_listener(ev::pointerdown, move |_| desk.limits().note_activity());
        on_cleanup(move || {
            drop(tick.map(|tick| tick.clear()));
            typed.remove();
            pressed.remove();
        });
    });
    view! { <Ending desk left/> }
}

/// One look at the clock. `left` is the whole seconds to show, while there is something to warn of.
fn look(desk: Desk, left: RwSignal<Option<u32>>) {
    let limits = desk.limits();
    match limits.left() {
        None => left.set(None),
        Some(seconds) if seconds <= 0.0 => {
            left.set(None);
            spawn_local(desk.end(false));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and at most some minutes"
        )]
        Some(seconds) if limits.is_ending() => left.set(Some(seconds.ceil() as u32)),
        Some(_) => {
            left.set(None);
            if limits.should_tell() {
                spawn_local(desk.stay());
            }
        }
    }
}

#[component]
fn Ending(desk: Desk, left: RwSignal<Option<u32>>) -> impl IntoView {
    let lang = ui::language();
    let stay = Callback::new(move |()| spawn_local(desk.stay()));
    let leave = Callback::new(move |()| desk.go(Place::SignOut));
    let shown = move || left.get().map(|seconds| remaining(seconds).plain());
    let spoken = Memo::new(move |before: Option<&Option<String>>| match left.get() {
        Some(seconds) if is_worth_saying(seconds) => Some(remaining(seconds).plain()),
        Some(_) => before.cloned().flatten(),
        None => None,
    });
    let last = move || {
        (left.get().is_some() && !desk.limits().can_stay()).then(|| text::ending_for_good(lang).into_render())
    };
    let has_exit = Memo::new(move |_| left.get().is_some() && desk.here().get().is_none_or(Place::has_exit));
    view! {
        <Dialog title=text::ending_title(lang) open=Signal::derive(move || left.get().is_some()) cancel=stay>
            <p class="govuk-body" aria-hidden="true">{shown}</p>
            <p class="govuk-visually-hidden" aria-live="assertive">{move || spoken.get()}</p>
            <p class="govuk-body">{last}</p>
            <div class="govuk-button-group">
                <PlainButton text=text::ending_stay(lang) press=stay class="govuk-button"/>
                <PlainButton text=text::sign_out(lang) press=leave/>
            </div>
            // The one on the page cannot be pressed while the dialog is over it.
            {move || has_exit.get().then(|| view! { <ExitLink/> })}
        </Dialog>
    }
}

/// Each minute, and in the last one every 20 seconds.
fn is_worth_saying(seconds: u32) -> bool {
    if seconds > 60 {
        seconds.is_multiple_of(60)
    } else {
        seconds.is_multiple_of(20)
    }
}

fn remaining(seconds: u32) -> text::Text {
    let lang = ui::language();
    if seconds > 60 {
        text::ending_minutes(lang, seconds.div_ceil(60))
    } else {
        text::ending_seconds(lang, seconds)
    }
}
