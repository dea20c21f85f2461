//! Headers: what columns are called by those who export calls.

mod names;

use crate::template::Role;
use names::NAMES;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Lower case, letters and digits only, without accents.
pub fn fold(name: &str) -> String {
    name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).nfc().collect()
}

/// The role that a header names; what stands in brackets behind the name (a unit, a zone) does not matter.
pub fn role_of(header: &str) -> Option<Role> {
    let before = header.split(['(', '[']).next().unwrap_or_default();
    let plain = in_plain_words(before);
    let of_call = plain.strip_prefix("call").unwrap_or_default();
    [&*fold(header), &*fold(before), &*plain, &*plain.replace("number", ""), of_call]
        .into_iter()
        .find_map(known)
}

/// A header with its short words for "number" written out: `CALLING_NBR` is a calling number.
fn in_plain_words(header: &str) -> String {
    let words = header.split(|c: char| !c.is_alphanumeric()).map(fold);
    let plain = words.map(|word| match word.as_str() {
        "nbr" | "num" | "no" | "nr" | "nro" | "msisdn" | "phone" | "tel" | "numero" | "nummer"
        | "numer" | "nomor" | "nombor" | "numara" | "rufnummer" | "telefono" | "telefone"
        | "telephone" | "номер" => "number".to_owned(),
        _ => word,
    });
    plain.collect()
}

fn known(folded: &str) -> Option<Role> {
    static ROLES: LazyLock<BTreeMap<&str, Role>> = LazyLock::new(|| {
        let names = NAMES
            .iter()
            .flat_map(|(role, names)| names.split_whitespace().map(|name| (name, *role)));
        names.collect()
    });
    ROLES.get(folded).copied()
}

/// Whether a header names money: no duration, however small its numbers.
pub fn is_price(header: &str) -> bool {
    const WORDS: [&str; 16] = [
        "cost", "price", "charge", "amount", "fee", "tariff", "rate", "revenue", "precio", "costo",
        "coste", "importe", "preis", "kosten", "betrag", "kos",
    ];
    let folded = fold(header);
    WORDS.iter().any(|word| folded.contains(word))
}

/// Whether a header names a time that both were not connected for: ringing, waiting, setting up.
pub fn is_before_talk(header: &str) -> bool {
    const WORDS: [&str; 9] =
        ["ring", "wait", "queue", "delay", "pdd", "setup", "timbr", "espera", "klingel"];
    let folded = fold(header);
    WORDS.iter().any(|word| folded.contains(word))
}

/// Whether a header says that moments are in UTC.
pub fn states_utc(header: &str) -> bool {
    let folded = fold(header);
    ["utc", "gmt", "zulu"].iter().any(|word| folded.ends_with(word))
}

/// What numbers mean in a column of causes, beyond what they mean anywhere.
///
/// Source: ITU-T Q.850 (1 is an unallocated number, elsewhere it is a yes; 0 is no cause, elsewhere it is a no); 3GPP TS 32.298
/// `CauseForTerm` (0 normal, 1 and 2 partial, 3 an unsuccessful attempt, 4 an abnormal end), which tells how a record ended.
pub fn causes(header: &str) -> &'static [(&'static str, &'static str)] {
    let folded = fold(header);
    if folded.contains("causeforterm") || folded.contains("causeforrecclosing") {
        &[
            ("0", "unknown"),
            ("1", "unknown"),
            ("2", "unknown"),
            ("3", "no_answer"),
            ("4", "unknown"),
        ]
    } else if folded.contains("cause") {
        &[("0", "unknown"), ("1", "vacant")]
    } else if folded.contains("reason") {
        &[("0", "unknown")]
    } else {
        &[]
    }
}

/// The unit that a duration's header states.
pub fn duration_unit(header: &str) -> crate::duration::Unit {
    let folded = fold(header);
    let any = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if folded.ends_with("ms") || folded.contains("milli") {
        crate::duration::Unit::Milliseconds
    } else if folded.ends_with("min") || any(&["minut", "minit", "mins", "分钟"]) {
        crate::duration::Unit::Minutes
    } else {
        crate::duration::Unit::Seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_written_as_headers_are_folded() {
        let names = || NAMES.iter().flat_map(|(_, names)| names.split_whitespace());
        let odd: Vec<_> = names().filter(|name| fold(name) != *name).collect();
        assert_eq!(odd, [] as [&str; 0]);
        let mut twice: Vec<_> = names().collect();
        twice.sort_unstable();
        assert!(twice.windows(2).all(|pair| pair[0] != pair[1]), "{twice:?}");
    }

    #[test]
    fn headers_of_several_feeds() {
        let cases = [
            ("A-Number", Role::Caller),
            ("From", Role::Caller),
            ("Duration(seconds)", Role::Duration),
            ("Cell Tower", Role::CallerCell),
            ("CALLER_IMEI", Role::CallerImei),
            ("被叫号码", Role::Callee),
            ("correspondent_id", Role::Other),
            ("Hangup-Cause", Role::Outcome),
            ("start_stamp", Role::Start),
            ("Start (UTC)", Role::Start),
            ("CALLING_NBR", Role::Caller),
            ("IMEI_NO", Role::Imei),
            ("Call start time", Role::Start),
            ("Tempoh (saat)", Role::Duration),
            ("Dauer (Min)", Role::Duration),
            ("Número origen", Role::Caller),
            ("Teléfono destino", Role::Callee),
            ("Numéro appelant", Role::Caller),
            ("Nombor Pemanggil", Role::Caller),
            ("통화시간(초)", Role::Duration),
            ("หมายเลขปลายทาง", Role::Callee),
            ("Süre (sn)", Role::Duration),
            ("Длительность (сек)", Role::Duration),
            ("رقم المتصل به", Role::Callee),
            ("finalCalledPartyNumber", Role::Callee),
        ];
        for (header, role) in cases {
            assert_eq!(role_of(header), Some(role), "{header}");
        }
        assert_eq!(role_of("label"), None);
        assert_eq!(role_of("TAC"), None, "a model of handsets, or an area: neither is one handset");
        assert_eq!(duration_unit("Duration (min)"), crate::duration::Unit::Minutes);
        assert_eq!(duration_unit("Dauer (Min)"), crate::duration::Unit::Minutes);
        assert!(is_before_talk("Ringing") && !is_before_talk("Talking"));
        assert!(is_price("Call charge") && !is_price("Duration"));
        assert!(states_utc("Start (UTC)") && !states_utc("Start (local)"));
        assert_eq!(duration_unit("billsec"), crate::duration::Unit::Seconds);
    }
}
