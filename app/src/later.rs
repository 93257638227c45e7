//! What comes in a part of the page's module that is not loaded first.

use crate::{
    error::AppError,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loading, PlainButton, Refusal},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_split_helpers::SplitLoaderError;

/// What `fetch` brings, which has a heading of its own. Where it does not come, `title` stands above what is said of that.
#[component]
pub(crate) fn Later<Fut>(title: Text, fetch: impl Fn() -> Fut + Send + 'static) -> impl IntoView
where
    Fut: Future<Output = Result<AnyView, SplitLoaderError>> + 'static,
{
    let (came, turn) = (RwSignal::new(false), RwSignal::new(0_u32));
    let again = Callback::new(move |()| {
        came.set(false);
        turn.update(|turn| *turn += 1);
    });
    let view = move || {
        turn.track();
        let (fetched, title) = (fetch(), title.clone());
        Suspend::new(SendWrapper::new(async move {
            let view = fetched.await;
            came.try_set(true);
            view.unwrap_or_else(|_| view! { <Failed title again came/> }.into_any())
        }))
    };
    // After it, which comes at once where pages are made for everybody.
    let lang = ui::language();
    let waiting = move || (!came.get()).then(|| view! { <Loading text=text::loading(lang)/> });
    view! { {view} {waiting} }.into_any()
}

/// The part could not be fetched. While it is fetched again nothing more is said than that: what went wrong is over, and a button
/// pressed twice would do nothing.
#[component]
fn Failed(title: Text, again: Callback<()>, came: RwSignal<bool>) -> impl IntoView {
    let lang = ui::language();
    let refused = move || {
        came.get().then(|| {
            view! {
                <Refusal text=Trouble::Portal(AppError::Offline).text(lang)/>
                <PlainButton text=text::try_again(lang) press=again/>
            }
        })
    };
    view! { <Headline title/> {refused} }
}
