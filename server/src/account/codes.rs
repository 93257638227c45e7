//! Codes that somebody types after the password: from an app (RFC 6238), or from paper.

use crate::{
    clock::Random,
    error::{Error, Result},
};
use app::account::factor::{NewTotp, Picture};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use protocol::id::{AccountId, Hash};
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

const NONCE: usize = 24;
/// Bytes of what an app makes codes from.
const SECRET: usize = 20;
/// Seconds for which a code stands; the one before and the one after are taken too (RFC 6238, 5.2).
const STEP: u64 = 30;
/// Random bytes of a backup code: 24 letters and digits.
const BACKUP: usize = 15;
/// How many backup codes there are at first.
const BACKUPS: usize = 10;

/// Makes and checks codes. What apps make them from is stored sealed under its key.
pub struct Codes {
    key: Zeroizing<[u8; 32]>,
    /// Under what name an app lists the portal: its host.
    issuer: String,
}

/// What an app makes codes from, as it is stored.
pub(super) type Sealed = Vec<u8>;

impl Codes {
    /// Those of the deployment with this key, at `issuer`.
    pub fn new(key: Zeroizing<[u8; 32]>, issuer: String) -> Self {
        Self { key, issuer }
    }

    /// Draws what an app is to make codes from: as it is stored, and as it is shown.
    pub(super) fn draw(&self, account: AccountId, name: &str, random: &Random) -> Result<(Sealed, NewTotp)> {
        let secret = Zeroizing::new(random.bytes::<SECRET>());
        let sealed = self.seal(account, &*secret, random.bytes())?;
        let base32 = Zeroizing::new(totp(&*secret)?.secret().to_base32());
        let issuer = &self.issuer;
        let address = Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{name}?secret={}&issuer={issuer}",
            base32.as_str()
        ));
        let shown = NewTotp {
            secret: grouped(&base32),
            picture: picture(&address)?,
        };
        Ok((sealed, shown))
    }

    /// Whether `code` may be taken at `now` (seconds since 1970), where `spent` marks the last that was; gives its own mark.
    pub(super) fn check(
        &self,
        account: AccountId,
        sealed: &[u8],
        spent: &[u8],
        code: &str,
        now: i64,
    ) -> Result<Option<Vec<u8>>> {
        let secret = self.open(account, sealed)?;
        let now = u64::try_from(now).unwrap_or_default();
        let Some(step) = totp(&secret)?.check(code, now) else {
            return Ok(None);
        };
        // Codes are taken in the order of their times: neither the last one again, nor one from before it.
        let next = now / STEP + 1;
        let is_spent = (step..=next).any(|one| bool::from(self.mark(account, one).ct_eq(spent)));
        Ok((!is_spent).then(|| self.mark(account, step)))
    }

    /// What marks the code of one time.
    fn mark(&self, account: AccountId, step: u64) -> Vec<u8> {
        let mut mark = vec![0; 32];
        let info = [b"candour/v1/spent\0", &account.0[..], &step.to_be_bytes()[..]];
        // One block of output is always within the limit, so this cannot fail.
        let made = Hkdf::<Sha256>::new(None, &self.key[..]).expand_multi_info(&info, &mut mark);
        debug_assert!(made.is_ok());
        mark
    }

    fn seal(&self, account: AccountId, secret: &[u8], nonce: [u8; NONCE]) -> Result<Sealed> {
        let payload = Payload {
            msg: secret,
            aad: &account.0,
        };
        let sealed = XChaCha20Poly1305::new((&*self.key).into()).encrypt(XNonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| unfit())?;
        Ok([&nonce[..], &sealed].concat())
    }

    fn open(&self, account: AccountId, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(unfit)?;
        let payload = Payload {
            msg: sealed,
            aad: &account.0,
        };
        let opened = XChaCha20Poly1305::new((&*self.key).into()).decrypt(XNonce::from_slice(nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| unfit())
    }
}

fn unfit() -> Error {
    Error::Unfit("what an app makes codes from does not open with this key".into())
}

fn totp(secret: &[u8]) -> Result<Totp> {
    Builder::new().with_secret(secret).build().map_err(|_| unfit())
}

/// New backup codes, and what is stored of them.
pub(super) fn backup_codes(account: AccountId, random: &Random) -> (Vec<String>, Vec<Hash>) {
    let codes: Vec<_> = (0..BACKUPS)
        .map(|_| backup_code(&random.bytes::<BACKUP>()))
        .collect();
    let hashes = codes.iter().map(|code| hash(account, code)).collect();
    (codes, hashes)
}

/// What is stored of a backup code, in whatever case and spacing it is typed; nothing where it is none.
pub(super) fn backup_hash(account: AccountId, typed: &str) -> Option<Hash> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = Zeroizing::new(plain.to_ascii_uppercase());
    (plain.len() == BACKUP * 8 / 5).then(|| hash(account, &plain))
}

fn backup_code(bytes: &[u8; BACKUP]) -> String {
    grouped(&totp_rs::Secret::from(bytes.to_vec()).to_base32())
}

fn hash(account: AccountId, code: &str) -> Hash {
    let plain: Zeroizing<String> = Zeroizing::new(code.split('-').collect());
    Hash::domain("backup code", &[&account.0, plain.as_bytes()])
}

/// In groups of four, as people type.
fn grouped(text: &str) -> String {
    let chars: Vec<_> = text.chars().collect();
    let groups = chars.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

/// A QR code, row by row.
fn picture(text: &str) -> Result<Picture> {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| Error::Unfit("a name that no picture holds".into()))?;
    let side = code.size();
    let all = (0..side * side).map(|n| (n % side, n / side));
    let dark = all.filter(|(x, y)| code.get_module(*x, *y));
    let path = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
    Ok(Picture {
        size: u32::try_from(side + 2 * QUIET).unwrap_or_default(),
        path: path.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: AccountId = AccountId([1; 16]);
    const NOON: i64 = 1_700_000_000 / 30 * 30;

    fn codes() -> Codes {
        Codes::new(Zeroizing::new([7; 32]), "candour.test".into())
    }

    fn code_at(secret: &str, time: i64) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret.replace('-', "")).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        app.generate(u64::try_from(time).unwrap()).to_string()
    }

    #[test]
    fn a_code_is_taken_once_and_none_from_before_it() {
        let (codes, random) = (codes(), Random::from_system());
        let (sealed, shown) = codes.draw(ACCOUNT, "amy", &random).unwrap();
        let take = |spent: &[u8], code: i64, now: i64| {
            let code = code_at(&shown.secret, code);
            codes.check(ACCOUNT, &sealed, spent, &code, now).unwrap()
        };
        for drift in [-30, 0, 30] {
            assert!(take(&[], NOON + drift, NOON).is_some(), "{drift}");
        }
        for drift in [-60, 60] {
            assert!(take(&[], NOON + drift, NOON).is_none(), "{drift}");
        }
        let spent = take(&[], NOON, NOON).unwrap();
        assert!(take(&spent, NOON, NOON + 29).is_none(), "the same one");
        assert!(take(&spent, NOON - 30, NOON).is_none(), "one from before");
        assert!(take(&spent, NOON + 30, NOON).is_some(), "the next one");
        let ahead = take(&[], NOON + 30, NOON).unwrap();
        assert!(
            take(&ahead, NOON, NOON).is_none(),
            "one from before, when the last was ahead"
        );
    }

    #[test]
    fn what_is_stored_opens_for_its_account_and_key_alone() {
        let (sealed, shown) = codes().draw(ACCOUNT, "amy", &Random::from_system()).unwrap();
        let code = code_at(&shown.secret, NOON);
        let other = Codes::new(Zeroizing::new([8; 32]), String::new());
        assert!(
            codes()
                .check(AccountId([2; 16]), &sealed, &[], &code, NOON)
                .is_err()
        );
        assert!(other.check(ACCOUNT, &sealed, &[], &code, NOON).is_err());
        assert!(shown.picture.path.starts_with("M4 4h1v1h-1z"));
    }

    #[test]
    fn a_backup_code_reads_back_as_people_type() {
        let (all, hashes) = backup_codes(ACCOUNT, &Random::from_system());
        assert_eq!((all.len(), all[0].len()), (10, 29));
        let typed = format!(" {}\n", all[3].to_lowercase().replace('-', " "));
        assert_eq!(backup_hash(ACCOUNT, &typed), Some(hashes[3]));
        assert_ne!(backup_hash(AccountId([2; 16]), &typed), Some(hashes[3]));
        assert_eq!(backup_hash(ACCOUNT, "123456"), None);
    }
}
