//! What goes wrong, as a page: a status, a sentence, no inner words.

use crate::casebooks::Unavailable;
use crate::frame::Frame;
use crate::secret::SecretError;
use askama::Template;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use case::Refused;
use store::{ActError, StoreError};

/// Why a request is not answered as asked.
#[derive(Debug)]
pub(crate) struct Fault {
    status: StatusCode,
    sentence: String,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    frame: Frame,
    status: u16,
    sentence: String,
}

impl Fault {
    pub(crate) fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }

    /// There is nothing here, or nothing that this reader may know of: both look alike.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such page, or none that you may see.")
    }

    /// Something within failed; the log of the program tells more.
    fn inner(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        if store::is_full(error) {
            let sentence = "The disk is full: whoever keeps this server has to free some space. Nothing was changed.";
            return Self::new(StatusCode::INSUFFICIENT_STORAGE, sentence);
        }
        let sentence = "Something failed here. Nothing was changed; the program's log says more.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, sentence)
    }
}

/// The sentence of a fault, beside its page: for answers in another form.
#[derive(Clone, Debug)]
pub(crate) struct Sentence(pub(crate) String);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, sentence) = (self.status, self.sentence);
        let frame = Frame::bare("Not done");
        let page = FaultPage { frame, status: status.as_u16(), sentence: sentence.clone() };
        let text = page.render().unwrap_or_else(|_| sentence.clone());
        (status, Extension(Sentence(sentence)), Html(text)).into_response()
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::inner(&error)
    }
}

impl From<SecretError> for Fault {
    fn from(error: SecretError) -> Self {
        Self::inner(&error)
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::inner(&error)
    }
}

impl From<tokio::task::JoinError> for Fault {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::inner(&error)
    }
}

impl From<Unavailable> for Fault {
    fn from(unavailable: Unavailable) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, unavailable.0)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        // What is unclear is so whatever was done before; all else cannot follow that.
        let status = match refused {
            Refused::Unclear(_) | Refused::Wrong(_) | Refused::NoWarning(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, format!("That cannot be done: {refused}."))
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refused) => refused.into(),
            other => Self::inner(&other),
        }
    }
}
