//! The same calls give the same bytes, however they come and wherever they lie.

use crate::support::Folder;

fn world(folder: &Folder) -> String {
    folder.world("world.csv", "--calls 150000 --rooms 2 --seed 31");
    std::fs::read_to_string(folder.path("world.csv")).expect("the world was made")
}

fn found(folder: &Folder, args: &[&str]) -> String {
    let zone = ["--zone", "America/Lima", "--json", "--reveal"];
    let told = folder.run(&[&["find"], args, &zone].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    told.out
}

#[test]
fn threads_and_memory_change_no_byte() {
    let folder = Folder::new();
    world(&folder);
    let plain = found(&folder, &["world.csv"]);
    assert!(plain.contains("\"lead\""), "the world's rooms are found");
    assert!(plain == found(&folder, &["world.csv", "--threads", "1"]), "one thread");
    assert!(plain == found(&folder, &["world.csv", "--threads", "3"]), "three threads");
    for memory in ["1KiB", "4MiB", "20MiB"] {
        let spilled = found(&folder, &["world.csv", "--memory", memory]);
        assert!(plain == spilled, "with {memory} of memory");
    }
}

#[test]
fn twenty_shuffled_files_give_the_rooms_of_one() {
    const FILES: usize = 20;
    let folder = Folder::new();
    let text = world(&folder);
    let (header, rows) = text.split_once('\n').unwrap();
    let mut files = vec![format!("{header}\n"); FILES];
    let rows: Vec<&str> = rows.lines().collect();
    // 7919 is prime and does not divide the number of rows: every row comes once, far from its neighbours.
    assert_ne!(rows.len() % 7_919, 0);
    for at in 0..rows.len() {
        let row = rows[(at * 7_919) % rows.len()];
        files[at * FILES / rows.len()].extend([row, "\n"]);
    }
    std::fs::create_dir(folder.path("many")).unwrap();
    for (at, file) in files.iter().enumerate() {
        folder.write(&format!("many/{at:02}.csv"), file);
    }
    let rooms = |json: &str| {
        let report: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(report["accounts"]["quarantined"], 0);
        (report["rooms"].clone(), report["accounts"]["facts"].clone())
    };
    assert_eq!(rooms(&found(&folder, &["world.csv"])), rooms(&found(&folder, &["many"])));
}

#[test]
fn a_casebook_is_the_same_with_little_memory() {
    let folder = Folder::new();
    world(&folder);
    for (casebook, memory) in [("a.ring", "1GiB"), ("b.ring", "1MiB")] {
        let told = folder.run(&["import", "world.csv", "--into", casebook, "--memory", memory]);
        assert_eq!(told.code, 0, "{}", told.err);
    }
    let facts = |casebook: &str| {
        let folder = folder.path(casebook).join("facts").join("calls");
        let mut files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.into_iter().map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    assert!(facts("a.ring") == facts("b.ring"));
}
