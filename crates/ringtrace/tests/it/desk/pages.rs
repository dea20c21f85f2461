//! A day at the desk, in a real browser: sign in, find, open a room, open its evidence to the rows, reject a lead and see it stay so, warn, claim; on every
//! page nothing keeps people from using it, and no other host is asked for anything.

use super::browser::Browser;
use crate::served::Served;
use crate::support::Folder;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const PASSWORD: &str = "a long enough word";

/// The pages, by what they are called in the docs.
const PAGES: [(&str, &str); 23] = [
    ("desk", "/"),
    ("rooms", "/c/lima/rooms"),
    ("room", "/c/lima/rooms/R1"),
    ("evidence", "/c/lima/rooms/R1/evidence/3"),
    ("line", "/c/lima/rooms/R1/lines/R1-L01"),
    ("warn", "/c/lima/warn"),
    ("case", "/c/lima/case"),
    ("timeline", "/c/lima/timeline?from=2023-09-20&to=2023-11-05"),
    ("claims", "/c/lima/claims"),
    ("tasks", "/c/lima/tasks"),
    ("exhibits", "/c/lima/exhibits"),
    ("tips", "/c/lima/tips"),
    ("warnings", "/c/lima/warnings"),
    ("people", "/c/lima/people"),
    ("log", "/c/lima/log"),
    ("import", "/c/lima/import"),
    ("work", "/c/lima/jobs"),
    ("tokens", "/tokens"),
    ("accounts", "/accounts"),
    ("password", "/password"),
    ("public", "/public?lang=en"),
    ("public-zh", "/public?lang=zh"),
    ("report", "/public/report?lang=es"),
];

/// Where a picture goes: beside what was built, and into the docs where that is asked for and they show it.
fn picture(name: &str, width: u32, colours: &str) -> PathBuf {
    let docs = std::env::var_os("RINGTRACE_PICTURES")
        .filter(|_| matches!((width, colours), (1440, "light") | (390, "dark")));
    let folder = match docs {
        Some(folder) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder),
        None => PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures"),
    };
    folder.join(format!("{name}-{width}-{colours}.png"))
}

/// A casebook of two rooms, of where their cells stand, and of what was printed of a case.
fn casebook(folder: &Folder) {
    folder.world(
        "calls.parquet",
        "--calls 250000 --preset lima --rooms 2 --seed 2031 --sightings seen.parquet",
    );
    let found =
        folder.run(&["find", "calls.parquet", "seen.parquet", "--zone", "America/Lima", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&found.out).expect("what was found");
    let sites = found["rooms"].as_array().expect("rooms").iter();
    let cells = sites.flat_map(|room| room["site"].as_array().expect("a site").clone());
    let mut table = "cell,lat,lon\n".to_owned();
    for (nth, cell) in (0_u32..).zip(cells) {
        let cell = cell["cell"].as_str().expect("a cell");
        let lon = -76.94 + f64::from(nth) * 0.02;
        writeln!(table, "{cell},-12.07,{lon:.2}").expect("a text");
    }
    folder.write("cells.csv", table);
    let import = [
        "import",
        "calls.parquet",
        "seen.parquet",
        "--into",
        "lima.ring",
        "--zone",
        "America/Lima",
        "--cells",
        "cells.csv",
    ];
    let told = folder.run(&import);
    assert_eq!(told.code, 0, "{}", told.err);
    folder.write("lima.jsonl", include_str!("../../../../../docs/examples/lima.jsonl"));
    assert_eq!(folder.run(&["case", "add", "lima.ring", "lima.jsonl"]).code, 0);
}

async fn begin(browser: &Browser, address: &str) {
    begin_as(browser, address, "amal").await;
}

async fn begin_as(browser: &Browser, address: &str, name: &str) {
    browser.sign_in(address, name, PASSWORD).await;
}

/// A record is seen whole once a second officer agreed.
async fn reveal(browser: &Browser, second: &Browser, origin: &str) {
    browser.goto(&format!("{origin}/accounts")).await;
    browser.fill("form[action='/accounts/add'] [name=name]", "ines").await;
    browser.fill("form[action='/accounts/add'] [name=password]", "a first long word").await;
    browser.click("form[action='/accounts/add'] button.main").await;
    browser.until("ines").await;
    browser.choose("form.grid select[name=account]", "ines").await;
    browser.choose("form.grid select[name=role]", "protection officer").await;
    browser.click("form[action='/accounts/role'].grid button.main").await;
    browser.goto(&format!("{origin}/c/lima/people")).await;
    assert_eq!(browser.count("tbody tr").await, 44);
    browser.click("tbody tr a").await;
    browser.choose("form.inline select[name=field]", "prs_FirstName").await;
    browser.fill("[name=value]", "Saffron").await;
    browser.click("form[action$='/field'] button").await;
    browser.until("prs_FirstName •••").await;
    browser.fill("form[action$='/ask'] [name=reason]", "to find the family").await;
    browser.click("form[action$='/ask'] button").await;
    browser.until("You asked to see it whole").await;
    second.sign_in(&format!("{origin}/sign-in"), "ines", "a first long word").await;
    second.fill("[name=old]", "a first long word").await;
    second.fill("[name=new]", PASSWORD).await;
    second.click("button.main").await;
    begin_as(second, &format!("{origin}/sign-in"), "ines").await;
    second.goto(&format!("{origin}/c/lima/people")).await;
    second.click("tbody tr a").await;
    second.click("form[action$='/agree'] button").await;
    browser.until("prs_FirstName Saffron").await;
    assert!(!second.text().await.contains("Saffron"), "for who asked alone");
}

/// A file with a column that is not known is sent, its template mended, and its rows become facts for a purpose.
async fn import(browser: &Browser, origin: &str, folder: &Folder) {
    let rows = "A number;B number;when;secs\n+999001;+999002;2023-10-04 10:00:00;5\nbad;;x;y\n";
    let file = folder.write("odd.csv", rows);
    browser.goto(&format!("{origin}/c/lima/import")).await;
    browser.add("[type=file]", &file.to_string_lossy()).await;
    browser.click("form.card button.main").await;
    browser.until("Missing: start").await;
    assert_eq!(browser.barriers().await, [""; 0], "preview");
    browser.add("textarea[name=template]", "start = \"when\"\n").await;
    browser.click("form[action$='/mend'] button").await;
    assert!(browser.text().await.contains("2023-10-04 10:00:00 UTC"), "{}", browser.text().await);
    browser.fill("[name=zone]", "America/Lima").await;
    browser.fill("[name=purpose]", "drill").await;
    browser.fill("[name=legal_basis]", "none: made data").await;
    browser.click("form[action$='/start'] button").await;
    browser.goto(&format!("{origin}/c/lima/log")).await;
    browser.until("imported odd.csv: 2 rows, 1 of them calls or sightings, 1 quarantined").await;
}

/// The public is warned of a number; somebody checks it and tells of people who may be held; a protection officer reads that.
async fn public(browser: &Browser, origin: &str) {
    browser.goto(&format!("{origin}/c/lima/warnings")).await;
    browser.tick("details:has([name=headline_es]) summary").await;
    for (field, text) in [
        ("headline_en", "Calls in the name of a bank"),
        ("description_en", "Callers ask for a code that was just sent to you."),
        ("advice_en", "Hang up, and call the number on your card."),
        ("headline_es", "Llamadas en nombre de un banco"),
        ("description_es", "Piden un código que le acaban de enviar."),
        ("advice_es", "Cuelgue y llame al número de su tarjeta."),
        ("area", "People in Lima"),
        ("numbers", "+999 777 000 01"),
    ] {
        browser.fill(&format!("[name={field}]"), text).await;
    }
    browser.click("form[action$='/publish'] button.main").await;
    let nobody = Browser::new(false).await;
    nobody.goto(&format!("{origin}/public?lang=es")).await;
    assert!(nobody.text().await.contains("Llamadas en nombre de un banco"));
    let message = "+999 777 00001: Su cuenta bancaria ha sido bloqueada. Verifique su clave en http://banco-seguro.top/a en las próximas 24 horas";
    nobody.fill("[name=text]", message).await;
    nobody.click("form[action$='/check'] button").await;
    let told = nobody.text().await;
    assert!(told.contains("Hay un aviso sobre este número."), "{told}");
    assert!(told.contains("Estas palabras") && told.contains("estafa"), "{told}");
    assert!(nobody.count(".said mark").await >= 2, "the words that it rests on are marked");
    assert_eq!(nobody.barriers().await, [""; 0], "what was checked");
    nobody.click("a.button").await;
    nobody.tick("[value=held]").await;
    nobody.fill("[name=said]", "No pueden salir de la casa amarilla").await;
    nobody.click("form button.main").await;
    assert!(nobody.text().await.contains("agente de protección"), "{}", nobody.text().await);
    assert_eq!(nobody.barriers().await, [""; 0], "what was told");
    nobody.close().await;
    browser.goto(&format!("{origin}/c/lima/tips")).await;
    assert!(browser.text().await.contains("casa amarilla"));
}

async fn claim(browser: &Browser, origin: &str) {
    browser.goto(&format!("{origin}/c/lima/claims")).await;
    assert_eq!(browser.count(".side").await, 7, "people found, arrival and entry contradict");
    for (field, text) in [
        ("thing", "the house"),
        ("what", "people found"),
        ("value", "45"),
        ("source", "a neighbour"),
    ] {
        browser.fill(&format!("form.grid [name={field}]"), text).await;
    }
    browser.click("form.grid button.main").await;
    assert_eq!(browser.count(".side").await, 8, "side by side");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_at_the_desk() {
    let folder = Folder::new();
    casebook(&folder);
    let served = Served::new(&folder, "lima.ring");
    let origin = served.origin().to_owned();
    let browser = Browser::new(false).await;
    begin(&browser, &served.address).await;
    browser.goto(&format!("{origin}/c/lima/jobs")).await;
    browser.until("done").await;

    browser.goto(&format!("{origin}/c/lima/rooms")).await;
    assert!(browser.count("tbody tr").await >= 2, "{}", browser.text().await);
    browser.click("tbody tr a").await;
    assert!(browser.count(".findings li").await > 5 && browser.count(".punch-card").await >= 1);
    assert!(browser.count(".site .area").await >= 1, "the place as an area");
    browser.click(".findings .rows").await;
    assert!(browser.count("tbody tr").await > 0, "evidence opens down to rows");
    assert!(browser.text().await.contains("calls.parquet"));

    claim(&browser, &origin).await;
    public(&browser, &origin).await;
    let dark = Browser::new(true).await;
    begin(&dark, &format!("{origin}/sign-in")).await;
    for (name, path) in PAGES {
        for (browser, colours) in [(&browser, "light"), (&dark, "dark")] {
            browser.goto(&format!("{origin}{path}")).await;
            for width in [1440, 390] {
                browser.picture(width, &picture(name, width, colours)).await;
                assert_eq!(browser.barriers().await, [""; 0], "{name} at {width}, {colours}");
            }
            let hosts = browser.hosts().await;
            assert!(hosts.iter().all(|host| origin.ends_with(host.as_str())), "{name}: {hosts:?}");
        }
    }
    reveal(&browser, &dark, &origin).await;
    dark.close().await;

    browser.goto(&format!("{origin}/c/lima/rooms/R1")).await;
    browser.tick("[value=rejected]").await;
    browser.fill("#decide [name=reason]", "a clinic").await;
    browser.click("#decide button.main").await;
    browser.until("Judged rejected").await;
    let found = folder.path("lima.ring/derived/find.json");
    let before = std::fs::metadata(&found).and_then(|about| about.modified()).expect("found");
    browser.goto(&format!("{origin}/c/lima/jobs")).await;
    let jobs = browser.count(".state-done").await;
    browser.click("main button.main").await;
    browser.until_more(".state-done", jobs).await;
    let after = std::fs::metadata(&found).and_then(|about| about.modified()).expect("found");
    assert!(after > before, "rooms were found anew");
    browser.goto(&format!("{origin}/c/lima/rooms")).await;
    assert_eq!(browser.count("tr.rejected").await, 1, "and it stays rejected");
    browser.goto(&format!("{origin}/c/lima/warn")).await;
    browser.click(".acts [value=warned]").await;
    browser.until("1 are done").await;
    import(&browser, &origin, &folder).await;
    browser.close().await;
}
