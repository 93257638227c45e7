//! Who approves what needs no root: partners' first links, and checkpoints.

use crate::id::{Hash, VerifyingKey};

/// How many administrators have to sign. Fewer, and one alone could put an organisation on board.
pub const NEEDED: usize = 2;

/// Two of the administrators whom a directory lists; or the directory itself, for what was signed by some whom it lists no longer.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    /// The administrators' keys.
    pub administrators: &'a [VerifyingKey],
    /// Hashes of what stands, whoever signed it.
    pub standing: &'a [Hash],
}

impl Approval<'_> {
    /// Whether what has this hash and these signers, each once, is approved; `may` says who else may sign it beside administrators.
    pub fn covers(&self, hash: Hash, signers: &[VerifyingKey], may: impl Fn(&VerifyingKey) -> bool) -> bool {
        let (approving, others): (Vec<&VerifyingKey>, Vec<&VerifyingKey>) =
            signers.iter().partition(|key| self.administrators.contains(key));
        let signed = approving.len() >= NEEDED && others.into_iter().all(may);
        signed || self.standing.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: Hash = Hash([9; 32]);

    fn key(n: u8) -> VerifyingKey {
        VerifyingKey([n; 32])
    }

    fn covers(standing: &[Hash], signers: &[u8]) -> bool {
        let approval = Approval {
            administrators: &[1, 2, 3].map(key),
            standing,
        };
        let signers: Vec<_> = signers.iter().copied().map(key).collect();
        approval.covers(HASH, &signers, |other| *other == key(7))
    }

    #[test]
    fn two_administrators_and_whoever_may_beside_them() {
        for (approved, signers) in [
            (true, &[1, 3][..]),
            (true, &[1, 2, 7]),
            (false, &[1]),
            (false, &[1, 7]),
            (false, &[1, 2, 8]),
            (false, &[]),
        ] {
            assert_eq!(covers(&[], signers), approved, "{signers:?}");
        }
    }

    #[test]
    fn what_stands_does_whoever_signed_it_and_nothing_else_does() {
        assert!(covers(&[Hash::ZERO, HASH], &[4, 5]));
        assert!(!covers(&[Hash::ZERO], &[4, 5]));
    }
}
