#![no_main]

//! The template first, then, behind a zero byte, the file that it is for.

use feeds::Template;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (toml, file) = bytes.split_at(at);
    let Ok(toml) = std::str::from_utf8(toml) else { return };
    let Ok(template) = Template::from_toml(toml) else { return };
    let again = Template::from_toml(&template.to_toml());
    assert_eq!(again.as_ref().ok(), Some(&template), "a template that is written reads the same");
    if let Some((calls, quarantine, files)) = ringtrace_fuzz::read(file, Some(&template)) {
        ringtrace_fuzz::hold(&calls, &quarantine, &files);
    }
});
