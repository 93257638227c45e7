//! Accounts: who signs in, and the sealed keys that only they can open.

mod change_password;
mod code_form;
pub(crate) mod desk;
pub mod factor;
mod few_codes;
mod fresh;
mod gate;
mod last_used;
mod limits;
mod new_password;
pub(crate) mod new_password_form;
mod opening;
pub mod passkey;
mod passkey_button;
mod passkey_form;
mod passkeys;
mod password_form;
pub(crate) mod recovery_code;
mod remembered;
pub mod reset;
mod resets;
mod second_step;
mod session_watch;
mod set_up;
mod settings;
mod sign_in;
mod sign_out;
mod step_up;
pub(crate) mod submit;
mod two_step;

pub(crate) use change_password::ChangePasswordPage;
pub(crate) use few_codes::{codes_task, few_codes};
pub(crate) use gate::Gate;
pub(crate) use last_used::LastUsed;
pub(crate) use passkeys::PasskeysPage;
pub(crate) use recovery_code::RecoveryCodePage;
pub(crate) use resets::ResetsPage;
pub(crate) use session_watch::SessionWatch;
pub(crate) use settings::AccountPage;
pub(crate) use sign_in::{RecoverPage, SignInPage};
pub(crate) use sign_out::{EndedPage, SignOutPage};
pub(crate) use step_up::StepUp;
pub(crate) use two_step::{NoTwoStepPage, TwoStepPage};

use crate::{bytes::Bytes, error::AppError};
use async_trait::async_trait;
use factor::{Lacks, Steps};
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{
    id::{AccountId, Day, Hash},
    slot::SlotKind,
};
use serde::{Deserialize, Serialize};

/// What an account is for. One each: nobody reports and assesses with the same account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Tells a unit of a concern.
    Practitioner,
    /// Opens and answers concerns for a unit.
    Assessor,
    /// Brings organisations and units on board; reads nothing.
    Administrator,
}

/// A way to open an account's keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By a password.
    #[default]
    Password,
    /// By a passkey that computes a secret for this portal.
    Passkey,
    /// By twelve words on paper.
    RecoveryCode,
}

impl From<SlotKind> for Way {
    fn from(kind: SlotKind) -> Self {
        match kind {
            SlotKind::Password => Self::Password,
            SlotKind::Passkey => Self::Passkey,
            SlotKind::RecoveryCode => Self::RecoveryCode,
        }
    }
}

/// A way to open an account's keys, to be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWay {
    /// How it opens.
    pub way: Way,
    /// The keyring's key, sealed.
    pub sealed: Bytes,
    /// The 32 bytes that sign in by it, where they are new. Otherwise what is stored for this way stays.
    pub secret: Option<Bytes>,
}

/// A session of an account, among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// What it is kept under. It signs nobody in.
    pub id: Hash,
    /// Seconds since it began, roughly.
    pub age_seconds: u32,
    /// Seconds since something was last done in it, roughly.
    pub quiet_seconds: u32,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// A session as the browser sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The account.
    pub account: AccountId,
    /// The sign-in name.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// Seconds without a request after which the session ends.
    pub idle_seconds: u32,
    /// Seconds until it ends whatever happens.
    pub remaining_seconds: u32,
    /// What it still lacks before anything else can be asked.
    pub lacks: Option<Lacks>,
    /// The second steps that the account has.
    pub steps: Steps,
    /// Days until the account needs one, where it will and has none.
    pub due_days: Option<u32>,
    /// The day on which the account that had this name before was reset, where there was one.
    pub reset: Option<Day>,
}

/// The sealed keys of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// Each opens the keyring's key in its own way (a password, a recovery code, ...).
    pub slots: Vec<Bytes>,
    /// The sealed keyring.
    pub keyring: Bytes,
    /// How often the keyring was written.
    pub version: u32,
}

/// What anybody may ask.
#[async_trait]
pub trait Door: Send + Sync {
    /// Starts a session. `secret` is 32 bytes that the browser derived; it opens nothing but this door.
    async fn sign_in(&self, name: String, secret: Bytes, way: Way) -> Result<Session, AppError>;
    /// Ends the session, if there is one.
    async fn sign_out(&self) -> Result<(), AppError>;
    /// The session, if there is one, which this keeps alive. It may lack something.
    async fn session(&self) -> Result<Option<Session>, AppError>;
}

/// What a signed-in person may ask of their own account.
#[async_trait]
pub trait Account: Send + Sync {
    /// The sealed keys.
    async fn keys(&self) -> Result<Keys, AppError>;
    /// Replaces the keyring by its next version, which must be one more than what is stored.
    async fn store_keyring(&self, version: u32, keyring: Bytes) -> Result<(), AppError>;
    /// Shows again that it is them: for a few minutes they may change what else would be refused as unconfirmed. Where there is a
    /// second step, the secret is checked and only that step confirms.
    async fn confirm(&self, secret: Bytes, way: Way) -> Result<(), AppError>;
    /// Replaces the keyring and every way to open it; every other session ends. Only just after confirming.
    async fn store_ways(&self, version: u32, keyring: Bytes, ways: Vec<NewWay>) -> Result<(), AppError>;
    /// Where the account is signed in.
    async fn sessions(&self) -> Result<Vec<Elsewhere>, AppError>;
    /// Ends one of its sessions. Only just after confirming.
    async fn end_session(&self, id: Hash) -> Result<(), AppError>;
}

/// See [`Door::sign_in`].
#[server(endpoint = "sign_in", input = Json)]
pub async fn sign_in(
    /// The sign-in name.
    name: String,
    /// 32 bytes derived from the password, or from the recovery code.
    secret: Bytes,
    /// Which of the two.
    #[server(default)]
    way: Way,
) -> Result<Session, AppError> {
    crate::contract::<dyn Door>()?.sign_in(name, secret, way).await
}

/// See [`Door::sign_out`].
#[server(endpoint = "sign_out", input = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    crate::contract::<dyn Door>()?.sign_out().await
}

/// See [`Door::session`].
#[server(endpoint = "session", input = Json)]
pub async fn load_session() -> Result<Option<Session>, AppError> {
    crate::contract::<dyn Door>()?.session().await
}

/// See [`Account::keys`].
#[server(endpoint = "keys", input = Json)]
pub async fn load_keys() -> Result<Keys, AppError> {
    crate::contract::<dyn Account>()?.keys().await
}

/// See [`Account::store_keyring`].
#[server(endpoint = "store_keyring", input = Json)]
pub async fn store_keyring(
    /// One more than what is stored.
    version: u32,
    /// The sealed bytes.
    keyring: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn Account>()?
        .store_keyring(version, keyring)
        .await
}

/// See [`Account::confirm`].
#[server(endpoint = "confirm", input = Json)]
pub async fn confirm(
    /// 32 bytes derived from the password, or from the recovery code.
    secret: Bytes,
    /// Which of the two.
    #[server(default)]
    way: Way,
) -> Result<(), AppError> {
    crate::contract::<dyn Account>()?.confirm(secret, way).await
}

/// See [`Account::store_ways`].
#[server(endpoint = "store_ways", input = Json)]
pub async fn store_ways(
    /// One more than what is stored.
    version: u32,
    /// The sealed bytes.
    keyring: Bytes,
    /// All of them, in the order of the keyring.
    ways: Vec<NewWay>,
) -> Result<(), AppError> {
    crate::contract::<dyn Account>()?
        .store_ways(version, keyring, ways)
        .await
}

/// See [`Account::sessions`].
#[server(endpoint = "sessions", input = Json)]
pub async fn load_sessions() -> Result<Vec<Elsewhere>, AppError> {
    crate::contract::<dyn Account>()?.sessions().await
}

/// See [`Account::end_session`].
#[server(endpoint = "end_session", input = Json)]
pub async fn end_session(
    /// What it is kept under.
    id: Hash,
) -> Result<(), AppError> {
    crate::contract::<dyn Account>()?.end_session(id).await
}
