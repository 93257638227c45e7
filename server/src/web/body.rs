//! Reading bodies: never more than is allowed, and never waiting long for the next piece.

use app::error::AppError;
use axum::body::{Body, Bytes};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use std::time::Duration;
use tower_http::timeout::TimeoutBody;

/// How long the portal waits for the next piece.
const STALL: Duration = Duration::from_secs(15);

/// The whole body, of at most `longest` bytes.
pub(super) async fn read(body: Body, longest: usize) -> Result<Bytes, AppError> {
    read_within(STALL, body, longest).await
}

async fn read_within(stall: Duration, body: Body, longest: usize) -> Result<Bytes, AppError> {
    let body = Limited::new(Box::pin(TimeoutBody::new(stall, body)), longest);
    match body.collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(AppError::TooLarge),
        Err(_) => Err(AppError::Invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        assert_eq!(read(Body::from("12345"), 5).await.unwrap(), "12345");
        assert_eq!(read(Body::from("123456"), 5).await, Err(AppError::TooLarge));
    }

    #[tokio::test]
    async fn a_body_that_stalls_is_given_up() {
        let stalled = Body::from_stream(Never);
        let read = read_within(Duration::from_millis(1), stalled, 5).await;
        assert_eq!(read, Err(AppError::Invalid));
    }

    /// A body of which nothing ever comes.
    struct Never;

    impl futures_core::Stream for Never {
        type Item = Result<Vec<u8>, std::io::Error>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Pending
        }
    }
}
