//! How the server does, in numbers without names: for those who watch it (Prometheus' text form 0.0.4).

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::Desk;

/// Answers so far, by path and status.
#[derive(Default)]
pub(crate) struct Metrics {
    answers: Mutex<BTreeMap<(String, u16), Answers>>,
}

#[derive(Clone, Copy, Default)]
struct Answers {
    count: u64,
    seconds: f64,
}

impl Metrics {
    fn add(&self, path: &str, status: StatusCode, seconds: f64) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = answers.entry((path.to_owned(), status.as_u16())).or_default();
        answers.count += 1;
        answers.seconds += seconds;
    }

    fn text(&self) -> String {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = "# TYPE ringtrace_answers_total counter\n".to_owned();
        for ((path, status), answers) in &*answers {
            let _infallible = writeln!(
                text,
                "ringtrace_answers_total{{path=\"{path}\",status=\"{status}\"}} {}",
                answers.count
            );
        }
        text.push_str("# TYPE ringtrace_answer_seconds_total counter\n");
        for ((path, status), answers) in &*answers {
            let _infallible = writeln!(
                text,
                "ringtrace_answer_seconds_total{{path=\"{path}\",status=\"{status}\"}} {:.6}",
                answers.seconds
            );
        }
        text
    }
}

/// Counts an answer and logs it: the form of its path, never what stands in it.
pub(crate) async fn counted(
    State(desk): State<Arc<Desk>>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let (status, seconds) = (response.status(), begun.elapsed().as_secs_f64());
    desk.metrics.add(&path, status, seconds);
    tracing::info!(path, status = status.as_u16(), seconds, "answered");
    response
}

pub(crate) async fn metrics(State(desk): State<Arc<Desk>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], desk.metrics.text()).into_response()
}
