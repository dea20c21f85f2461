//! A file is sent: received as it comes, bounded in size and in pace.

use super::{Done, to};
use crate::Desk;
use crate::casebooks::Receiving;
use crate::fault::Fault;
use crate::seat::{Seat, is_from_here};
use crate::secret::same;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart};
use axum::http::{HeaderMap, StatusCode};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Bytes that a file which is sent may have.
const FILE_MAX: u64 = 8 << 30;
/// How long is waited for more of it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes a second that must have come on average once [`PATIENCE`] is over: less is somebody who holds a connection.
const PACE_LEAST: u64 = 1 << 10;
/// Letters of a file's name.
const NAME_MAX: usize = 80;

/// Receives a file, as it comes. Errors: it came from elsewhere, is too large, or the sender is too slow.
pub(crate) async fn upload(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    headers: HeaderMap,
    mut sent: Multipart,
) -> Done {
    let mut is_own = false;
    while let Some(field) = in_time(sent.next_field()).await?.map_err(|_| unread())? {
        match field.name() {
            Some("form_key") if !is_own => {
                // As a whole: a form has one, and it is short.
                let key = in_time(short(field)).await??;
                is_own = is_from_here(&headers) && same(&seat.form_key, &key);
            }
            Some("file") if is_own => {
                let name = named(field.file_name().unwrap_or_default());
                let (casebooks, casebook) = (Arc::clone(&desk.casebooks), seat.casebook.clone());
                let receive = move || casebooks.receive(&casebook);
                let receiving = tokio::task::spawn_blocking(receive).await??;
                let receiving = written(field, receiving).await?;
                let kept = tokio::task::spawn_blocking(move || receiving.keep(&name)).await??;
                return Ok(to(&seat, &format!("import/{kept}")));
            }
            // What else stands in the form is not read: the form ends here.
            _ => break,
        }
    }
    if is_own {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "Choose a file."));
    }
    Err(Fault::new(
        StatusCode::FORBIDDEN,
        "The form did not come from a page of yours. Open the page again.",
    ))
}

fn unread() -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, "The file did not come whole.")
}

/// Waits for more of what is sent, and not for ever.
async fn in_time<T>(more: impl Future<Output = T>) -> Result<T, Fault> {
    timeout(PATIENCE, more).await.map_err(|_| slow())
}

fn slow() -> Fault {
    Fault::new(StatusCode::REQUEST_TIMEOUT, "The file came too slowly.")
}

/// Bytes of a field that is no file.
const SHORT_MAX: usize = 1 << 10;

/// A field that is no file. Errors: it is too long for one.
async fn short(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await?.map_err(|_| unread())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SHORT_MAX {
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "The form is too large."));
        }
    }
    String::from_utf8(bytes).map_err(|_| unread())
}

/// A name that stays in its folder: what its sender called it, without what could lead elsewhere.
fn named(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || "-_.+".contains(letter) { letter } else { '-' }
    };
    let name: String = last.chars().map(plain).take(NAME_MAX).collect();
    let name = name.trim_start_matches(['.', '-']);
    if name.is_empty() { "feed".to_owned() } else { name.to_owned() }
}

async fn written(
    mut field: Field<'_>,
    mut receiving: Box<dyn Receiving>,
) -> Result<Box<dyn Receiving>, Fault> {
    let began = Instant::now();
    let mut bytes = 0_u64;
    while let Some(chunk) = in_time(field.chunk()).await?.map_err(|_| unread())? {
        bytes += chunk.len() as u64;
        let waited = began.elapsed();
        if waited > PATIENCE && bytes < waited.as_secs() * PACE_LEAST {
            return Err(slow());
        }
        if bytes > FILE_MAX {
            let sentence = "The file is too large: import it on the command line.";
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        let write = move || receiving.write_all(&chunk).map(|()| receiving);
        receiving = tokio::task::spawn_blocking(write).await?.map_err(|error| full(&error))?;
    }
    Ok(receiving)
}

fn full(error: &std::io::Error) -> Fault {
    // By its kind: where files lie is nobody's business.
    let sentence = format!("The file could not be kept: {}. Nothing was changed.", error.kind());
    Fault::new(StatusCode::INSUFFICIENT_STORAGE, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::extract::{FromRequest as _, Request};
    use axum::response::IntoResponse as _;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(named("calls 2023.csv"), "calls-2023.csv");
        assert_eq!(named("../../etc/passwd"), "passwd");
        assert_eq!(named("..\\..\\boot.ini"), "boot.ini");
        assert_eq!(named("..."), "feed");
        assert_eq!(named(".hidden"), "hidden");
        assert_eq!(named("+99912345601.csv"), "+99912345601.csv", "whose records they are stays");
        assert_eq!(named("--threads"), "threads");
        assert_eq!(named(&"x".repeat(500)).len(), NAME_MAX);
    }

    /// What is received is counted, until there is no room.
    struct Kept {
        bytes: u64,
        room: u64,
    }

    impl std::io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.bytes += bytes.len() as u64;
            let is_full = self.bytes > self.room;
            if is_full { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(bytes.len()) }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Receiving for Kept {
        fn keep(self: Box<Self>, name: &str) -> Result<String, crate::Unavailable> {
            Ok(name.to_owned())
        }
    }

    /// What becomes of a file of so many chunks of so many bytes, one each so many seconds, where there is room for so many bytes.
    async fn sent(chunks: u32, size: usize, pause_s: u64, room: u64) -> StatusCode {
        let (mut pipe, body) = tokio::io::duplex(1 << 16);
        let sending = tokio::spawn(async move {
            let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
            pipe.write_all(head.as_bytes()).await?;
            for _ in 0..chunks {
                tokio::time::sleep(Duration::from_secs(pause_s)).await;
                pipe.write_all(&vec![b'x'; size]).await?;
            }
            pipe.write_all(b"\r\n--edge--\r\n").await
        });
        let chunk = |mut body: tokio::io::DuplexStream| async move {
            let mut bytes = vec![0; 1 << 12];
            let read = body.read(&mut bytes).await.ok()?;
            bytes.truncate(read);
            (read > 0).then_some((Ok::<_, std::io::Error>(bytes), body))
        };
        let body = Body::from_stream(futures_util::stream::unfold(body, chunk));
        let request =
            Request::post("/").header("content-type", "multipart/form-data; boundary=edge");
        let request = request.body(body).unwrap();
        let mut form = Multipart::from_request(request, &()).await.unwrap();
        let field = form.next_field().await.unwrap().unwrap();
        let received = written(field, Box::new(Kept { bytes: 0, room })).await;
        sending.abort();
        received.map_or_else(|fault| fault.into_response().status(), |_| StatusCode::OK)
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_that_comes_too_slowly_or_finds_no_room_is_refused() {
        let plenty = u64::MAX;
        assert_eq!(sent(20, 4_096, 2, plenty).await, StatusCode::OK);
        assert_eq!(
            sent(2, 4_096, 31, plenty).await,
            StatusCode::REQUEST_TIMEOUT,
            "it stands still"
        );
        assert_eq!(
            sent(90, 1, 25, plenty).await,
            StatusCode::REQUEST_TIMEOUT,
            "a byte now and then"
        );
        assert_eq!(sent(20, 4_096, 0, 10_000).await, StatusCode::INSUFFICIENT_STORAGE);
    }
}
