//! Blocks of text.

use super::language;
use crate::text::{self, Text};
use leptos::prelude::*;

/// A heading below the first level.
#[component]
pub(crate) fn Heading(text: Text) -> impl IntoView {
    view! { <h2 class="govuk-heading-m">{text}</h2> }
}

/// A paragraph.
#[component]
pub(crate) fn Paragraph(text: Text) -> impl IntoView {
    view! { <p class="govuk-body">{text}</p> }
}

/// A list with bullets.
#[component]
pub(crate) fn List(items: Vec<Text>) -> impl IntoView {
    let items: Vec<_> = items.into_iter().map(|item| view! { <li>{item}</li> }).collect();
    view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }
}

/// Steps, in their order, with the commands among them set as such.
#[component]
pub(crate) fn Steps(items: Vec<Text>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| view! { <li>{item.with_commands()}</li> });
    let items: Vec<_> = items.collect();
    view! { <ol class="govuk-list govuk-list--number">{items}</ol> }
}

/// Something not to miss.
#[component]
pub(crate) fn WarningText(text: Text) -> impl IntoView {
    view! {
        <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">"!"</span>
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">{text::warning(language())} " "</span>
                {text}
            </strong>
        </div>
    }
}

/// Something set apart.
#[component]
pub(crate) fn Inset(children: Children) -> impl IntoView {
    view! { <div class="govuk-inset-text">{children()}</div> }
}

/// Something that was refused, and why. Never what was refused.
#[component]
pub(crate) fn Refusal(text: Text) -> impl IntoView {
    view! { <div class="candour-refused" role="alert"><p class="govuk-body">{text}</p></div> }
}

/// The green panel at the end; `children` stands under the heading.
#[component]
pub(crate) fn Panel(heading: AnyView, children: Children) -> impl IntoView {
    view! {
        <div class="govuk-panel govuk-panel--confirmation">
            {heading}
            <div class="govuk-panel__body">{children()}</div>
        </div>
    }
}

/// A notice with a name, announced as a region.
#[component]
pub(crate) fn Banner(title: Text, children: Children) -> impl IntoView {
    view! {
        <div class="govuk-notification-banner" role="region" aria-labelledby="banner-title">
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id="banner-title">{title}</h2>
            </div>
            <div class="govuk-notification-banner__content">{children()}</div>
        </div>
    }
}

/// Colours of a tag. They never carry a meaning alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagColour {
    /// Nothing to do.
    Grey,
    /// New.
    Blue,
    /// Done.
    Green,
    /// Wrong.
    Red,
}

/// A state in a word or two.
#[component]
pub(crate) fn Tag(text: Text, colour: TagColour) -> impl IntoView {
    let class = match colour {
        TagColour::Grey => "govuk-tag govuk-tag--grey",
        TagColour::Blue => "govuk-tag govuk-tag--blue",
        TagColour::Green => "govuk-tag govuk-tag--green",
        TagColour::Red => "govuk-tag govuk-tag--red",
    };
    view! { <strong class=class>{text}</strong> }
}

/// Words to compare with paper or by voice.
#[component]
pub(crate) fn Words(words: Vec<String>) -> impl IntoView {
    view! { <span class="candour-words" translate="no">{words.join(" ")}</span> }
}
