#![no_main]

//! Rows of a feed of sightings, below its header.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let whole = [b"line,imei,cell,from,to,kind\n", bytes].concat();
    if let Some((calls, quarantine, files)) = ringtrace_fuzz::read(&whole, None) {
        ringtrace_fuzz::hold(&calls, &quarantine, &files);
    }
});
