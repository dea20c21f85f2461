#![no_main]

use bytes::Bytes;
use facts::Settings;
use feeds::Reading;

/// libFuzzer ends the process at every panic; those inside the fence are caught.
static HOOK: std::sync::Once = std::sync::Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !feeds::guard::is_fenced() {
                usual(panic);
            }
        }));
    });
    let file = Bytes::copy_from_slice(bytes);
    let mut reading = Reading::new(Settings::default());
    if reading.parquet("fuzzed", "fuzzed", &|| Ok(file.clone()), None).is_err() {
        return;
    }
    if let Ok((calls, quarantine, files)) = reading.finish() {
        ringtrace_fuzz::hold(&calls, &quarantine, &files);
    }
});
