//! Names for things: fixed-size identifiers, hashes, and the coarse clocks that a log may show.

use borsh::{BorshDeserialize, BorshSerialize};
use core::{fmt, str::FromStr};
use minicbor::{Decode, Encode};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// The text is not the lower-case hexadecimal of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $size:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, BorshSerialize, BorshDeserialize)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(with = "minicbor::bytes")] pub [u8; $size]);

        impl $name {
            /// Size in bytes.
            pub const SIZE: usize = $size;

            /// A fresh one from `rng`.
            pub fn random(rng: &mut (impl RngCore + CryptoRng)) -> Self {
                let mut bytes = [0; $size];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// The one in `bytes`, where they have the right length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let mut bytes = [0; $size];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAnId)?;
                (hex::encode(bytes) == text).then_some(Self(bytes)).ok_or(NotAnId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(from)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

id!(
    /// An account: somebody who signs in.
    AccountId, 16
);
id!(
    /// A log, which is a thread or a journal. A thread's is derived from its [`Token`].
    LogId, 16
);
id!(
    /// A group: a compartment of a unit, or a partner organisation.
    GroupId, 16
);
id!(
    /// One append, made by the client so that a retry is the same append.
    AppendId, 16
);
id!(
    /// A file that a concern comes with.
    AttachmentId, 16
);
id!(
    /// One draft of a concern, in whatever version.
    UnsentId, 16
);
id!(
    /// One parcel for a colleague: the same draft given again is another.
    ParcelId, 16
);
id!(
    /// A SHA-256 hash: 32 bytes.
    Hash, 32
);
id!(
    /// An Ed25519 public key (RFC 8032): 32 bytes.
    VerifyingKey, 32
);

impl AccountId {
    /// Stands for a group's recovery key where a wrap names whom it is for. No account has it, and no group takes it in.
    pub const RECOVERY: Self = Self([0; 16]);
}

impl Hash {
    /// What stands where nothing came before.
    pub const ZERO: Self = Self([0; 32]);

    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// SHA-256 of `parts`, each with its length before it, under a domain of its own: a hash made for one purpose
    /// never equals one made for another. Changing this changes every hash that Candour has written.
    pub fn domain(domain: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"candour/v1/");
        hash.update(domain.as_bytes());
        hash.update([0]);
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}

/// What opens a thread to the person who began it: 32 secret bytes, of which the server keeps nothing.
#[derive(
    Clone,
    PartialEq,
    Eq,
    Encode,
    Decode,
    BorshSerialize,
    BorshDeserialize,
    zeroize::Zeroize,
    zeroize::ZeroizeOnDrop,
)]
#[cbor(transparent)]
pub struct Token(#[cbor(with = "minicbor::bytes")] pub [u8; 32]);

impl Token {
    /// The thread that this token opens: the first 16 bytes of a hash, so that a row needs no column for it.
    pub fn log(&self) -> LogId {
        let hash = Hash::domain("thread", &[&self.0]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash.0[..16]);
        LogId(id)
    }
}

impl LogId {
    /// The journal of this thread: the first 16 bytes of a hash. With another name for it, cases have no past.
    #[must_use]
    pub fn journal(&self) -> Self {
        let hash = Hash::domain("journal", &[&self.0]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash.0[..16]);
        Self(id)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(..)")
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(from)?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.as_ref(), &mut bytes).map_err(D::Error::custom)?;
        Ok(Self(bytes))
    }
}

/// A day in UTC, counted from 1 January 1970: the finest time that the server writes beside a log.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    BorshSerialize,
    BorshDeserialize,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Day(#[n(0)] pub u32);

/// A minute in UTC, counted from 1 January 1970: the finest time that a sealed entry carries.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Encode,
    Decode,
    BorshSerialize,
    BorshDeserialize,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Minute(#[n(0)] pub u32);

impl Minute {
    /// The minute that holds `seconds` since 1970; the first and the last that fit stand for those outside.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(u32::try_from(seconds.max(0) / 60).unwrap_or(u32::MAX))
    }

    /// The day it falls on, in UTC.
    pub fn day(self) -> Day {
        Day(self.0 / (24 * 60))
    }

    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        i64::from(self.0) * 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_only_in_its_one_form() {
        let id = LogId([0xab; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse::<LogId>(), Err(NotAnId));
        assert_eq!("ab".parse::<LogId>(), Err(NotAnId));
    }

    #[test]
    fn a_hash_of_one_domain_is_not_that_of_another() {
        assert_ne!(Hash::domain("a", &[b"x"]), Hash::domain("b", &[b"x"]));
        assert_ne!(Hash::domain("a", &[b"xy"]), Hash::domain("a", &[b"x", b"y"]));
    }
}
