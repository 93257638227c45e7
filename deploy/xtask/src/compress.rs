//! Smaller copies of what is served, made once here so that the server makes none.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::Quality;

/// Compresses with brotli: as far as it goes for release, quickly otherwise.
pub(crate) fn brotli(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let quality = if quality == Quality::Release { 11 } else { 5 };
    let parameters = BrotliEncoderParams {
        quality,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut smaller = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut smaller, &parameters)?;
    Ok(smaller)
}

/// Compresses with gzip, for the few that cannot read brotli.
pub(crate) fn gzip(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = if quality == Quality::Release {
        Compression::best()
    } else {
        Compression::fast()
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const TEXT: &[u8] = b"Tell the right unit. Tell the right unit. Tell the right unit.";

    #[test]
    fn brotli_gives_back_what_it_was_given() {
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(TEXT, Quality::Development).unwrap(), &mut back).unwrap();
        assert_eq!(back, TEXT);
    }

    #[test]
    fn gzip_gives_back_what_it_was_given() {
        let mut back = Vec::new();
        let smaller = gzip(TEXT, Quality::Development).unwrap();
        flate2::read::GzDecoder::new(&*smaller)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, TEXT);
    }
}
