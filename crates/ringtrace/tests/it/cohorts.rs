//! Cohorts that fall silent are told, travellers who come back are not.

use crate::support::Folder;
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn recruits_who_fall_silent_are_told_and_travellers_are_not() {
    let (mut told, mut all) = (0, 0);
    for seed in ["71", "72", "73"] {
        let folder = Folder::new();
        folder
            .world("home.parquet", &format!("--calls 400000 --rooms 1 --cohorts 2 --seed {seed}"));
        let truth = std::fs::read_to_string(folder.path("home.truth.csv")).unwrap();
        let rows = truth.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let of: BTreeMap<String, (String, String)> = rows
            .filter(|row| row[0].starts_with("cohort"))
            .map(|row| (row[3].to_owned(), (row[0].to_owned(), row[2].to_owned())))
            .collect();
        let found = folder.run(&["find", "home.parquet", "--json", "--reveal"]);
        let report: Value = serde_json::from_str(&found.out).unwrap();
        let cohorts = report["cohorts"].as_array().unwrap();
        let classes = |cohort: &Value| -> Vec<Option<String>> {
            let lines = cohort["lines"].as_array().unwrap().iter();
            lines.map(|line| Some(of.get(line.as_str()?)?.1.clone())).collect()
        };
        for cohort in cohorts {
            let classes = classes(cohort);
            assert!(!classes.contains(&Some("trip".to_owned())), "{cohort}");
            let recruits = classes.iter().filter(|class| class.as_deref() == Some("recruits"));
            let are_recruits = recruits.count() * 2 > classes.len();
            assert!(are_recruits || cohort["verdict"] == "watch", "{cohort}");
            told += usize::from(are_recruits);
        }
        all += 2;
    }
    assert!(told * 10 >= all * 8, "{told} of {all}");
}
