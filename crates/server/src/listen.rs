//! Connections: so many at once, each bounded in the time that its heads may take, and let to their end when the server ends.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// Connections at once; those that come then wait.
const CONNECTIONS_MAX: usize = 1_024;
/// How long the head of a request may take to come: on a connection that is kept open, also how long it is waited for the next.
const HEAD: Duration = Duration::from_secs(20);
/// How long is waited for answers that are under way when the server ends.
const LAST: Duration = Duration::from_secs(10);

/// Answers until it is told to end. Errors: none; a connection that fails is let go.
pub(crate) async fn answer(
    listener: TcpListener,
    router: Router,
    end: impl Future<Output = ()> + Send,
) {
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut end = std::pin::pin!(end);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut end => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (router, watcher) = (router.clone(), open.watcher());
                tokio::spawn(async move {
                    converse(stream, peer, router, watcher).await;
                    drop(place);
                });
            }
            // Too many files are open, or the other side is gone already.
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "no connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    let _all_or_not = tokio::time::timeout(LAST, open.shutdown()).await;
}

/// Answers what comes on one connection.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, watcher: Watcher) {
    let answer = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let connection = builder.serve_connection(TokioIo::new(stream), answer);
    if let Err(error) = watcher.watch(connection).await {
        // A browser that goes away, or takes too long, is nothing to tell of.
        tracing::debug!(error = &error as &dyn std::error::Error, "a connection ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    async fn listening()
    -> (SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let slow = get(|| async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "late"
        });
        let router = Router::new().route("/", get(|| async { "here" })).route("/slow", slow);
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let answered = tokio::spawn(answer(listener, router, async {
            let _told = ended.await;
        }));
        (address, end, answered)
    }

    async fn sent(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// Everything that comes back, until the other side ends.
    async fn told(mut stream: TcpStream) -> String {
        let mut text = String::new();
        let _ended = stream.read_to_string(&mut text).await;
        text
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_is_not_waited_for() {
        let (address, _end, _answered) = listening().await;
        let slow = sent(address, "GET / HTTP/1.1\r\nHost: x\r\nX-More: ").await;
        let whole = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        assert!(told(sent(address, whole).await).await.ends_with("here"), "others are answered");
        assert!(told(sent(address, "nonsense\r\n\r\n").await).await.starts_with("HTTP/1.1 400"));
        let began = tokio::time::Instant::now();
        tokio::time::pause();
        let slow = told(slow).await;
        assert!(!slow.contains("here"), "{slow}");
        assert!(began.elapsed() > HEAD / 2, "it was waited for a while");
    }

    #[tokio::test]
    async fn what_is_under_way_is_answered_before_the_server_ends() {
        let (address, end, answered) = listening().await;
        let asked = tokio::spawn(async move {
            let whole = "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            told(sent(address, whole).await).await
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        end.send(()).unwrap();
        assert!(asked.await.unwrap().ends_with("late"));
        answered.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err(), "and nothing more is taken");
    }
}
