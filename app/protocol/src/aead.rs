//! Symmetric sealing with a context: `XChaCha20-Poly1305` (draft-irtf-cfrg-xchacha), a random 24-byte nonce before the
//! ciphertext and its 16-byte tag.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Seals `plaintext` so that it opens only with the same `key` and the same `context`.
pub(crate) fn seal(
    key: &[u8; 32],
    context: &[u8],
    plaintext: &[u8],
    rng: &mut (impl RngCore + CryptoRng),
) -> Vec<u8> {
    let mut out = vec![0; NONCE];
    rng.fill_bytes(&mut out);
    let payload = Payload {
        msg: plaintext,
        aad: context,
    };
    // The cipher refuses only lengths over 256 GiB; nothing opens from a nonce alone.
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(&out), payload);
    out.extend(sealed.unwrap_or_default());
    out
}

/// Opens what [`seal`] made; nothing where a byte, the key or the context is another.
pub(crate) fn open(key: &[u8; 32], context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let payload = Payload {
        msg: sealed,
        aad: context,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), payload)
        .ok()
        .map(Zeroizing::new)
}
