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

/// A button that leaves for a neutral site, as does pressing Shift three times. The page is covered at once; then
/// `leave` must end what holds secrets.
#[component]
pub(crate) fn ExitButton(#[prop(into)] leave: Callback<()>) -> impl IntoView {
    let exit = move || {
        page::cover();
        leave.run(());
        page::replace("/exit");
    };
    let click = move |event: ev::MouseEvent| {
        event.prevent_default();
        exit();
    };
    listen_for_shift(exit);
    view! {
        <div class="govuk-exit-this-page">
            <a href="/exit" role="button" draggable="false" rel="nofollow noreferrer external" on:click=click
                class="govuk-button govuk-button--warning govuk-exit-this-page__button">
                <span class="govuk-visually-hidden">{text::exit_emergency(language())} " "</span>
                {text::exit_button(language())}
            </a>
        </div>
    }
}

fn listen_for_shift(exit: impl Fn() + Copy + Send + Sync + 'static) {
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
                PRESSES => exit(),
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
