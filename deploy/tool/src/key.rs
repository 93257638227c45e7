//! A root key's file: the 64 hexadecimal digits of its seed, in an age file that its passphrase opens (`age -d` does too), or
//! unprotected for tests and demonstrations.

use crate::{
    file::{self, Readers},
    terminal,
};
use age::secrecy::SecretString;
use anyhow::{Context as _, Result, bail};
use protocol::{id::VerifyingKey, signed::SigningKey, words};
use rand_core::{CryptoRng, RngCore};
use std::{
    io::{Read as _, Write as _},
    path::Path,
};
use zeroize::Zeroizing;

/// How hard a passphrase is to try: 2^18 rounds of scrypt take about a second and 256 MiB.
const WORK: u8 = 18;
/// What is refused when a file asks for more, so that it cannot stop the machine.
const MOST_WORK: u8 = 22;
const AGE: &[u8] = b"age-encryption.org/v1\n";

/// Makes a key and its file, which `passphrase` opens where there is one; gives its public half.
pub(crate) fn make(
    path: &Path,
    passphrase: Option<&str>,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<VerifyingKey> {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *seed);
    let text = Zeroizing::new(format!("{}\n", Zeroizing::new(hex::encode(*seed)).as_str()));
    let bytes = match passphrase {
        Some(passphrase) => protect(text.as_bytes(), passphrase)?,
        None => text.as_bytes().to_vec(),
    };
    file::create(path, &Zeroizing::new(bytes), Readers::Owner)?;
    Ok(SigningKey::from_seed(*seed).verifying())
}

/// Reads a key, asking for its passphrase where it has one.
pub(crate) fn read(path: &Path) -> Result<SigningKey> {
    let name = path.display();
    let mut bytes = Zeroizing::new(file::read(path)?);
    if bytes.starts_with(AGE) {
        let passphrase = terminal::ask(&format!("The six words that open {name}: "))?;
        bytes = open(&bytes, &passphrase).with_context(|| format!("{name} stays closed"))?;
    }
    let mut seed = Zeroizing::new([0; 32]);
    hex::decode_to_slice(bytes.trim_ascii(), &mut *seed)
        .ok()
        .with_context(|| format!("{name} is not a root key; give the file that `roots new` made"))?;
    Ok(SigningKey::from_seed(*seed))
}

/// Six words for a public key, to compare on a screen and on paper.
pub(crate) fn fingerprint(key: VerifyingKey) -> String {
    words::of_key(key).join(" ")
}

fn protect(text: &[u8], passphrase: &str) -> Result<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))?;
    let mut out = Vec::new();
    let mut writer = encryptor.wrap_output(&mut out)?;
    writer.write_all(text)?;
    writer.finish()?;
    Ok(out)
}

fn open(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = "the file is damaged; take another copy of it";
    let decryptor = age::Decryptor::new_buffered(file).ok().context(damaged)?;
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let Ok(mut reader) = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)) else {
        bail!("these are not its six words; try again")
    };
    let mut text = Zeroizing::new(Vec::with_capacity(256));
    reader.read_to_end(&mut text).ok().context(damaged)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_passphrase_opens_it() {
        let file = protect(b"secret", "one two").unwrap();
        assert!(file.starts_with(AGE));
        assert_eq!(**open(&file, "one two").unwrap(), *b"secret");
        assert!(
            open(&file, "one three")
                .unwrap_err()
                .to_string()
                .contains("six words")
        );
        assert!(open(&file[..file.len() - 1], "one two").is_err());
    }
}
