//! What a deployment writes into every page, the same for everyone.

mod accessibility;
mod guidance;
mod how_it_works;
mod licences;
mod lost;
mod not_found;
mod other_routes;
mod privacy;
mod self_test;
mod start;

pub(crate) use accessibility::AccessibilityPage;
pub(crate) use guidance::GuidancePage;
pub(crate) use how_it_works::HowItWorksPage;
pub(crate) use licences::LicencesPage;
pub(crate) use lost::LostPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use other_routes::OtherRoutes;
pub(crate) use privacy::PrivacyPage;
pub(crate) use self_test::SelfTestPage;
pub(crate) use start::StartPage;

use protocol::id::VerifyingKey;

/// A deployment, as its pages show it. The browser reads it back from the document's `meta` elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The deployment's name, part of every key derivation: changing it locks everybody out.
    pub instance: String,
    /// The root public keys, of which any `threshold` sign the directory.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
    /// Whether this is a demonstration with made-up people.
    pub demo: bool,
    /// Paths of the assets, with their hashes in the names.
    pub assets: Assets,
    /// The neutral site that leaving leads to.
    pub exit: String,
}

/// Paths of the assets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The module that starts the page.
    pub start: Checked,
    /// The module that it loads first: the page's own.
    pub page: Checked,
    /// The worker's module.
    pub worker: String,
    /// The script of the workers that send parts of files.
    pub sender: String,
    /// The style sheet.
    pub style: Checked,
    /// The icon.
    pub icon: String,
    /// The third-party notices.
    pub licences: String,
}

/// An asset that the browser checks before it uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Its path.
    pub path: String,
    /// Its hash, as subresource integrity writes it (W3C SRI): `sha256-` and base64.
    pub integrity: String,
}
