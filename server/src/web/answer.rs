//! What a person is told, as a status: the one place for it.

use crate::error::Error;
use app::error::AppError;
use axum::{
    Json,
    body::{Body, to_bytes},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

/// A refusal or a fault, as the answer of a plain route.
#[derive(Debug)]
pub struct Answer(pub AppError);

impl From<Error> for Answer {
    fn from(error: Error) -> Self {
        Self(error.into())
    }
}

impl From<AppError> for Answer {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        with_retry(&self.0, (status(&self.0), Json(&self.0)).into_response())
    }
}

/// The status of an error.
pub fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::SignedOut | AppError::WrongSignIn | AppError::WrongCode => StatusCode::UNAUTHORIZED,
        AppError::Forbidden | AppError::Suspended | AppError::Unconfirmed => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Conflict | AppError::NameTaken => StatusCode::CONFLICT,
        AppError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        AppError::Invalid => StatusCode::BAD_REQUEST,
        AppError::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Busy { .. } | AppError::Offline => StatusCode::SERVICE_UNAVAILABLE,
        AppError::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Gives the answer of a server function the status of its error; by itself it would be 500 whatever happened. A function
/// that finds no capability says "signed out"; to somebody who is signed in that means "not yours to do". The error is left with the answer,
/// for whoever hands it on.
pub async fn of_function(response: Response, signed_in: bool) -> Response {
    /// Longer than any error.
    const LONGEST: usize = 4096;
    if response.headers().get(SERVER_FN_ERROR_HEADER).is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST).await.unwrap_or_default();
    let error = match serde_json::from_slice(&bytes) {
        Ok(AppError::SignedOut) if signed_in => AppError::Forbidden,
        Ok(error) => error,
        Err(_) => AppError::Internal,
    };
    parts.status = status(&error);
    parts.headers.remove(CONTENT_LENGTH);
    let body = serde_json::to_vec(&error).unwrap_or_default();
    let mut response = with_retry(&error, Response::from_parts(parts, Body::from(body)));
    response.extensions_mut().insert(error);
    response
}

fn with_retry(error: &AppError, mut response: Response) -> Response {
    if let AppError::Busy { seconds } | AppError::TooOften { seconds } = error {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}
