//! Browsers that have signed in before: a signed cookie that names neither account nor person.

use crate::{clock::Random, web::cookie};
use axum::http::HeaderMap;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

const NONCE: usize = 16;
const TAG: usize = 32;
/// Days until a browser is forgotten.
const DAYS: u32 = 180;

/// A browser: the random half of its cookie.
pub(super) type Device = [u8; NONCE];

/// Makes and knows device cookies.
pub struct Devices {
    key: Zeroizing<[u8; 32]>,
    cookie: cookie::Place,
}

impl Devices {
    /// Those of the deployment with this key.
    pub fn new(key: Zeroizing<[u8; 32]>, cookie: cookie::Place) -> Self {
        Self { key, cookie }
    }

    /// The browser, where it has signed in to this very account before.
    pub fn known(&self, headers: &HeaderMap, name: &str) -> Option<Device> {
        let value = cookie::read(headers, self.cookie.name("device"))?;
        let bytes = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, tag) = bytes.split_at_checked(NONCE)?;
        let nonce = nonce.try_into().ok()?;
        bool::from(self.tag(name, nonce).ct_eq(tag)).then_some(nonce)
    }

    /// Gives the browser a cookie with the answer to this request.
    pub fn remember(&self, name: &str, random: &Random) {
        let nonce: Device = random.bytes();
        let value = URL_SAFE_NO_PAD.encode([&nonce[..], &self.tag(name, nonce)].concat());
        cookie::set(&self.cookie.kept("device", &value, DAYS));
    }

    fn tag(&self, name: &str, nonce: Device) -> [u8; TAG] {
        let mut tag = [0; TAG];
        let info = [b"candour/v1/device\0", &nonce[..], name.as_bytes()];
        // One block of output is always within the limit, so this cannot fail.
        let made = Hkdf::<Sha256>::new(None, &self.key[..]).expand_multi_info(&info, &mut tag);
        debug_assert!(made.is_ok());
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, header::COOKIE};

    #[test]
    fn a_cookie_is_good_for_one_account_and_one_deployment() {
        let devices = |key| Devices::new(Zeroizing::new([key; 32]), cookie::Place { secure: true });
        let one = devices(1);
        let value = URL_SAFE_NO_PAD.encode([&[9; NONCE][..], &one.tag("amy", [9; NONCE])].concat());
        let mut headers = HeaderMap::new();
        headers.insert(
            COOKIE,
            HeaderValue::from_str(&format!("a=b; __Host-device={value}")).unwrap(),
        );
        assert_eq!(one.known(&headers, "amy"), Some([9; NONCE]));
        assert_eq!(one.known(&headers, "ben"), None);
        assert_eq!(devices(2).known(&headers, "amy"), None);
        headers.insert(COOKIE, HeaderValue::from_static("__Host-device=AAAA"));
        assert_eq!(one.known(&headers, "amy"), None);
    }
}
