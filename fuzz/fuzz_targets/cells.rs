#![no_main]

use feeds::cells::CellTable;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _refused = CellTable::from_csv(bytes);
});
