//! Lets many sessions look at a casebook at once, as analysts do, and prints how long answers took and what memory the server had.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use anyhow::{Context as _, bail};
use clap::Args;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Who looks, at what, and for how long.
#[derive(Args)]
pub(crate) struct LoadArgs {
    /// A casebook in which rooms were found (`ringtrace find --keep`), and nobody has an account yet
    casebook: PathBuf,
    /// Sessions at once
    #[arg(long, default_value_t = 50)]
    sessions: usize,
    /// How long, seconds
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How long somebody looks at a page before asking for the next, milliseconds
    #[arg(long, default_value_t = 1_000)]
    think_ms: u64,
    /// A file that is imported into the casebook meanwhile, with one thread, as the server would
    #[arg(long)]
    import: Option<PathBuf>,
}

/// What is looked at; `N` is the number of a room.
const PATHS: [&str; 14] = [
    "",
    "rooms",
    "rooms/RN",
    "rooms/RN?of=RN-L01",
    "rooms/RN/evidence/0",
    "rooms/RN/lines/RN-L01",
    "warn",
    "case",
    "claims",
    "tasks",
    "timeline",
    "api rooms",
    "api rooms/RN",
    "api warn",
];
const PASSWORD: &str = "a long enough word";
/// Rooms that are looked at, of those that there are.
const ROOMS: usize = 40;

/// The server, ended with the run.
struct Served {
    child: Child,
    /// `127.0.0.1:PORT`.
    host: String,
    /// The key that makes the first account.
    key: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Runs it.
pub(crate) fn run(root: &Path, args: &LoadArgs) -> anyhow::Result<()> {
    let binary = root.join("target").join("release").join("ringtrace");
    let served = served(&binary, &args.casebook)?;
    let name = args.casebook.file_stem().context("a casebook has a name")?.to_string_lossy();
    let form = format!("name=amal&password={}&key={}", PASSWORD.replace(' ', "+"), served.key);
    let first = cookie(&served.host, "/welcome", &form)?;
    let form = format!("name=amal&password={}", PASSWORD.replace(' ', "+"));
    let mut cookies = vec![first];
    while cookies.len() < args.sessions {
        cookies.push(cookie(&served.host, "/sign-in", &form)?);
    }
    // What was found is read once, when it is first asked for.
    let warm = Instant::now() + Duration::from_secs(3);
    session(&served.host, &cookies[0], &name, (0, 0, warm))?;
    let importing = args.import.as_ref().map(|file| import(&binary, file, &args.casebook));
    let importing = importing.transpose()?;
    let end = Instant::now() + Duration::from_secs(args.seconds);
    let looks: Vec<Vec<(Duration, String)>> = std::thread::scope(|scope| {
        let look = |(nth, cookie): (usize, &String)| {
            let (host, cookie, name) = (served.host.clone(), cookie.clone(), name.to_string());
            scope.spawn(move || session(&host, &cookie, &name, (nth, args.think_ms, end)))
        };
        let sessions: Vec<_> = cookies.iter().enumerate().map(look).collect();
        sessions
            .into_iter()
            .map(|session| session.join().unwrap_or_else(|_| Ok(Vec::new())))
            .collect::<anyhow::Result<_>>()
    })?;
    let imported = importing.map(|mut child| child.try_wait()).transpose()?;
    tell(looks.concat(), args, &served)?;
    if let Some(ended) = imported {
        println!(
            "the import {}",
            if ended.is_some() { "ended before the looks did" } else { "went on all the while" }
        );
    }
    Ok(())
}

fn served(binary: &Path, casebook: &Path) -> anyhow::Result<Served> {
    let child = Command::new(binary)
        .arg("serve")
        .arg(casebook)
        .args(["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("build first: cargo build --release")?;
    let mut served = Served { child, host: String::new(), key: String::new() };
    let mut told = String::new();
    let out = served.child.stdout.take().context("what the server says")?;
    BufReader::new(out).read_line(&mut told)?;
    let address = told.split_once("http://").map(|(_, address)| address.trim());
    let Some((host, key)) = address.and_then(|address| address.split_once("/welcome?key=")) else {
        bail!("the server has accounts already, or did not start: {told}");
    };
    (served.host, served.key) = (host.to_owned(), key.to_owned());
    Ok(served)
}

fn import(binary: &Path, file: &Path, casebook: &Path) -> anyhow::Result<Child> {
    let mut command = Command::new(binary);
    command.args(["--threads", "1", "import", "--memory", "2GiB"]).arg(file);
    command.arg("--into").arg(casebook).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command.spawn()?)
}

/// What one session asked for, and how long each answer took.
fn session(
    host: &str,
    cookie: &str,
    casebook: &str,
    (nth, think_ms, end): (usize, u64, Instant),
) -> anyhow::Result<Vec<(Duration, String)>> {
    let mut looks = Vec::new();
    for step in 0.. {
        let spread = (nth * 37 + step * 101) % 1_000;
        let think = Duration::from_millis(think_ms) * u32::try_from(500 + spread)? / 1_000;
        std::thread::sleep(think);
        if Instant::now() > end {
            break;
        }
        let path = PATHS[(nth + step) % PATHS.len()];
        let room = (nth * 13 + step * 7) % ROOMS + 1;
        let page = path.replace("RN", &format!("R{room}"));
        let address = match page.strip_prefix("api ") {
            Some(page) => format!("/api/v1/casebooks/{casebook}/{page}"),
            None if page.is_empty() => "/".to_owned(),
            None => format!("/c/{casebook}/{page}"),
        };
        let began = Instant::now();
        let answer = asked(host, &format!("GET {address} HTTP/1.1\r\nCookie: {cookie}\r\n"), "")?;
        let took = began.elapsed();
        if !answer.starts_with("HTTP/1.1 200") {
            bail!("{address}: {}", answer.lines().next().unwrap_or_default());
        }
        looks.push((took, path.to_owned()));
    }
    Ok(looks)
}

/// Sends a form, and gives the cookie that comes back.
fn cookie(host: &str, path: &str, form: &str) -> anyhow::Result<String> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nOrigin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        form.len()
    );
    let answer = asked(host, &head, form)?;
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = cookie.with_context(|| answer.lines().take(20).collect::<Vec<_>>().join(" "))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Asks on a connection of its own; all that comes back.
fn asked(host: &str, head: &str, body: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream
        .write_all(format!("{head}Host: {host}\r\nConnection: close\r\n\r\n{body}").as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn tell(
    mut looks: Vec<(Duration, String)>,
    args: &LoadArgs,
    served: &Served,
) -> anyhow::Result<()> {
    looks.sort();
    let at = |looks: &[(Duration, String)], per_mille: usize| {
        let nth = looks.len() * per_mille / 1_000;
        looks
            .get(nth.min(looks.len().saturating_sub(1)))
            .map_or(0.0, |look| look.0.as_secs_f64() * 1e3)
    };
    println!(
        "{} looks in {} s by {} sessions: median {:.1} ms, p99 {:.1} ms, most {:.1} ms",
        looks.len(),
        args.seconds,
        args.sessions,
        at(&looks, 500),
        at(&looks, 990),
        at(&looks, 1_000)
    );
    for path in PATHS {
        let own: Vec<_> = looks.iter().filter(|(_, of)| of == path).cloned().collect();
        println!("  {path:<24} median {:6.1} ms, p99 {:6.1} ms", at(&own, 500), at(&own, 990));
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.child.id()))?;
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("memory of the server at most: {}", memory.unwrap_or("not known here").trim());
    Ok(())
}
