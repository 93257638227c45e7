//! From a password to two halves: one signs in, the other unlocks, and neither tells the other.
//!
//! `Argon2id` (RFC 9106, version 0x13) over the password with a salt made of deployment and sign-in name, so that nothing is
//! asked of the server first; then HKDF-SHA-256 (RFC 5869) under two names.

use crate::{id::Hash, refused::Refused};
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use minicbor::{Decode, Encode};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// How hard a password is to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Cost {
    /// Memory in KiB.
    #[n(0)]
    pub memory: u32,
    /// Passes over it.
    #[n(1)]
    pub passes: u32,
    /// Lanes.
    #[n(2)]
    pub lanes: u32,
}

impl Cost {
    /// Nothing is derived: for slots whose secret is random already.
    pub const NONE: Self = Self {
        memory: 0,
        passes: 0,
        lanes: 0,
    };
    /// What every client derives with. Changing it locks out everyone whose slot was made with another.
    pub const USUAL: Self = Self {
        memory: 128 << 10,
        passes: 3,
        lanes: 1,
    };
    /// What no client goes below, whoever asks. Lowering it lets a server ask for passwords that it can guess.
    pub const FLOOR: Self = Self {
        memory: 64 << 10,
        passes: 3,
        lanes: 1,
    };
    /// What no client goes above, so that a server cannot freeze a browser.
    pub const CEILING: Self = Self {
        memory: 512 << 10,
        passes: 8,
        lanes: 1,
    };

    /// # Errors
    /// [`Refused::WeakDerivation`] outside floor and ceiling.
    pub fn check(self) -> Result<(), Refused> {
        let within = |value, low, high| (low..=high).contains(&value);
        let fine = within(self.memory, Self::FLOOR.memory, Self::CEILING.memory)
            && within(self.passes, Self::FLOOR.passes, Self::CEILING.passes)
            && self.lanes == 1;
        fine.then_some(()).ok_or(Refused::WeakDerivation)
    }
}

/// The two halves.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Halves {
    /// Signs in: the server keeps its Argon2id hash.
    pub sign_in: [u8; 32],
    /// Unlocks a slot: it never leaves the vault.
    pub unlock: [u8; 32],
}

impl core::fmt::Debug for Halves {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Halves(..)")
    }
}

/// Derives both halves. Takes about half a second and `cost.memory` KiB.
///
/// # Errors
/// [`Refused::WeakDerivation`] where `cost` is outside its bounds.
pub fn derive(instance: Hash, name: &str, password: &[u8], cost: Cost) -> Result<Halves, Refused> {
    cost.check()?;
    let name = name.trim().to_ascii_lowercase();
    let salt = Hash::domain("password", &[&instance.0, name.as_bytes()]);
    let params =
        Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).map_err(|_| Refused::WeakDerivation)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password, &salt.0, &mut key)
        .map_err(|_| Refused::WeakDerivation)?;
    let halves = Halves {
        sign_in: expand(&key, "password/sign-in"),
        unlock: expand(&key, "password/unlock"),
    };
    key.zeroize();
    Ok(halves)
}

/// 32 bytes from `key` for one purpose.
pub(crate) fn expand(key: &[u8; 32], purpose: &str) -> [u8; 32] {
    let mut out = [0; 32];
    let info = [b"candour/v1/", purpose.as_bytes()].concat();
    // 32 bytes are one block of the hash: the length is always allowed.
    let _ = Hkdf::<Sha256>::new(None, key).expand(&info, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_differ_by_everything_that_goes_in() {
        let halves = |instance, name, password: &[u8]| derive(instance, name, password, Cost::FLOOR).unwrap();
        let one = halves(Hash::ZERO, "amy", b"secret");
        assert_eq!(one, halves(Hash::ZERO, " Amy ", b"secret"));
        assert_ne!(one.sign_in, one.unlock);
        assert_ne!(one, halves(Hash([1; 32]), "amy", b"secret"));
        assert_ne!(one, halves(Hash::ZERO, "bob", b"secret"));
        assert_ne!(one, halves(Hash::ZERO, "amy", b"Secret"));
    }

    #[test]
    fn the_floor_is_compiled_in() {
        for weak in [
            Cost {
                memory: 8,
                ..Cost::USUAL
            },
            Cost {
                memory: (64 << 10) - 1,
                ..Cost::USUAL
            },
            Cost {
                passes: 2,
                ..Cost::USUAL
            },
            Cost {
                lanes: 4,
                ..Cost::USUAL
            },
            Cost {
                memory: u32::MAX,
                ..Cost::USUAL
            },
            Cost {
                passes: u32::MAX,
                ..Cost::USUAL
            },
        ] {
            assert_eq!(
                derive(Hash::ZERO, "amy", b"x", weak),
                Err(Refused::WeakDerivation)
            );
        }
        assert_eq!(Cost::USUAL.check(), Ok(()));
    }
}
