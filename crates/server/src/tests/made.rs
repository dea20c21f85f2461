//! Casebooks that are made up, with what was found in them.

use crate::{Casebooks, Preview, SourceRow, Unavailable, Waiting, Work};
use report::{
    Accounts, Fact, FactReport, Feed, FindingReport, HoursReport, LineReport, PersonReport, Report,
    RoomReport, SignReport, Site, WelfareReport,
};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use store::{Journal, Store};

/// The numbers of the made casebook, none of which anybody may see without a grant.
pub(super) const NUMBERS: [&str; 4] =
    ["+99912345601", "+99912345602", "+99912345603", "+99900777888"];
/// The handset in it.
pub(super) const HANDSET: &str = "350000000000017";
/// What only protection officers may read.
pub(super) const DISTRESS: &str = "A call to an emergency number was cut after two seconds";

/// Two casebooks, `lima` and `callao`, alike.
pub(super) struct Made {
    store: Store,
    /// Where files that are sent lie.
    folder: PathBuf,
}

fn unavailable(error: &std::io::Error) -> Unavailable {
    Unavailable(error.to_string())
}

impl Made {
    pub(super) async fn new(folder: &tempfile::TempDir) -> Self {
        let sent = folder.path().join("incoming");
        std::fs::create_dir(&sent).unwrap();
        let store = Store::open(&folder.path().join("desk.sqlite")).await.unwrap();
        Self { store, folder: sent }
    }
}

impl Casebooks for Made {
    fn names(&self) -> Result<Vec<String>, Unavailable> {
        Ok(vec!["callao".to_owned(), "lima".to_owned()])
    }

    fn stamp(&self, _casebook: &str) -> Option<u128> {
        Some(1)
    }

    fn found(&self, _casebook: &str) -> Result<Report, Unavailable> {
        Ok(report())
    }

    fn rows(&self, _casebook: &str, facts: &[Fact]) -> Result<Vec<SourceRow>, Unavailable> {
        let row = |fact: &Fact| SourceRow {
            line: fact.line.clone(),
            callee: fact.callee.clone(),
            start: fact.start.clone(),
            duration_s: 61,
            outcome: "answered".to_owned(),
            file: "<i>calls.csv".to_owned(),
            row: 7,
        };
        Ok(facts.iter().map(row).collect())
    }

    fn journal<'a>(&'a self, casebook: &'a str) -> Waiting<'a, Result<Journal, Unavailable>> {
        let store = self.store.clone();
        Box::pin(async move { Ok(Journal::open(store, casebook).await.unwrap()) })
    }

    fn command(&self, _casebook: &str, _work: &Work) -> Command {
        Command::new("true")
    }

    fn receive(&self, _: &str, file: &str) -> Result<Box<dyn Write + Send>, Unavailable> {
        let file =
            std::fs::File::create(self.folder.join(file)).map_err(|error| unavailable(&error))?;
        Ok(Box::new(file))
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

    fn store(&self) -> &Store {
        &self.store
    }
}

fn call() -> FactReport {
    FactReport::Kept(Fact {
        start_s: 1_696_400_000,
        start: "2023-10-04 01:13:20".to_owned(),
        line: NUMBERS[0].to_owned(),
        callee: Some(NUMBERS[3].to_owned()),
    })
}

/// One room of three lines that works on one person.
pub(super) fn report() -> Report {
    Report {
        version: report::VERSION.to_owned(),
        program: "ringtrace".to_owned(),
        configuration: serde_json::Value::Null,
        as_of: "2023-10-29 23:59:55".to_owned(),
        feeds: vec![Feed {
            name: "<b>calls.csv".to_owned(),
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
        rooms: vec![room()],
        cohorts: Vec::new(),
        suppressed: Vec::new(),
        quarantine: std::collections::BTreeMap::new(),
        sides: Vec::new(),
        joined: Vec::new(),
    }
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
        around: Vec::new(),
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
