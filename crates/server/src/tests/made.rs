//! Casebooks that are made up, with what was found in them.

use crate::{Casebooks, Preview, Receiving, SourceRow, Unavailable, Waiting, Work};
use report::{
    Accounts, AdviceReport, AroundReport, ColumnReport, Fact, FactReport, FeatureReport, Feed,
    FindingReport, HoursReport, LineReport, PersonReport, Report, RoomReport, ScreenedReport,
    SignReport, Site, SpanReport, WelfareReport,
};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Journal, Store};

/// The numbers of the made casebook, none of which anybody may see without a grant.
pub(super) const NUMBERS: [&str; 4] =
    ["+99912345601", "+99912345602", "+99912345603", "+99900777888"];
/// A line of the room that is found later, and somebody whom it called.
pub(super) const OTHER: &str = "+99955500001";
pub(super) const OTHER_CALLED: &str = "+99955500002";
/// The handset in it.
pub(super) const HANDSET: &str = "350000000000017";
/// What only protection officers may read.
pub(super) const DISTRESS: &str = "A call to an emergency number was cut after two seconds";

/// Two casebooks, `lima` and `callao`, alike.
pub(super) struct Made {
    store: Store,
    /// Where files that are sent lie.
    folder: PathBuf,
    /// Whether another room was found meanwhile, which is the first now.
    is_renumbered: AtomicBool,
}

/// A file that is being received.
struct Sent {
    folder: PathBuf,
    bytes: Vec<u8>,
}

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Receiving for Sent {
    fn keep(self: Box<Self>, name: &str) -> Result<String, Unavailable> {
        std::fs::write(self.folder.join(name), &self.bytes).map_err(|error| unavailable(&error))?;
        Ok(name.to_owned())
    }
}

fn unavailable(error: &std::io::Error) -> Unavailable {
    Unavailable(error.to_string())
}

impl Made {
    pub(super) async fn new(folder: &tempfile::TempDir) -> Self {
        let sent = folder.path().join("incoming");
        std::fs::create_dir(&sent).unwrap();
        let store = Store::open(&folder.path().join("desk.sqlite")).await.unwrap();
        Self { store, folder: sent, is_renumbered: AtomicBool::new(false) }
    }

    /// Finds another room, which is the first from now on.
    pub(super) fn renumber(&self) {
        self.is_renumbered.store(true, Ordering::SeqCst);
    }
}

/// What is said of a text: its words from the eighth letter to the thirteenth are why.
pub(crate) fn screened(text: &str, verdict: &str) -> ScreenedReport {
    let said = |language: &str| format!("advice in {language}");
    ScreenedReport {
        file: String::new(),
        row: 1,
        sent: None,
        group: None,
        language: "en".to_owned(),
        verdict: verdict.to_owned(),
        probability: Some(0.5),
        kinds: Vec::new(),
        types: Vec::new(),
        labels: Vec::new(),
        acts: Vec::new(),
        counter_signs: Vec::new(),
        words: vec![SpanReport {
            start: 7,
            end: 13,
            text: text.get(7..13).unwrap_or_default().to_owned(),
            weight: Some(1.0),
        }],
        identifiers: Vec::new(),
        disguised: 0,
        turns: Vec::new(),
        advice: AdviceReport { en: said("en"), ms: said("ms"), zh: said("zh"), es: said("es") },
    }
}

impl Casebooks for Made {
    fn names(&self) -> Result<Vec<String>, Unavailable> {
        Ok(vec!["callao".to_owned(), "lima".to_owned()])
    }

    fn stamp(&self, _casebook: &str) -> Option<u128> {
        Some(u128::from(self.is_renumbered.load(Ordering::SeqCst)))
    }

    fn found(&self, _casebook: &str) -> Result<Report, Unavailable> {
        let mut found = report();
        if self.is_renumbered.load(Ordering::SeqCst) {
            let mut other = room();
            other.lines = vec![LineReport { line: OTHER.to_owned(), ..line(0) }];
            other.people_to_warn = vec![PersonReport { line: OTHER_CALLED.to_owned(), ..person() }];
            found.rooms[0].id = "R2".to_owned();
            found.rooms[0].people_to_warn[0].rank = 2;
            found.rooms.insert(0, other);
        }
        Ok(found)
    }

    fn rows(&self, _casebook: &str, facts: &[Fact]) -> Result<Vec<SourceRow>, Unavailable> {
        let row = |fact: &Fact| SourceRow {
            line: fact.line.clone(),
            callee: fact.callee.clone(),
            start: fact.start.clone(),
            duration_s: 61,
            outcome: "answered".to_owned(),
            file: "<i>+99912345601.csv".to_owned(),
            row: 7,
        };
        Ok(facts.iter().map(row).collect())
    }

    fn files(&self, _: &str) -> Result<Vec<(String, String)>, Unavailable> {
        Ok(vec![("+99912345601.csv".to_owned(), "af13".repeat(16))])
    }

    fn journal<'a>(&'a self, casebook: &'a str) -> Waiting<'a, Result<Journal, Unavailable>> {
        let store = self.store.clone();
        Box::pin(async move { Ok(Journal::open(store, casebook).await.unwrap()) })
    }

    fn command(&self, _casebook: &str, _work: &Work) -> Command {
        Command::new("true")
    }

    fn screened(&self, text: &str) -> ScreenedReport {
        screened(text, if text.contains("verify") { "lead" } else { "nothing" })
    }

    fn memory_max(&self) -> u64 {
        u64::MAX
    }

    fn is_there(&self, casebook: &str) -> bool {
        ["callao", "lima"].contains(&casebook)
    }

    fn receive(&self, _: &str) -> Result<Box<dyn Receiving>, Unavailable> {
        Ok(Box::new(Sent { folder: self.folder.clone(), bytes: Vec::new() }))
    }

    fn forget(&self, _: &str, file: &str) -> Result<(), Unavailable> {
        std::fs::remove_file(self.folder.join(file)).map_err(|error| unavailable(&error))
    }

    fn received(&self, _: &str) -> Result<Vec<String>, Unavailable> {
        let entries = std::fs::read_dir(&self.folder).map_err(|error| unavailable(&error))?;
        Ok(entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
    }

    fn preview(&self, _: &str, file: &str, template: Option<&str>) -> Result<Preview, Unavailable> {
        let bytes = std::fs::read(self.folder.join(file)).map_err(|error| unavailable(&error))?;
        let template = template.unwrap_or("recognised").to_owned();
        Ok(Preview { text: format!("{} bytes <b>", bytes.len()), template })
    }

    fn numbers(&self, text: &str) -> Vec<String> {
        text.split(' ').filter(|word| word.starts_with('+')).map(str::to_owned).collect()
    }

    fn store(&self) -> &Store {
        &self.store
    }
}

fn call() -> FactReport {
    FactReport::Kept(Fact {
        start_s: 1_696_400_000,
        start: "2023-10-04 01:13:20".to_owned(),
        line: NUMBERS[0].to_owned(),
        source: None,
        callee: Some(NUMBERS[3].to_owned()),
    })
}

/// One room of three lines that works on one person.
pub(crate) fn report() -> Report {
    Report {
        version: report::VERSION.to_owned(),
        program: "ringtrace".to_owned(),
        configuration: serde_json::Value::Null,
        as_of: "2023-10-29 23:59:55".to_owned(),
        feeds: vec![Feed {
            name: "<b>+99912345602.csv".to_owned(),
            template: "recognised".to_owned(),
            zone: "America/Lima".to_owned(),
            rows: 10,
            sees: vec!["outcome".to_owned()],
            not_observable: vec!["route".to_owned()],
            notes: Vec::new(),
            problem: None,
        }],
        accounts: Accounts {
            rows: 10,
            facts: 9,
            sightings: 0,
            later: 0,
            duplicates: 1,
            quarantined: 0,
        },
        lines: 4,
        candidates: 3,
        groups: 1,
        features: vec![FeatureReport {
            name: "volume".to_owned(),
            means: "How many calls a line makes".to_owned(),
            points_to_a_room: "Fraud lines make many".to_owned(),
            false_alarms: "Couriers make as many".to_owned(),
            columns: ["calls", "calls_received"].map(column).to_vec(),
        }],
        rooms: vec![room()],
        cohorts: Vec::new(),
        suppressed: Vec::new(),
        quarantine: std::collections::BTreeMap::new(),
        sides: Vec::new(),
        joined: Vec::new(),
    }
}

fn column(name: &str) -> ColumnReport {
    let (unit, about) = ("calls".to_owned(), format!("The {name}."));
    ColumnReport { name: name.to_owned(), unit, about }
}

fn room() -> RoomReport {
    RoomReport {
        id: "R1".to_owned(),
        verdict: "lead".to_owned(),
        shape: "house".to_owned(),
        confidence: 0.97,
        first_seen: "2023-10-04 01:00:00".to_owned(),
        last_seen: "2023-10-29 22:00:00".to_owned(),
        site: vec![Site { cell: "001-01-1-1".to_owned(), share: 0.9, lat: None, lon: None }],
        areas: Vec::new(),
        target_zone: Some("Asia/Kuala_Lumpur".to_owned()),
        lines: (0..3).map(line).collect(),
        around: vec![AroundReport {
            line: NUMBERS[2].to_owned(),
            role: "supplier".to_owned(),
            role_confidence: 0.7,
            controller: 0.0,
            statements: vec!["Its number is called by all".to_owned()],
        }],
        evidence: vec![FindingReport {
            family: "targets".to_owned(),
            statement: "Another of the lines calls the same person".to_owned(),
            weight: 4.0,
            facts: vec![call()],
        }],
        counter_evidence: Vec::new(),
        people_to_warn: vec![person()],
        captivity: vec![SignReport {
            indicator: "distress".to_owned(),
            ilo: "intimidation and threats".to_owned(),
            family: "distress".to_owned(),
            status: "seen".to_owned(),
            confidence: 0.8,
            statement: DISTRESS.to_owned(),
            counter_sign: None,
            restricted: true,
            facts: vec![call()],
        }],
        welfare: WelfareReport {
            advised: true,
            urgent: true,
            families: vec!["distress".to_owned()],
            vantage_points: 1,
            statement: "Welfare check advised".to_owned(),
            silenced: vec![NUMBERS[2].to_owned()],
        },
        judgement: None,
        like: None,
        not_observable: vec!["Where the cells stand".to_owned()],
        measures: serde_json::Map::new(),
        hours: HoursReport { site: vec![[3; 24]; 7], targets: None },
    }
}

fn line(nth: usize) -> LineReport {
    LineReport {
        id: format!("R1-L{:02}", nth + 1),
        line: NUMBERS[nth].to_owned(),
        first_seen: "2023-10-04 01:00:00".to_owned(),
        last_seen: "2023-10-29 22:00:00".to_owned(),
        weight: 5.0,
        role: "worker".to_owned(),
        role_confidence: 0.9,
        controller: 0.1,
        continues_as: (nth == 0).then(|| NUMBERS[1].to_owned()),
        calls: 100,
        targets: 90,
        handsets: vec![HANDSET.to_owned()],
        days: vec![("2023-10-04".to_owned(), 40), ("2023-10-06".to_owned(), 60)],
        measures: vec![Some(100.0), None],
    }
}

fn person() -> PersonReport {
    PersonReport {
        rank: 1,
        line: NUMBERS[3].to_owned(),
        urgency: "now".to_owned(),
        stage: "worked on".to_owned(),
        expected_precision: 0.95,
        room: "R1".to_owned(),
        also_rooms: Vec::new(),
        first_contact: "2023-10-28 01:00:00".to_owned(),
        last_contact: "2023-10-29 01:00:00".to_owned(),
        talk_s: 900,
        contacts: 2,
        lines: 2,
        days: 2,
        handoffs: Vec::new(),
        reason: "Talked to for 15 min".to_owned(),
        counter_evidence: Vec::new(),
        not_observable: Vec::new(),
        facts: vec![call()],
    }
}
