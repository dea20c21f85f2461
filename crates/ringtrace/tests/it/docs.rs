//! What the documentation shows runs as shown.

use crate::served::Served;
use crate::support::Folder;
use std::path::{Path, PathBuf};

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![root.join("docs")];
    let mut pages = vec![root.join("README.md")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the documentation is there") {
            let path = entry.expect("the documentation is there").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// Commands in code spans, behind a prompt, or behind `Example:`; those with a placeholder in capitals are forms, not examples.
fn commands(text: &str) -> Vec<String> {
    let spans = text.split('`').skip(1).step_by(2);
    let lines = text.lines().filter_map(|line| {
        line.strip_prefix("$ ").or_else(|| line.trim().strip_prefix("Example: "))
    });
    let placeholder = |word: &str| {
        word.len() > 2 && word.chars().take(3).all(|letter| letter.is_ascii_uppercase())
    };
    spans
        .chain(lines)
        .filter_map(|command| command.trim().strip_prefix("ringtrace "))
        .filter(|command| !command.contains('\n') && !command.contains('…'))
        .filter(|command| command.contains(' ') && !command.split(' ').any(placeholder))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_example_runs() {
    let folder = Folder::new();
    folder.world("calls.csv", "--calls 150000 --rooms 2 --seed 31");
    std::fs::copy(folder.path("calls.truth.csv"), folder.path("world.truth.csv")).unwrap();
    let found = folder.run(&["find", "calls.csv", "--json", "--reveal"]);
    folder.write("found.json", found.out);
    folder.write("lima.jsonl", include_str!("../../../../docs/examples/lima.jsonl"));
    folder.write("message.txt", "Your account is suspended. Verify your password now");
    folder.write("labelled.csv", include_str!("../../../../docs/examples/labelled.csv"));
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    assert_eq!(folder.run(&["find", "--keep", "lima.ring"]).code, 0);
    let mut ran = 0;
    let mut all: Vec<String> =
        pages().iter().flat_map(|page| commands(&std::fs::read_to_string(page).unwrap())).collect();
    all.sort();
    all.dedup();
    for command in all {
        // A world of the example's size takes longer than a test may; a smaller one is read the same way.
        let words: Vec<&str> = command
            .split(' ')
            .map(|word| {
                if word.parse::<u64>().is_ok_and(|calls| calls > 200_000) { "20000" } else { word }
            })
            .collect();
        ran += 1;
        if let ["serve", options @ ..] = &words[..] {
            // It shows pages until it is ended.
            assert!(Served::with(&folder, options).address.starts_with("http://127.0.0.1:"));
            continue;
        }
        let told = folder.run(&words);
        assert_eq!(told.code, 0, "ringtrace {command}: {}", told.err);
    }
    assert!(ran >= 5, "only {ran} examples were found");
}

#[test]
fn the_readme_shows_what_demo_prints() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, shown) = readme.split_once("$ cargo run --release -- demo\n").unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let told = Folder::new().run(&["demo"]);
    let printed = format!("{}{}", told.err, told.out);
    for line in shown.lines().filter(|line| !line.starts_with('…')) {
        assert!(printed.contains(line), "demo does not print “{line}”:\n{printed}");
    }
    assert!(shown.lines().count() > 30);
}

/// The TOML blocks of a page.
fn toml_blocks(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference").join(page);
    let text = std::fs::read_to_string(path).expect("the page is there");
    let blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(str::to_owned).collect()
}

#[test]
fn settings_that_the_reference_shows_are_read() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83\n",
    );
    for (page, option) in [("configuration.md", "--config"), ("templates.md", "--template")] {
        let blocks = toml_blocks(page);
        assert!(!blocks.is_empty(), "{page} shows none");
        for block in blocks {
            folder.write("shown.toml", &block);
            let told = folder.run(&["find", "calls.csv", option, "shown.toml"]);
            // The template is for another file: its columns are missing here, and that is what is said.
            let read = told.code == 0 || told.err.contains("there is no column");
            assert!(read, "{page}: {}", told.err);
        }
    }
}
