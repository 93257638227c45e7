//! The accessibility statement.

use crate::{
    text,
    ui::{self, Heading, Headline, List, Paragraph},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn AccessibilityPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::accessibility_title(lang)/>
        <Paragraph text=text::accessibility_aim(lang)/>
        <List items=vec![text::accessibility_keyboard(lang), text::accessibility_zoom(lang), text::accessibility_reader(lang), text::accessibility_time(lang), text::accessibility_colour(lang)]/>
        <Heading text=text::accessibility_status(lang)/>
        <Paragraph text=text::accessibility_status_text(lang)/>
        <List items=vec![text::accessibility_gap_script(lang), text::accessibility_gap_welsh(lang), text::accessibility_gap_people(lang)]/>
        <Heading text=text::accessibility_contact(lang)/>
        <Paragraph text=text::accessibility_contact_text(lang)/>
    }
}
