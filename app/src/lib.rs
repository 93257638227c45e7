//! What a person sees, and what a browser may ask of the server.

// Views are one type each, nested as deep as the page.
#![recursion_limit = "256"]
#![expect(
    unreachable_pub,
    reason = "leptos makes the properties of every component public, whoever may use it"
)]

pub mod account;
mod act;
mod app;
#[cfg_attr(
    not(feature = "browser"),
    expect(dead_code, reason = "only a browser reads the page's head and fails")
)]
mod browser;
pub mod bytes;
pub mod calendar;
pub mod casework;
pub mod concern;
pub mod directory;
#[cfg(feature = "ssr")]
mod document;
pub mod error;
mod fetched;
mod frame;
pub mod group;
pub mod invitation;
mod later;
pub mod notice;
pub mod partner;
mod place;
pub mod places;
pub mod site;
#[expect(
    clippy::match_same_arms,
    reason = "two languages, or two plural forms, may share a text"
)]
mod text;
mod trouble;
mod ui;
pub mod unit;
mod vault;
mod working_days;

/// Every page's address, as axum writes patterns. Each is to be rendered once and served to everybody as it is.
pub fn routes() -> Vec<&'static str> {
    ROUTES.to_vec()
}

const ROUTES: [&str; 91] = [
    "/",
    "/how-it-works",
    "/how-it-works/directory",
    "/guidance",
    "/privacy",
    "/lost",
    "/self-test",
    "/sign-in",
    "/sign-out",
    "/ended",
    "/accessibility",
    "/licences",
    "/concerns",
    "/concerns/new",
    "/concerns/new/check",
    "/concerns/new/{section}",
    "/concerns/{id}",
    "/concerns/{id}/add",
    "/concerns/{id}/withdraw",
    "/concerns/{id}/give",
    "/concerns/drafts/{drawer}",
    "/concerns/drafts/{drawer}/give",
    "/concerns/given/{place}",
    "/queue",
    "/unit/set-up",
    "/cases/{id}",
    "/admin",
    "/admin/units",
    "/admin/checkpoint",
    "/admin/resets",
    "/admin/recovery",
    "/unit/recovery",
    "/unit/aims",
    "/admin/applications/{id}",
    "/admin/organisations/{id}",
    "/account",
    "/account/password",
    "/account/passkeys",
    "/account/two-step",
    "/account/two-step/remove",
    "/account/recovery-code",
    "/recover",
    "/people",
    "/apply",
    "/join/{lookup}",
    "/cy",
    "/cy/",
    "/cy/how-it-works",
    "/cy/how-it-works/directory",
    "/cy/guidance",
    "/cy/privacy",
    "/cy/lost",
    "/cy/self-test",
    "/cy/sign-in",
    "/cy/sign-out",
    "/cy/ended",
    "/cy/accessibility",
    "/cy/licences",
    "/cy/concerns",
    "/cy/concerns/new",
    "/cy/concerns/new/check",
    "/cy/concerns/new/{section}",
    "/cy/concerns/{id}",
    "/cy/concerns/{id}/add",
    "/cy/concerns/{id}/withdraw",
    "/cy/concerns/{id}/give",
    "/cy/concerns/drafts/{drawer}",
    "/cy/concerns/drafts/{drawer}/give",
    "/cy/concerns/given/{place}",
    "/cy/queue",
    "/cy/unit/set-up",
    "/cy/cases/{id}",
    "/cy/admin",
    "/cy/admin/units",
    "/cy/admin/checkpoint",
    "/cy/admin/resets",
    "/cy/admin/recovery",
    "/cy/unit/recovery",
    "/cy/unit/aims",
    "/cy/admin/applications/{id}",
    "/cy/admin/organisations/{id}",
    "/cy/account",
    "/cy/account/password",
    "/cy/account/passkeys",
    "/cy/account/two-step",
    "/cy/account/two-step/remove",
    "/cy/account/recovery-code",
    "/cy/recover",
    "/cy/people",
    "/cy/apply",
    "/cy/join/{lookup}",
];

/// The pattern to render for an address that leads nowhere.
pub const NOT_FOUND: &str = "/not-found";
/// The same for an address under `/cy/`.
pub const NOT_FOUND_WELSH: &str = "/cy/not-found";

/// The page for one of [`routes`] (or [`NOT_FOUND`], [`NOT_FOUND_WELSH`]): the same bytes each time, for everyone.
#[cfg(feature = "ssr")]
pub fn render(site: &site::Site, pattern: &str) -> String {
    use app::App;
    use document::Document;
    use leptos::prelude::*;
    use leptos_router::location::RequestUrl;

    let (inner, outer) = (site.clone(), site.clone());
    Owner::new_root(None).with(|| {
        provide_context(RequestUrl::new(pattern));
        view! { <Document site=outer path=pattern.to_owned()><App site=inner/></Document> }.to_html()
    })
}

/// Brings the page to life: its constants give way to the same page, which answers. Called once by the start script. The page is built
/// beside them, in several tasks, and takes their place in one.
#[cfg(feature = "browser")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn start() {
    use leptos::prelude::{document, provide_context, view};
    use wasm_bindgen::JsCast;

    // What a panic says may hold what somebody wrote: nothing of it is kept, and the keys go.
    std::panic::set_hook(Box::new(|_| {
        vault::stop();
        browser::page::show_failure();
    }));
    let constants = document().get_element_by_id("app");
    let beside = constants.as_ref().and_then(|app| app.clone_node().ok());
    let (Some(constants), Some(Ok(app))) = (constants, beside.map(JsCast::dyn_into::<web_sys::HtmlElement>))
    else {
        return;
    };
    // Taking the module in was work enough for one task.
    browser::turn::next_task().await;
    frame::part::fetch_for(&browser::page::path()).await;
    let (site, turn) = (browser::meta::site(), browser::turn::Turn::new());
    let page = move || {
        provide_context(turn);
        view! { <app::App site/> }
    };
    leptos::mount::mount_to(app.clone(), page).forget();
    turn.pass().await;
    let focus = browser::page::Focus::now();
    if constants.replace_with_with_node_1(&app).is_ok() {
        focus.restore(&app);
    }
}

/// What the server put into this request's context for its caller. A caller without the capability finds nothing, and so
/// has nothing to call.
#[cfg(feature = "ssr")]
fn contract<T: ?Sized + Send + Sync + 'static>() -> Result<std::sync::Arc<T>, error::AppError> {
    leptos::prelude::use_context().ok_or(error::AppError::SignedOut)
}
