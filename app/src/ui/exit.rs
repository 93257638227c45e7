//! Leaving fast.

use super::{Announcer, language};
use crate::{
    browser::{clock, page},
    text,
};
use leptos::{ev, prelude::*};

/// How many presses of Shift leave.
const PRESSES: u32 = 3;
/// Seconds within which they must come.
const WITHIN: f64 = 5.0;

/// A button that leaves for a neutral site; `leave` has to end what holds secrets. Until the page's own code runs it is a
/// plain link, which leaves too.
#[component]
pub(crate) fn ExitButton(#[prop(into)] leave: Callback<()>) -> impl IntoView {
    let running = RwSignal::new(false);
    Effect::new(move || running.set(true));
    let press = move |_| page::exit(|| leave.run(()));
    move || {
        if running.get() {
            view! { <button type="button" class=CLASS on:click=press><Words/></button> }.into_any()
        } else {
            view! { <a href="/exit" rel="nofollow noreferrer external" class=CLASS><Words/></a> }.into_any()
        }
    }
}

const CLASS: &str = "govuk-button govuk-button--warning govuk-exit-this-page__button";

#[component]
fn Words() -> impl IntoView {
    let lang = language();
    view! { <span class="govuk-visually-hidden">{text::exit_emergency(lang)} " "</span> {text::exit_button(lang)} }
}

/// Pressing Shift three times leaves as the button does.
#[component]
pub(crate) fn ExitKey(#[prop(into)] leave: Callback<()>) -> impl IntoView {
    let (lang, announcer) = (language(), expect_context::<Announcer>());
    let pressed = StoredValue::new((0_u32, 0.0_f64));
    Effect::new(move || {
        let heard = window_event_listener(ev::keyup, move |event| {
            let count = if event.key() == "Shift" {
                count(pressed.get_value(), clock::seconds())
            } else {
                (0, 0.0)
            };
            pressed.set_value(count);
            match count.0 {
                0 => (),
                PRESSES => page::exit(|| leave.run(())),
                so_far => announcer.say(text::exit_presses(lang, PRESSES - so_far).plain()),
            }
        });
        on_cleanup(move || heard.remove());
    });
}

/// Presses counted, and when the first of them came, after one more at `now`.
fn count((presses, since): (u32, f64), now: f64) -> (u32, f64) {
    if presses == 0 || now - since > WITHIN {
        (1, now)
    } else {
        (presses + 1, since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_presses_within_five_seconds_leave() {
        let quick = [0.0, 1.0, 4.9].into_iter().fold((0, 0.0), count);
        assert_eq!(quick.0, PRESSES);
        let slow = [0.0, 1.0, 5.1].into_iter().fold((0, 0.0), count);
        assert_eq!(slow.0, 1);
    }
}
