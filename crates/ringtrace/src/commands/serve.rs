//! `ringtrace serve`: the desk's pages, for the casebooks of a folder.

use crate::casebook::is_casebook;
use crate::failure::Failure;
use crate::input::size;
use crate::printer::Printer;
use crate::shelf::Shelf;
use anyhow::Context as _;
use bytesize::ByteSize;
use clap::Args;
use server::{Casebooks, Public, Server, Settings, Work, secret};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
#[cfg(unix)]
use tokio::signal::unix::SignalKind;

/// Show casebooks in a browser: rooms, people to warn, claims, tasks, records of people found, the log
///
/// At the first start an address is printed with which the first account is made.
///
/// Usage: ringtrace serve lima.ring, then open the address that it prints
#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// A casebook, or a folder of casebooks
    #[arg(default_value = ".")]
    place: PathBuf,
    /// Where to listen; only this machine reaches the default. Others should reach it through a proxy that speaks TLS
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = LISTEN)]
    listen: SocketAddr,
    /// Browsers reach it through a proxy that speaks TLS, and not otherwise: its cookies are sent on nothing else
    #[arg(long)]
    behind_tls: bool,
    /// Memory that each piece of work, an import or a look for rooms, aims to stay below; what takes more than twice as much is ended
    #[arg(long, value_name = "SIZE", value_parser = size, default_value_t = MEMORY)]
    memory: ByteSize,
    #[command(flatten)]
    public: PublicArgs,
}

/// The page for everybody: check a number, tell of a scam or of somebody who may be held, read warnings
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "The page for everybody")]
struct PublicArgs {
    /// Open it at /public: tips go to this casebook, and its warnings are shown
    #[arg(long, value_name = "CASEBOOK")]
    public: Option<String>,
    /// Where everybody reaches it, and nothing else
    #[arg(long, value_name = "ADDRESS:PORT", requires = "public")]
    public_listen: Option<SocketAddr>,
    /// Who warns, as readers know them
    #[arg(long, value_name = "NAME", default_value = "ringtrace", requires = "public")]
    desk_name: String,
    /// An emergency number as it is shown first, such as "Police: 105"; may be given several times
    #[arg(long, value_name = "TEXT", requires = "public")]
    emergency: Vec<String>,
    /// The country whose national numbers people write, such as PE; else only international ones are known
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    country: Option<String>,
}

fn country(code: &str) -> Result<String, String> {
    let is_known = feeds::identifier::region_of(code).is_some();
    is_known.then(|| code.to_owned()).ok_or_else(|| {
        "no country with telephone numbers has that code: give two letters, such as PE".to_owned()
    })
}

/// Only this machine reaches it.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7433);

const MEMORY: ByteSize = ByteSize::gib(2);

impl ServeArgs {
    /// What shows a casebook at the usual address.
    pub(crate) fn of(place: PathBuf) -> Self {
        let name = place.file_stem().map(|name| name.to_string_lossy().into_owned());
        let public = PublicArgs { public: name, ..PublicArgs::default() };
        Self { place, listen: LISTEN, behind_tls: false, memory: MEMORY, public }
    }
}

/// Runs the command, until it is ended.
pub(crate) fn run(args: &ServeArgs, printer: &Printer) -> anyhow::Result<u8> {
    logging();
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(args, printer))?;
    Ok(0)
}

async fn serve(args: &ServeArgs, printer: &Printer) -> anyhow::Result<()> {
    let (folder, only) = folder_of(&args.place)?;
    let store = accounts(&folder).await?;
    let is_new = store.accounts().await?.is_empty();
    let key = if is_new { Some(secret()?) } else { None };
    let shelf = Shelf::new(folder, only, store, args.memory);
    let shelf = Arc::new(shelf.with_country(args.public.country.as_deref()));
    let public = public(&args.public, &shelf)?;
    shelf.sweep()?;
    for left_out in shelf.unnamable()? {
        printer
            .say(&format!("{left_out} is left out: name it with letters, digits and - _ . only"));
    }
    let listener = listener(args.listen, "--listen").await?;
    let for_all = match args.public.public_listen {
        Some(address) => Some(self::listener(address, "--public-listen").await?),
        None => None,
    };
    let address = listener.local_addr()?;
    let settings = Settings { welcome_key: key.clone(), is_behind_tls: args.behind_tls, public };
    let server = Server::new(Arc::clone(&shelf) as Arc<dyn Casebooks>, settings)?;
    for casebook in shelf.names()?.iter().filter(|casebook| shelf.is_behind(casebook)) {
        server.ask(casebook, &Work::Find).await?;
    }
    let told = match key {
        Some(key) => format!("Make the first account at http://{address}/welcome?key={key}"),
        None => format!("Sign in at http://{address}/"),
    };
    printer.out(&told)?;
    if args.public.public.is_some() {
        let own = for_all.as_ref().map_or(Ok(address), TcpListener::local_addr)?;
        printer.out(&format!("The page for everybody is at http://{own}/public"))?;
    }
    server.serve(listener, for_all, ended()).await;
    Ok(())
}

async fn listener(address: SocketAddr, option: &str) -> anyhow::Result<TcpListener> {
    let refused = |error: std::io::Error| {
        let hint = format!("give another address with {option}, such as 127.0.0.1:0");
        Failure::new(format!("{address} cannot be listened to: {error}"), hint)
    };
    Ok(TcpListener::bind(address).await.map_err(refused)?)
}

/// The page for everybody, where it was asked for. Errors: its casebook is not there.
fn public(args: &PublicArgs, shelf: &Shelf) -> anyhow::Result<Option<Public>> {
    let Some(casebook) = &args.public else { return Ok(None) };
    let name = casebook.strip_suffix(".ring").unwrap_or(casebook);
    if !shelf.is_there(name) {
        let sentence = format!("there is no casebook {name} here for the page for everybody");
        return Err(Failure::new(sentence, "name one of those that are shown").into());
    }
    Ok(Some(Public {
        casebook: name.to_owned(),
        name: args.desk_name.clone(),
        emergency: args.emergency.clone(),
    }))
}

/// Waits until the program is told to end: at a keyboard, or by the system.
async fn ended() {
    // Where no signal can be waited for, the program is ended by the system.
    let asked = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let told = async {
        match tokio::signal::unix::signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let told = std::future::pending::<()>();
    tokio::select! {
        () = asked => {}
        () = told => {}
    }
}

/// The folder whose casebooks are shown, and the one casebook where one was named.
fn folder_of(place: &Path) -> anyhow::Result<(PathBuf, Option<String>)> {
    if !place.is_dir() {
        let sentence = format!("{} is no folder", place.display());
        let hint = "name a casebook, or a folder of casebooks; make one with: ringtrace import FILES --into NAME.ring";
        return Err(Failure::new(sentence, hint).into());
    }
    let place =
        place.canonicalize().with_context(|| format!("{} cannot be read", place.display()))?;
    if !is_casebook(&place) {
        return Ok((place, None));
    }
    let name = place.file_stem().map(|name| name.to_string_lossy().into_owned());
    let folder = place.parent().unwrap_or(Path::new("/")).to_owned();
    Ok((folder, name))
}

/// Where accounts, sessions and jobs are kept: in a database that is shared, or beside the casebooks.
async fn accounts(folder: &Path) -> anyhow::Result<Store> {
    if let Some(address) = crate::journal::shared_home() {
        return Store::connect(&address).await.context("the shared database is not reached");
    }
    let file = folder.join("ringtrace.sqlite");
    Store::open(&file).await.with_context(|| format!("{} cannot be opened", file.display()))
}

/// What the server logs goes to standard error, a JSON line each.
fn logging() {
    let lines = tracing_subscriber::fmt().json().with_writer(std::io::stderr);
    // Only a second call would fail.
    let _already = lines.try_init();
}
