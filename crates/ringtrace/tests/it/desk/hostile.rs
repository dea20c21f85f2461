//! Files that are made to do harm, sent to a server that may not have much memory.

use super::browser::Browser;
use crate::served::Served;
use crate::support::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// Memory that the server and what it starts may take up, KiB of addresses.
const MEMORY_KIB: u32 = 3_000_000;

/// A small file that unpacks to a large one: a head, and the same piece over and over.
fn bomb(folder: &Folder, name: &str, piece: &[u8], times: usize) {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"caller,callee,start,duration\n").expect("a head");
    for _ in 0..times {
        packed.write_all(piece).expect("a piece");
    }
    folder.write(name, packed.finish().expect("a file"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_unpack_to_more_than_memory_are_accounted_for() {
    let folder = Folder::new();
    bomb(&folder, "zeros.csv.gz", &vec![0; 1 << 20], 4_096);
    let row = b"+99900000001,+99900000002,2023-10-04 10:00:00,5\n";
    bomb(&folder, "same.csv.gz", &row.repeat(10_000), 300);
    folder.write("calls.csv", [&b"caller,callee,start,duration\n"[..], row].concat());
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    let served = Served::with_memory(&folder, &["lima.ring"], MEMORY_KIB);
    let origin = served.origin().to_owned();
    let browser = Browser::new(false).await;
    browser.sign_in(&served.address, "amal", "a long enough word").await;
    let told = [
        (
            "zeros.csv.gz",
            "imported zeros.csv.gz: 1 rows, 0 of them calls or sightings, 1 quarantined",
        ),
        (
            "same.csv.gz",
            "imported same.csv.gz: 3000000 rows, 3000000 of them calls or sightings, 0 quarantined",
        ),
    ];
    for (name, entry) in told {
        send(&browser, &origin, &folder, name).await;
        browser.goto(&format!("{origin}/c/lima/log")).await;
        browser.until(entry).await;
    }
    drop(served);
    // With less, the calls of one line are too many to lie side by side.
    let served = Served::with(&folder, &["lima.ring", "--memory", "200MB"]);
    let origin = served.origin().to_owned();
    browser.sign_in(&format!("{origin}/sign-in"), "amal", "a long enough word").await;
    send(&browser, &origin, &folder, "same.csv.gz").await;
    browser.until("3000001 calls of one line or one moment do not fit").await;
    drop(served);
    // With less still, what is kept of rows that are no calls is too much: it is ended on its way.
    bomb(&folder, "rows.csv.gz", &b"x\n".repeat(500_000), 10);
    let served = Served::with(&folder, &["lima.ring", "--memory", "30MB"]);
    let origin = served.origin().to_owned();
    browser.sign_in(&format!("{origin}/sign-in"), "amal", "a long enough word").await;
    send(&browser, &origin, &folder, "rows.csv.gz").await;
    browser.until("It took more memory than work may take here").await;
    browser.close().await;
}

/// Sends a file and has it imported.
async fn send(browser: &Browser, origin: &str, folder: &Folder, name: &str) {
    browser.goto(&format!("{origin}/c/lima/import")).await;
    browser.add("[type=file]", &folder.path(name).to_string_lossy()).await;
    browser.click("form.card button.main").await;
    assert!(browser.text().await.contains("Template"), "{}", browser.text().await);
    browser.fill("[name=purpose]", "drill").await;
    browser.fill("[name=legal_basis]", "none: made data").await;
    browser.click("form[action$='/start'] button").await;
}
