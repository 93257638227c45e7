//! Asking for the daily mail, and stopping it.

use super::{Notice, load_notice, set_notice};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    fetched::Fetched,
    text::{self, Text},
    ui::{
        self, Bound, ErrorSummary, List, Loaded, Paragraph, PlainButton, Problem, Row, SecureForm,
        SubmitButton, SummaryList, TextInput,
    },
};
use leptos::prelude::*;

/// The id of the field.
const ADDRESS: &str = "notice-address";

/// What the account has to do with the daily mail.
#[component]
pub(crate) fn DailyMail() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let acts = Acts::new();
    // What was typed outlives a refusal.
    let typed = RwSignal::new(String::new());
    let found = Loaded::by(move || {
        acts.track();
        async move { desk.note(load_notice().await) }
    });
    let show = move |notice: Notice| shown(notice, typed, acts);
    view! { <Said acts/> <Fetched found show/> }
}

fn shown(notice: Notice, typed: RwSignal<String>, acts: Acts) -> AnyView {
    let lang = ui::language();
    match (notice.hour, notice.address) {
        (None, None) => view! { <Paragraph text=text::notice_none(lang)/> }.into_any(),
        (None, Some(address)) => {
            view! { <Paragraph text=text::notice_none(lang)/> <Asked address acts/> }.into_any()
        }
        (Some(_), Some(address)) => {
            view! { <Paragraph text=text::notice_same(lang)/> <Asked address acts/> }.into_any()
        }
        (Some(hour), None) => view! { <Ask hour typed acts/> }.into_any(),
    }
}

/// Whoever asked can stop it.
#[component]
fn Asked(address: String, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let rows = vec![Row::text(text::notice_row(lang), Text::of(address))];
    let stop = move |()| {
        acts.act(text::notice_stopped(lang), async move {
            desk.note(set_notice(None).await)
        });
    };
    view! { <SummaryList rows/> <PlainButton text=text::notice_stop(lang) press=stop/> }
}

/// What it is, what others learn by it, and the address.
#[component]
fn Ask(hour: u8, typed: RwSignal<String>, acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let busy = move || acts.are_busy();
    let submit = move |()| {
        if untrack(busy) {
            return;
        }
        match read(&typed.get_untracked()) {
            Some(address) => {
                problems.set(Vec::new());
                acts.act(text::notice_asked(lang), async move {
                    desk.note(set_notice(Some(address)).await)
                });
            }
            None => problems.set(vec![Problem {
                field: ADDRESS,
                text: text::notice_wrong(lang),
            }]),
        }
    };
    let hour = format!("{hour:02}:00");
    view! {
        <Paragraph text=text::notice_what(lang, hour)/>
        <List items=vec![text::notice_same(lang), text::notice_server(lang), text::notice_provider(lang), text::notice_deleted(lang)]/>
        <ErrorSummary problems/>
        <SecureForm submit=Callback::new(submit)>
            <TextInput id=ADDRESS label=text::notice_label(lang) hint=text::notice_choose(lang) value=Bound::whole(typed) problems autocomplete="email"/>
            <SubmitButton text=text::notice_ask(lang) busy=text::loading(lang) pending=busy/>
        </SecureForm>
    }
}

/// What was typed, where it looks like an address: the server reads it for good.
fn read(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (name, host) = typed.rsplit_once('@')?;
    let whole = !name.is_empty() && host.contains('.') && !typed.contains(char::is_whitespace);
    whole.then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_no_address_is_not_sent() {
        assert_eq!(read(" amy@example.org ").as_deref(), Some("amy@example.org"));
        for bad in ["", "amy", "@example.org", "amy@example", "amy smith@example.org"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
