#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((calls, quarantine, files)) = ringtrace_fuzz::read(bytes, None) {
        ringtrace_fuzz::hold(&calls, &quarantine, &files);
    }
});
