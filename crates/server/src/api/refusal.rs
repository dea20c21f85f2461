//! What goes wrong, for programs: the same status and sentence in JSON.

use crate::fault::Sentence;
use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

/// Turns a fault's page into JSON.
pub(crate) async fn as_json(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<Sentence>() {
        Some(Sentence(sentence)) => {
            let status = response.status();
            (status, Json(json!({ "status": status.as_u16(), "sentence": sentence })))
                .into_response()
        }
        None => response,
    }
}
