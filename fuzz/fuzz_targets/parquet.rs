#![no_main]

use bytes::Bytes;
use facts::Settings;
use feeds::Reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let file = Bytes::copy_from_slice(bytes);
    let mut reading = Reading::new(Settings::default());
    if reading.parquet("fuzzed", "fuzzed", &|| Ok(file.clone()), None).is_err() {
        return;
    }
    if let Ok((calls, quarantine, files)) = reading.finish() {
        ringtrace_fuzz::hold(&calls, &quarantine, &files);
    }
});
