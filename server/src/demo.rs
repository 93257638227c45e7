//! The demonstration: a portal of made-up people, whose passwords are printed.

use crate::{config, database::Database, error::Result};
use protocol::id::VerifyingKey;
use serde::Serialize;
use zeroize::Zeroizing;

/// The name of every demonstration.
const INSTANCE: &str = "demo.candour.invalid";

/// What serving a demonstration needs to know.
pub struct Demo {
    /// The instance's name.
    pub instance: String,
    /// The root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
    /// The seed of the key that signs receipts.
    pub receipt_seed: Zeroizing<[u8; 32]>,
    /// The neutral site that leaving leads to.
    pub exit: String,
    /// Who can sign in.
    pub sign_ins: Vec<SignIn>,
}

/// Somebody made up.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    /// The sign-in name.
    pub name: String,
    /// The password.
    pub password: String,
    /// What the account is for.
    pub role: String,
    /// The unit or organisation.
    pub place: String,
}

/// Makes the demonstration in an empty database, or opens the one that is there. A real portal's database is refused.
pub async fn make(database: &Database) -> Result<Demo> {
    database.claim(config::instance_hash(INSTANCE), true).await?;
    Ok(Demo {
        instance: INSTANCE.into(),
        roots: Vec::new(),
        threshold: 2,
        receipt_seed: Zeroizing::new([0; 32]),
        exit: "https://www.bbc.co.uk/weather".into(),
        sign_ins: Vec::new(),
    })
}
