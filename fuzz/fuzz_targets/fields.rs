#![no_main]

//! One field on its own: identifiers, moments and durations.

use feeds::duration::{Unit, seconds};
use feeds::identifier::{Numbering, identify, region_of};
use feeds::moment::{Form, KNOWN};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (choice, field) = bytes.split_first().unwrap_or((&0, bytes));
    let country = ["GB", "MY", "PE", "CN"].get(usize::from(*choice)).and_then(|code| region_of(code));
    let _refused = identify(field, Numbering { country, plus_left_out: choice & 1 == 1 });
    for unit in [Unit::Seconds, Unit::Milliseconds, Unit::Minutes] {
        let _refused = seconds(field, unit);
    }
    for form in KNOWN {
        let _refused = Form::new(form).and_then(|form| form.read(field));
    }
    if let Some(form) = std::str::from_utf8(field).ok().and_then(Form::new) {
        let _refused = form.read(b"2023-10-07 21:04:05");
    }
});
