//! Second steps: what a person shows after the password, and again before what cannot be taken back.

use super::Session;
use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// What a session still lacks. Until then nothing else can be asked in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lacks {
    /// The password was right; the second step is to come.
    SecondStep,
    /// The account needs a second step and has none yet.
    SetUp,
}

/// The second steps that an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// Codes from an app, and backup codes.
    pub code: bool,
    /// Passkeys.
    pub passkey: bool,
}

impl Steps {
    /// Whether there is one.
    pub fn any(self) -> bool {
        self.code || self.passkey
    }
}

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// What it has.
    pub steps: Steps,
    /// Backup codes that were not used.
    pub backup_codes: u32,
    /// Whether the last one has to stay.
    pub needed: bool,
}

/// What an app makes codes from, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTotp {
    /// To be typed: base 32, in groups of four.
    pub secret: String,
    /// To be scanned.
    pub picture: Picture,
}

impl core::fmt::Debug for NewTotp {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("NewTotp(..)")
    }
}

/// A QR code: what is dark, on a square of `size` by `size`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its side.
    pub size: u32,
    /// The dark parts, as the path of an SVG.
    pub path: String,
}

/// What comes of setting up: a session that lacks nothing, and codes for when the app is lost, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// The session.
    pub session: Session,
    /// Backup codes.
    pub codes: Vec<String>,
}

impl core::fmt::Debug for SetUp {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("SetUp(..)")
    }
}

/// What somebody may ask whose password was right and whose second step is to come.
#[async_trait]
pub trait Threshold: Send + Sync {
    /// Takes a code from the app, or a backup code. Each is taken once.
    async fn second_step(&self, code: String) -> Result<Session, AppError>;
}

/// What a person may ask who sets up a second step, whether they have to or want to.
#[async_trait]
pub trait SettingUp: Send + Sync {
    /// Draws a secret for an app; nothing is stored before a code proves that the app has it. Only just after confirming.
    async fn begin_totp(&self) -> Result<NewTotp, AppError>;
    /// Takes a code made from the secret just drawn, and stores it in place of any other. Every other session ends.
    async fn finish_totp(&self, code: String) -> Result<SetUp, AppError>;
}

/// What a signed-in person may ask of their second step.
#[async_trait]
pub trait SecondSteps: Send + Sync {
    /// What there is.
    async fn factors(&self) -> Result<Factors, AppError>;
    /// Shows by a code that it is them: see [`super::Account::confirm`].
    async fn confirm_by_code(&self, code: String) -> Result<(), AppError>;
    /// Makes new backup codes; those before are void. Only just after confirming. Every other session ends.
    async fn renew_codes(&self) -> Result<Vec<String>, AppError>;
    /// Forgets the app and the backup codes. Only just after confirming. Every other session ends.
    async fn remove_totp(&self) -> Result<(), AppError>;
}

/// See [`Threshold::second_step`].
#[server(endpoint = "second_step", input = Json)]
pub async fn second_step(
    /// As typed.
    code: String,
) -> Result<Session, AppError> {
    crate::contract::<dyn Threshold>()?.second_step(code).await
}

/// See [`SettingUp::begin_totp`].
#[server(endpoint = "begin_totp", input = Json)]
pub async fn begin_totp() -> Result<NewTotp, AppError> {
    crate::contract::<dyn SettingUp>()?.begin_totp().await
}

/// See [`SettingUp::finish_totp`].
#[server(endpoint = "finish_totp", input = Json)]
pub async fn finish_totp(
    /// As typed.
    code: String,
) -> Result<SetUp, AppError> {
    crate::contract::<dyn SettingUp>()?.finish_totp(code).await
}

/// See [`SecondSteps::factors`].
#[server(endpoint = "factors", input = Json)]
pub async fn load_factors() -> Result<Factors, AppError> {
    crate::contract::<dyn SecondSteps>()?.factors().await
}

/// See [`SecondSteps::confirm_by_code`].
#[server(endpoint = "confirm_by_code", input = Json)]
pub async fn confirm_by_code(
    /// As typed.
    code: String,
) -> Result<(), AppError> {
    crate::contract::<dyn SecondSteps>()?.confirm_by_code(code).await
}

/// See [`SecondSteps::renew_codes`].
#[server(endpoint = "renew_codes", input = Json)]
pub async fn renew_codes() -> Result<Vec<String>, AppError> {
    crate::contract::<dyn SecondSteps>()?.renew_codes().await
}

/// See [`SecondSteps::remove_totp`].
#[server(endpoint = "remove_totp", input = Json)]
pub async fn remove_totp() -> Result<(), AppError> {
    crate::contract::<dyn SecondSteps>()?.remove_totp().await
}
