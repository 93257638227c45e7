//! Mail addresses as they are kept: sealed, so that a copy of the database names nobody by them.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use lettre::Address;
use zeroize::Zeroizing;

/// Bytes that are random and go before what is sealed.
const NONCE: usize = 24;
/// Bytes to which an address is padded: one more than the longest that mail takes (RFC 5321, 4.5.3.1.3).
const PADDED: usize = 255;

/// Seals and opens mail addresses.
pub struct Addresses(Zeroizing<[u8; 32]>);

impl Addresses {
    /// With this key.
    pub fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    /// Seals an address to what it is kept `beside`; nothing where it is too long.
    pub(super) fn seal(&self, beside: &[u8; 16], address: &Address, nonce: [u8; NONCE]) -> Option<Vec<u8>> {
        let mut padded: Zeroizing<Vec<u8>> = Zeroizing::new(AsRef::<str>::as_ref(address).into());
        if padded.len() >= PADDED {
            return None;
        }
        padded.resize(PADDED, 0);
        let payload = Payload {
            msg: &padded,
            aad: beside,
        };
        let sealed = self.cipher().encrypt(XNonce::from_slice(&nonce), payload).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// Opens it; nothing where it was sealed with another key, or to something else.
    pub(super) fn open(&self, beside: &[u8; 16], sealed: &[u8]) -> Option<Address> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let payload = Payload {
            msg: sealed,
            aad: beside,
        };
        let padded = self.cipher().decrypt(XNonce::from_slice(nonce), payload);
        let padded = Zeroizing::new(padded.ok()?);
        let text = core::str::from_utf8(&padded).ok()?;
        text.trim_end_matches('\0').parse().ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMY: [u8; 16] = [1; 16];

    fn addresses(key: u8) -> Addresses {
        Addresses::new(Zeroizing::new([key; 32]))
    }

    #[test]
    fn an_address_opens_beside_its_account_with_its_key_alone() {
        let address: Address = "amy@example.org".parse().unwrap();
        let sealed = addresses(7).seal(&AMY, &address, [9; 24]).unwrap();
        assert_eq!(addresses(7).open(&AMY, &sealed), Some(address));
        assert_eq!(addresses(8).open(&AMY, &sealed), None);
        assert_eq!(addresses(7).open(&[2; 16], &sealed), None);
        assert_eq!(addresses(7).open(&AMY, &[]), None);
    }

    #[test]
    fn all_are_as_long_and_none_is_too_long() {
        let sealed = |name: usize| {
            let address = Address::new("a".repeat(name), format!("{}.example", "b.".repeat(96) + "b"));
            addresses(7).seal(&AMY, &address.unwrap(), [9; 24])
        };
        assert_eq!(sealed(1).unwrap().len(), sealed(50).unwrap().len());
        assert_eq!(sealed(60), None);
    }
}
