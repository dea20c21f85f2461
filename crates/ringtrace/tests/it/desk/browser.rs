//! A real Chromium, driven over `WebDriver`.

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A browser with nothing in it.
pub(super) struct Browser {
    driver: Driver,
    client: Client,
}

/// What drives it; ended with it.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}

/// How long is waited for a page.
const PATIENCE: Duration = Duration::from_mins(1);

impl Browser {
    /// Starts one, in light or dark colours.
    pub(super) async fn new(is_dark: bool) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let started = command.spawn();
        let driver =
            Driver(started.expect("chromedriver: `cargo xtask test` installs it on Debian"));
        let mut args = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
        ];
        if is_dark {
            args.push("--force-dark-mode");
        }
        let wanted = json!({ "goog:chromeOptions": { "args": args } });
        let Value::Object(wanted) = wanted else { unreachable!("an object") };
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..100 {
            let mut builder =
                ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
            if let Ok(client) = builder.capabilities(wanted.clone()).connect(&address).await {
                return Self { driver, client };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no browser answers at {address}");
    }

    pub(super) async fn goto(&self, address: &str) {
        self.client.goto(address).await.expect("a page");
    }

    async fn found(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.expect(css)
    }

    /// Ticks a choice.
    pub(super) async fn tick(&self, css: &str) {
        self.found(css).await.click().await.expect(css);
    }

    /// Clicks what leads to another page, and waits until that page is whole.
    pub(super) async fn click(&self, css: &str) {
        const BEFORE: &str = "document.documentElement.dataset.before = 'yes'";
        const IS_WHOLE: &str =
            "return document.readyState === 'complete' && !document.documentElement.dataset.before";
        let link = self.found(css).await;
        self.client.execute(BEFORE, Vec::new()).await.expect(css);
        link.click().await.expect(css);
        for _ in 0..1_200 {
            if self.client.execute(IS_WHOLE, Vec::new()).await.is_ok_and(|whole| whole == true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{css} leads nowhere: {}", self.text().await);
    }

    /// Signs in.
    pub(super) async fn sign_in(&self, address: &str, name: &str, password: &str) {
        self.goto(address).await;
        self.fill("[name=name]", name).await;
        self.fill("[name=password]", password).await;
        self.click("button.main").await;
        assert_eq!(self.count(".out").await, 1, "{name} is signed in: {}", self.text().await);
    }

    pub(super) async fn fill(&self, css: &str, text: &str) {
        let found = self.client.find(Locator::Css(css)).await.expect(css);
        found.clear().await.expect(css);
        found.send_keys(text).await.expect(css);
    }

    /// Types behind what is there already; into a file's field, its path.
    pub(super) async fn add(&self, css: &str, text: &str) {
        let found = self.client.find(Locator::Css(css)).await.expect(css);
        found.send_keys(text).await.expect(css);
    }

    pub(super) async fn choose(&self, css: &str, label: &str) {
        let found = self.client.find(Locator::Css(css)).await.expect(css);
        found.select_by_label(label).await.expect(css);
    }

    /// What the page says; nothing while it is on its way.
    pub(super) async fn text(&self) -> String {
        const TEXT: &str = "return document.body ? document.body.innerText : ''";
        let text = self.client.execute(TEXT, Vec::new()).await.unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says something; pages that work goes on for come again by themselves.
    pub(super) async fn until(&self, said: &str) {
        for _ in 0..600 {
            if self.text().await.contains(said) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.client.refresh().await.expect("the page again");
        }
        panic!("the page never says “{said}”: {}", self.text().await);
    }

    /// Waits until the page has more such elements than before.
    pub(super) async fn until_more(&self, css: &str, before: usize) {
        for _ in 0..600 {
            if self.count(css).await > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.client.refresh().await.expect("the page again");
        }
        panic!("there are never more {css} than {before}: {}", self.text().await);
    }

    /// How many elements there are.
    pub(super) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect(css).len()
    }

    /// What keeps people from using the page: findings of axe that are serious, and worse.
    pub(super) async fn barriers(&self) -> Vec<String> {
        const AXE: &str = include_str!("../../vendored/axe.min.js");
        let run = format!(
            "{AXE}; const done = arguments[arguments.length - 1]; axe.run().then(found => done(found.violations.map(one => one.id + ' (' + one.impact + '): ' + one.nodes[0].html)));"
        );
        let found = self.client.execute_async(&run, Vec::new()).await.expect("axe runs");
        let found: Vec<String> = serde_json::from_value(found).expect("its findings");
        found
            .into_iter()
            .filter(|one| one.contains("(serious)") || one.contains("(critical)"))
            .collect()
    }

    /// The hosts that the page asked for anything.
    pub(super) async fn hosts(&self) -> Vec<String> {
        const ASKED: &str = "return [...new Set(performance.getEntries().filter(one => one.name.includes('://')).map(one => new URL(one.name).host))]";
        let hosts = self.client.execute(ASKED, Vec::new()).await.expect("what was asked for");
        serde_json::from_value(hosts).expect("hosts")
    }

    /// A picture of the window, grown to the page's height.
    pub(super) async fn picture(&self, width: u32, file: &Path) {
        self.client.set_window_size(width, 900).await.expect("a window");
        let height =
            self.client.execute("return document.documentElement.scrollHeight", Vec::new());
        let height = height.await.expect("a height").as_u64().unwrap_or(900);
        let height = u32::try_from(height).unwrap_or(900).clamp(900, 2_600);
        self.client.set_window_size(width, height).await.expect("a window");
        let picture = self.client.screenshot().await.expect("a picture");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, picture).expect("a file");
    }

    pub(super) async fn close(self) {
        let Self { driver, client } = self;
        let _closed = client.close().await;
        drop(driver);
    }
}
