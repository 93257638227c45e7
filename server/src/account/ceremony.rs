//! Challenges to passkeys. What one is answered with is kept in the session, for one answer and a few minutes.

use crate::{
    config::Origin,
    error::{Error, Result},
};
use app::error::AppError;
use protocol::id::{AccountId, Hash};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tower_sessions::Session;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    Url, Uuid, Webauthn, WebauthnBuilder,
};

/// Under what a session keeps it.
const KEY: &str = "ceremony";
/// For how many seconds.
const LIFE: i64 = 5 * 60;

/// What the answer is checked against.
#[derive(Serialize, Deserialize)]
enum Awaited {
    New(PasskeyRegistration),
    Own(PasskeyAuthentication),
    Any(DiscoverableAuthentication),
}

#[derive(Serialize, Deserialize)]
struct Ceremony {
    until: i64,
    awaited: Awaited,
}

/// Makes challenges, and checks what they are answered with.
pub struct Ceremonies(Option<Webauthn>);

/// A passkey that has answered.
pub(super) struct Answered {
    /// The hash of its id.
    pub(super) id: Hash,
    /// What checks its next answer, where that has changed.
    pub(super) changed: Option<String>,
}

impl Ceremonies {
    /// Those of the portal at `origin`. Where that is no host name, as on some test benches, no browser has passkeys.
    pub fn new(origin: &Origin) -> Self {
        let url = Url::parse(origin.as_str()).ok();
        let built = url.and_then(|url| {
            let builder = WebauthnBuilder::new(origin.host(), &url).ok()?;
            builder.rp_name(origin.host()).build().ok()
        });
        Self(built)
    }

    fn webauthn(&self) -> Result<&Webauthn> {
        self.0.as_ref().ok_or(AppError::NotFound.into())
    }

    /// A challenge for a new passkey of `account`, beside those that it has.
    pub(super) async fn begin_new(
        &self,
        session: &Session,
        (account, name): (AccountId, &str),
        present: &[Passkey],
        now: i64,
    ) -> Result<String> {
        let present = present.iter().map(|one| one.cred_id().clone()).collect();
        let begun = self.webauthn()?.start_passkey_registration(
            Uuid::from_bytes(account.0),
            name,
            name,
            Some(present),
        );
        let (challenge, state) = begun.map_err(|_| unmade())?;
        keep(session, Awaited::New(state), now).await?;
        // It has to be found without a name, so that signing in by it asks for none.
        let mut challenge = serde_json::to_value(challenge).map_err(|_| unmade())?;
        let selection = &mut challenge["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Ok(challenge["publicKey"].to_string())
    }

    /// The new passkey that answered.
    pub(super) async fn finish_new(&self, session: &Session, answer: &str, now: i64) -> Result<Passkey> {
        let Awaited::New(state) = take(session, now).await? else {
            return Err(AppError::NotFound.into());
        };
        let made = self
            .webauthn()?
            .finish_passkey_registration(&read(answer)?, &state);
        made.map_err(|_| AppError::WrongCode.into())
    }

    /// A challenge for these passkeys.
    pub(super) async fn begin_own(&self, session: &Session, own: &[Passkey], now: i64) -> Result<String> {
        let begun = self.webauthn()?.start_passkey_authentication(own);
        let (challenge, state) = begun.map_err(|_| AppError::NotFound)?;
        keep(session, Awaited::Own(state), now).await?;
        written(&challenge.public_key)
    }

    /// The one of them that answered.
    pub(super) async fn finish_own(
        &self,
        session: &Session,
        own: &[Passkey],
        answer: &str,
        now: i64,
    ) -> Result<Answered> {
        let Awaited::Own(state) = take(session, now).await? else {
            return Err(AppError::NotFound.into());
        };
        let checked = self
            .webauthn()?
            .finish_passkey_authentication(&read(answer)?, &state)
            .map_err(|_| AppError::WrongCode)?;
        let passkey = own.iter().find(|one| one.cred_id() == checked.cred_id());
        answered(passkey.ok_or(AppError::WrongCode)?.clone(), &checked)
    }

    /// A challenge for whichever passkey a device has.
    pub(super) async fn begin_any(&self, session: &Session, now: i64) -> Result<String> {
        let begun = self.webauthn()?.start_discoverable_authentication();
        let (challenge, state) = begun.map_err(|_| unmade())?;
        keep(session, Awaited::Any(state), now).await?;
        written(&challenge.public_key)
    }

    /// Whose passkey says that it has answered, and the hash of its id. Nothing is checked yet.
    pub(super) fn claimed(&self, answer: &str) -> Result<(AccountId, Hash)> {
        let credential = read(answer)?;
        let (account, id) = self
            .webauthn()?
            .identify_discoverable_authentication(&credential)
            .map_err(|_| AppError::WrongSignIn)?;
        Ok((AccountId(account.into_bytes()), Hash::of(id)))
    }

    /// Whether it was this one.
    pub(super) async fn finish_any(
        &self,
        session: &Session,
        passkey: &Passkey,
        answer: &str,
        now: i64,
    ) -> Result<Answered> {
        let Awaited::Any(state) = take(session, now).await? else {
            return Err(AppError::WrongSignIn.into());
        };
        let checked = self
            .webauthn()?
            .finish_discoverable_authentication_v2(&read(answer)?, state, passkey)
            .map_err(|_| AppError::WrongSignIn)?;
        answered(passkey.clone(), &checked)
    }
}

/// A count that does not grow is one of a copy: the library refuses it. Most devices count nothing.
fn answered(mut passkey: Passkey, checked: &AuthenticationResult) -> Result<Answered> {
    let changed = passkey.update_credential(checked) == Some(true);
    Ok(Answered {
        id: Hash::of(passkey.cred_id()),
        changed: changed.then(|| written(&passkey)).transpose()?,
    })
}

/// Anybody's session may keep one: it ends with it.
async fn keep(session: &Session, awaited: Awaited, now: i64) -> Result<()> {
    let until = now + LIFE;
    Ok(session.insert(KEY, Ceremony { until, awaited }).await?)
}

/// Second since 1970 at which a session ends that holds nothing else.
pub(crate) fn ends(data: &std::collections::HashMap<String, serde_json::Value>) -> Option<i64> {
    data.get(KEY)?.get("until")?.as_i64()
}

async fn take(session: &Session, now: i64) -> Result<Awaited> {
    let ceremony: Option<Ceremony> = session.remove(KEY).await?;
    let ceremony = ceremony.filter(|ceremony| ceremony.until > now);
    Ok(ceremony.ok_or(AppError::NotFound)?.awaited)
}

/// What somebody's browser sent.
fn read<T: DeserializeOwned>(answer: &str) -> Result<T> {
    serde_json::from_str(answer).map_err(|_| AppError::Invalid.into())
}

/// What checks a passkey's answers, as it is stored.
pub(super) fn stored(credential: &str) -> Result<Passkey> {
    serde_json::from_str(credential).map_err(|_| Error::Unfit("a passkey that cannot be read".into()))
}

pub(super) fn written(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| unmade())
}

fn unmade() -> Error {
    Error::Unfit("a challenge that cannot be made".into())
}
