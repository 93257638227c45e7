//! Other bodies than the forces of this portal: where to go instead.

use super::{Way, step::StepHead};
use crate::{
    site::OtherRoutes,
    text,
    ui::{self, Heading, Paragraph, Row, SummaryList},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn ElsewherePage(way: Way) -> impl IntoView {
    let lang = ui::language();
    let problems = RwSignal::new(Vec::new());
    view! {
        <StepHead way title=text::elsewhere_title(lang) problems/>
        <Paragraph text=text::elsewhere_text(lang)/>
        <Bodies/>
    }
}

/// Who oversees each of them, and the ways to tell somebody that are open to everyone.
#[component]
pub(super) fn Bodies() -> impl IntoView {
    let lang = ui::language();
    let rows = [
        (text::body_elected(lang), text::body_elected_to(lang)),
        (text::body_nca(lang), text::body_nca_to(lang)),
        (text::body_scotland(lang), text::body_scotland_to(lang)),
        (
            text::body_northern_ireland(lang),
            text::body_northern_ireland_to(lang),
        ),
        (text::body_service(lang), text::body_service_to(lang)),
        (text::body_border(lang), text::body_border_to(lang)),
        (text::body_revenue(lang), text::body_revenue_to(lang)),
        (text::body_prison(lang), text::body_prison_to(lang)),
    ];
    let rows = rows.map(|(body, to)| Row::text(body, to));
    view! {
        <SummaryList rows=rows.into()/>
        <Heading text=text::elsewhere_routes(lang)/>
        <OtherRoutes/>
    }
}
