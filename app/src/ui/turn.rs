//! What is built when it is its turn.

use crate::browser::turn::Turn;
use leptos::prelude::*;

/// Builds `children` when it is their `turn`; at once where a page is made for everybody, and where all have had theirs.
#[component]
pub(crate) fn InTurn(turn: u8, children: ChildrenFn) -> impl IntoView {
    let now = use_context::<Turn>();
    let come = Memo::new(move |_| now.is_none_or(|now| now.has_come_to(turn)));
    move || come.get().then(|| children())
}
