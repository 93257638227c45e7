//! What a person sees, and what a browser may ask of the server.

pub mod account;
pub mod bytes;
pub mod casework;
pub mod concern;
pub mod directory;
pub mod error;
pub mod site;

/// What the server put into this request's context for its caller. A caller without the capability finds nothing, and so
/// has nothing to call.
#[cfg(feature = "ssr")]
fn contract<T: ?Sized + Send + Sync + 'static>() -> Result<std::sync::Arc<T>, error::AppError> {
    leptos::prelude::use_context().ok_or(error::AppError::SignedOut)
}
