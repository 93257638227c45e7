//! Hashes as people compare them: six words to read aloud, and short references.

use crate::id::{Hash, LogId, VerifyingKey};
use rand_core::{CryptoRng, RngCore};
use zeroize::Zeroizing;

/// The BIP 39 English list, a word on each line, in order. As a text and not as the library's array, which makes a browser load the place
/// and length of every word too.
const LIST: &str = include_str!("words.txt");
const COUNT: usize = 2_048;

/// The word of eleven bits.
pub(crate) fn word(number: usize) -> &'static str {
    LIST.lines().nth(number % COUNT).unwrap_or_default()
}

/// The eleven bits of a word on the list.
pub(crate) fn number(word: &str) -> Option<usize> {
    LIST.lines().position(|one| one == word)
}

/// Six words of the BIP 39 English list: 66 bits of the hash, so that finding another hash with the same words costs 2^66.
pub fn fingerprint(hash: Hash) -> Vec<String> {
    let bits = hash.0[..9]
        .iter()
        .fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    (0..6)
        .map(|n| word((bits >> (72 - 11 * (n + 1)) & 0x7ff) as usize).to_owned())
        .collect()
}

/// Six words of a public key: the same on every page, and in the native tool.
pub fn of_key(key: VerifyingKey) -> Vec<String> {
    fingerprint(Hash::of(&key.0))
}

/// Six words of the same list, drawn anew: a passphrase of 66 bits.
pub fn passphrase(rng: &mut (impl RngCore + CryptoRng)) -> Zeroizing<String> {
    let mut words = Zeroizing::new(String::with_capacity(6 * 9));
    for n in 0..6 {
        if n > 0 {
            words.push(' ');
        }
        // 2,048 divides 2^32: every word is as likely as every other.
        words.push_str(word(rng.next_u32() as usize));
    }
    words
}

/// The 32 symbols of Crockford's base 32: no I, L, O or U, so that none is mistaken for another.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A thread's short name: seven symbols of a hash of its id and one that checks them, such as `4F7K-9QMD`. It tells nothing
/// of force, person or day, and is not in any row.
pub fn reference(log: LogId) -> String {
    let hash = Hash::domain("reference", &[&log.0]);
    let bits = hash.0[..5]
        .iter()
        .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte))
        >> 5;
    let values: Vec<u64> = (0..7).map(|n| bits >> (5 * (6 - n)) & 31).collect();
    // Odd weights are invertible modulo 32: every single wrong symbol changes the check.
    let check = values
        .iter()
        .zip((1..).step_by(2))
        .map(|(value, weight)| value * weight)
        .sum::<u64>()
        % 32;
    let text: String = values
        .iter()
        .chain([&check])
        .map(|value| SYMBOLS[usize::try_from(*value).unwrap_or(0)] as char)
        .collect();
    format!("{}-{}", &text[..4], &text[4..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    #[test]
    fn the_list_is_that_of_bip_39() {
        let list = bip39::Language::English.word_list();
        assert_eq!(LIST.lines().collect::<Vec<_>>(), list);
        for (at, one) in list.iter().enumerate() {
            assert_eq!((word(at), number(one)), (*one, Some(at)));
        }
        assert_eq!((word(COUNT), number("")), (list[0], None));
    }

    #[test]
    fn words_and_references_are_frozen() {
        assert_eq!(fingerprint(Hash::ZERO), vec!["abandon"; 6]);
        assert_eq!(fingerprint(Hash([255; 32])), vec!["zoo"; 6]);
        assert_eq!(reference(LogId([1; 16])).len(), 9);
        assert_ne!(reference(LogId([1; 16])), reference(LogId([2; 16])));
    }

    #[test]
    fn a_passphrase_is_six_words_of_the_list_and_another_each_time() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let (one, two) = (passphrase(&mut rng), passphrase(&mut rng));
        let known = |word| bip39::Language::English.find_word(word).is_some();
        assert_eq!(one.split(' ').filter(|word| known(word)).count(), 6);
        assert_ne!(one, two);
    }
}
