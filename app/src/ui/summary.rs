//! Names and values, in rows.

use crate::text::Text;
use leptos::prelude::*;

/// One row.
pub(crate) struct Row {
    /// The name.
    pub(crate) key: Text,
    /// The value.
    pub(crate) value: AnyView,
    /// What can be done with it.
    pub(crate) action: Option<AnyView>,
}

impl Row {
    /// A row whose value is one of the portal's own texts.
    pub(crate) fn text(key: Text, value: Text) -> Self {
        Self {
            key,
            value: value.into_render().into_any(),
            action: None,
        }
    }

    /// A row whose value somebody wrote: shown as it is, line ends and all, and never translated.
    pub(crate) fn written(key: Text, value: String) -> Self {
        let value = view! { <p class="candour-case__text notranslate" translate="no">{value}</p> }.into_any();
        Self {
            key,
            value,
            action: None,
        }
    }

    /// The same row with something to do.
    pub(crate) fn with(self, action: AnyView) -> Self {
        Self {
            action: Some(action),
            ..self
        }
    }
}

/// Rows of names and values. There is room for what can be done only where something can.
#[component]
pub(crate) fn SummaryList(rows: Vec<Row>) -> impl IntoView {
    let room = rows.iter().any(|row| row.action.is_some());
    let rows: Vec<_> = rows.into_iter().map(|one| row(one, room)).collect();
    view! { <dl class="govuk-summary-list">{rows}</dl> }
}

/// Rows under a heading, perhaps with something to do about all of them.
#[component]
pub(crate) fn SummaryCard(
    title: Text,
    rows: Vec<Row>,
    #[prop(optional)] action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="govuk-summary-card">
            <div class="govuk-summary-card__title-wrapper">
                <h2 class="govuk-summary-card__title">{title}</h2>
                {action.map(|action| view! { <div class="govuk-summary-card__actions">{action}</div> })}
            </div>
            <div class="govuk-summary-card__content"><SummaryList rows/></div>
        </div>
    }
}

fn row(Row { key, value, action }: Row, room: bool) -> impl IntoView {
    let class = if room && action.is_none() {
        "govuk-summary-list__row govuk-summary-list__row--no-actions"
    } else {
        "govuk-summary-list__row"
    };
    view! {
        <div class=class>
            <dt class="govuk-summary-list__key">{key}</dt>
            <dd class="govuk-summary-list__value">{value}</dd>
            {action.map(|action| view! { <dd class="govuk-summary-list__actions">{action}</dd> })}
        </div>
    }
}
