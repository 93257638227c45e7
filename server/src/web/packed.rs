//! Bytes that are the same for everyone, with their compressed forms.

use crate::error::{Error, Result};
use axum::{
    body::Bytes,
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use std::io::Write as _;

/// Brotli's effort, 0 to 11: pages are compressed at every start, so this is a fast one.
const BROTLI: u32 = 5;
/// Brotli's window, as a power of two.
const BROTLI_WINDOW: u32 = 20;
const BUFFER: usize = 4096;

/// Bytes in up to three forms.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Their type.
    pub kind: &'static str,
    /// As they are.
    pub plain: Bytes,
    /// In Brotli.
    pub brotli: Option<Bytes>,
    /// In gzip.
    pub gzip: Option<Bytes>,
}

impl Packed {
    /// Compresses.
    pub fn new(kind: &'static str, plain: Vec<u8>) -> Result<Self> {
        let failed = |error| Error::File("a page could not be compressed".into(), error);
        let (brotli, gzip) = (brotli(&plain).map_err(failed)?, gzip(&plain).map_err(failed)?);
        Ok(Self {
            kind,
            plain: plain.into(),
            brotli: Some(brotli),
            gzip: Some(gzip),
        })
    }

    /// In the best form that the request accepts.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let (encoding, bytes) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => (Some("br"), brotli),
            (_, Some(gzip)) if accepts(request, "gzip") => (Some("gzip"), gzip),
            _ => (None, &self.plain),
        };
        let mut response = bytes.clone().into_response();
        let mut set = |name: HeaderName, value| {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value))
        };
        set(CONTENT_TYPE, self.kind);
        set(VARY, "accept-encoding");
        if let Some(encoding) = encoding {
            set(CONTENT_ENCODING, encoding);
        }
        response
    }
}

fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let lines = request
        .get_all(ACCEPT_ENCODING)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|part| {
        let mut words = part.split(';').map(str::trim);
        let refused = |weight: &str| weight.replace(' ', "").trim_end_matches(['0', '.']) == "q=";
        words.next() == Some(encoding) && !words.any(refused)
    })
}

fn brotli(plain: &[u8]) -> std::io::Result<Bytes> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI, BROTLI_WINDOW);
    out.write_all(plain)?;
    out.flush()?;
    Ok(out.into_inner().into())
}

fn gzip(plain: &[u8]) -> std::io::Result<Bytes> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(plain)?;
    Ok(out.finish()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_used_only_where_it_is_accepted() {
        let accepts = |line: &'static str, encoding| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(line));
            accepts(&headers, encoding)
        };
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5, gzip", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("br; q=0.000", "br"));
        assert!(!accepts("gzip", "br"));
        assert!(!accepts("", "gzip"));
    }
}
