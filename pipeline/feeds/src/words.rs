//! Words that feeds use for outcomes, directions and attestation.

use domain::Outcome;
use facts::SightingKind;
use facts::call::Attestation;

/// The direction of a subscriber's own record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The subscriber called.
    Out,
    /// The subscriber was called.
    In,
}

/// The outcome behind a feed's word: disposition, Q.850 cause name or number, SIP status, yes or no.
///
/// Source: Asterisk `cdr.c` dispositions; FreeSWITCH hang-up causes; ITU-T Q.850 table 1. Unknown words read as
/// unknown, which is not the same as unanswered.
pub fn outcome(word: &[u8]) -> Outcome {
    let mut folded = [0_u8; 32];
    match without_zeros(fold(word, &mut folded)) {
        b"answered"
        | b"answer"
        | b"ans"
        | b"true"
        | b"t"
        | b"yes"
        | b"y"
        | b"1"
        | b"normal_clearing"
        | b"16"
        | b"success"
        | b"successful"
        | b"completed"
        | b"complete"
        | b"connected"
        | b"ok"
        | b"200"
        | b"normal"
        | b"originator_cancel_after_answer" => Outcome::Answered,
        b"no_answer" | b"noanswer" | b"unanswered" | b"false" | b"f" | b"no" | b"n" | b"0"
        | b"missed" | b"cancel" | b"cancelled" | b"canceled" | b"originator_cancel"
        | b"no_user_response" | b"call_rejected" | b"rejected" | b"abandoned" | b"18" | b"19"
        | b"21" | b"480" | b"487" | b"603" => Outcome::NoAnswer,
        b"busy" | b"user_busy" | b"17" | b"486" | b"600" => Outcome::Busy,
        b"vacant"
        | b"unallocated_number"
        | b"unallocated"
        | b"invalid_number"
        | b"invalid_number_format"
        | b"no_route_destination"
        | b"number_changed"
        | b"22"
        | b"28"
        | b"404"
        | b"604"
        | b"484" => Outcome::Vacant,
        b"failed"
        | b"fail"
        | b"congestion"
        | b"chanunavail"
        | b"normal_temporary_failure"
        | b"network_out_of_order"
        | b"destination_out_of_order"
        | b"recovery_on_timer_expire"
        | b"34"
        | b"38"
        | b"41"
        | b"27"
        | b"500"
        | b"503"
        | b"408" => Outcome::Failed,
        _ => std::str::from_utf8(word).map_or(Outcome::Unknown, outcome_abroad),
    }
}

/// Outcomes in words of other languages.
fn outcome_abroad(word: &str) -> Outcome {
    const ANSWERED: &str = "si ja oui ya да evet contestada atendida respondida beantwortet angenommen repondu \
        risposta answeredcall beantwoord dijawab terjawab cevaplandı отвечен 是 已接 已接通 接通 接通成功 成功 應答 応答 通話 응답 통화";
    const NO_ANSWER: &str = "nein non tidak nao nie hayır nocontestada noatendida sinrespuesta perdida naoatendida \
        nichtangenommen nichtbeantwortet verpasst nonrepondu manque nonrisposta gemist tidakdijawab \
        takdijawab cevapsız неотвечен пропущен 否 未接 未接通 未接听 無應答 不在 不在着信 부재중 미응답";
    const BUSY: &str =
        "ocupado besetzt occupe occupato bezet sibuk meşgul занято 忙 占线 忙线 話中 통화중";
    let folded = crate::header::fold(word);
    let among =
        |known: &str| known.split_whitespace().any(|known| crate::header::fold(known) == folded);
    if folded.is_empty() {
        Outcome::Unknown
    } else if among(ANSWERED) {
        Outcome::Answered
    } else if among(NO_ANSWER) {
        Outcome::NoAnswer
    } else if among(BUSY) {
        Outcome::Busy
    } else {
        Outcome::Unknown
    }
}

/// A number without zeros in front: `016` is 16.
fn without_zeros(word: &[u8]) -> &[u8] {
    if !word.iter().all(u8::is_ascii_digit) {
        return word;
    }
    let zeros = word.iter().take_while(|byte| **byte == b'0').count();
    word.get(zeros.min(word.len().saturating_sub(1))..).unwrap_or(word)
}

/// Whether a word is a cause that tells a vacant number from an unanswered one. Busy or failed is no such: feeds that know no more than
/// those (Asterisk's dispositions) call a vacant number failed.
pub fn tells_causes(word: &[u8]) -> bool {
    outcome(word) == Outcome::Vacant
}

/// The direction behind a feed's word or words: `MOC`, `Call_In`, `chamada originada`, `主叫`.
pub fn direction(words: &[u8]) -> Option<Direction> {
    const OUT: &str = "out outgoing outbound o mo moc orig originating originated ausgehend abgehend keluar sortant emis \
        salida saliente realizada efetuada originada uscente effettuata uitgaand wychodzace wychodzacy giden di made dialed \
        dialled callout outcall";
    const IN: &str = "in incoming inbound i mt mtc term terminating terminated eingehend ankommend masuk entrant recu \
        entrada entrante recibida recebida ricevuta inkomend przychodzace przychodzacy gelen den received callin incall";
    const OUT_ABROAD: [&str; 9] =
        ["主叫", "呼出", "発信", "發話", "발신", "исходящ", "โทรออก", "الصادر", "صادر"];
    const IN_ABROAD: [&str; 10] =
        ["被叫", "呼入", "着信", "受話", "착신", "수신", "входящ", "รบสาย", "الوارد", "وارد"];
    if not_a_call(words) {
        return None;
    }
    let told = |plain: &str, abroad: &[&str]| has_word(words, plain) || contains(words, abroad);
    if told(OUT, &OUT_ABROAD) {
        Some(Direction::Out)
    } else if told(IN, &IN_ABROAD) {
        Some(Direction::In)
    } else {
        None
    }
}

/// Whether the word names something other than a voice call.
pub fn not_a_call(words: &[u8]) -> bool {
    const OTHERS: &str = "sms smsmo smsmt mms text message data gprs internet ussd mensaje mensajes datos pesan nachricht daten";
    const ABROAD: [&str; 12] = [
        "短信",
        "彩信",
        "短訊",
        "簡訊",
        "上网",
        "流量",
        "메시지",
        "문자",
        "데이터",
        "смс",
        "сообщени",
        "ขอความ",
    ];
    has_word(words, OTHERS) || contains(words, &ABROAD)
}

/// What a sighting was seen by.
pub fn sighting_kind(words: &[u8]) -> SightingKind {
    const WIFI: &str = "wifi wlan wi ap ssid association";
    const DATA: &str =
        "data gprs internet pdp pdn session sessions ps packet bearer datos datasession";
    const ATTACH: &str = "attach detach attached detached register registration deregister on off";
    const LOCATION: &str = "location update lu lau rau tau handover handoff periodic paging moved ubicacion locationupdate";
    let kinds = [
        (WIFI, SightingKind::Wifi),
        (ATTACH, SightingKind::Attach),
        (LOCATION, SightingKind::Location),
        (DATA, SightingKind::Data),
    ];
    let named = kinds.into_iter().find(|(known, _)| has_word(words, known));
    named.map_or(SightingKind::Unknown, |(_, kind)| kind)
}

/// Whether one of a field's words is among those known, which stand apart by spaces.
fn has_word(field: &[u8], known: &str) -> bool {
    let words = field.split(|byte| byte.is_ascii_punctuation() || byte.is_ascii_whitespace());
    words.filter_map(|word| std::str::from_utf8(word).ok()).filter(|word| !word.is_empty()).any(
        |word| {
            let word = crate::header::fold(word);
            known.split_whitespace().any(|known| known == word)
        },
    )
}

/// Whether a field holds one of these: for scripts whose words do not stand apart.
fn contains(field: &[u8], known: &[&str]) -> bool {
    !field.is_ascii()
        && std::str::from_utf8(field).is_ok_and(|field| {
            let folded = crate::header::fold(field);
            known.iter().any(|known| folded.contains(known))
        })
}

/// The STIR/SHAKEN attestation level in a field.
pub fn attestation(word: &[u8]) -> Attestation {
    match word.trim_ascii() {
        b"A" | b"a" => Attestation::A,
        b"B" | b"b" => Attestation::B,
        b"C" | b"c" => Attestation::C,
        _ => Attestation::None,
    }
}

/// Lower case, with runs of space and hyphen as one underscore; words of over 32 bytes fold to nothing.
pub fn fold<'a>(word: &[u8], into: &'a mut [u8; 32]) -> &'a [u8] {
    let word = word.trim_ascii();
    let Some(place) = into.get_mut(..word.len()) else { return b"" };
    for (to, from) in place.iter_mut().zip(word) {
        *to = match from {
            b' ' | b'-' => b'_',
            other => other.to_ascii_lowercase(),
        };
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_several_feeds() {
        let cases: [(&str, Outcome); 12] = [
            ("ANSWERED", Outcome::Answered),
            ("NO ANSWER", Outcome::NoAnswer),
            ("NORMAL_CLEARING", Outcome::Answered),
            ("UNALLOCATED_NUMBER", Outcome::Vacant),
            (" Busy ", Outcome::Busy),
            ("congestion", Outcome::Failed),
            ("true", Outcome::Answered),
            ("016", Outcome::Answered),
            ("No contestada", Outcome::NoAnswer),
            ("未接", Outcome::NoAnswer),
            ("Ocupado", Outcome::Busy),
            ("blue", Outcome::Unknown),
        ];
        for (word, expected) in cases {
            assert_eq!(outcome(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn directions_and_kinds() {
        assert_eq!(direction(b"MOC"), Some(Direction::Out));
        assert_eq!(direction(b"incoming"), Some(Direction::In));
        assert_eq!(direction(b"CALL_IN"), Some(Direction::In));
        assert_eq!(direction("呼叫类型:主叫".as_bytes()), Some(Direction::Out));
        assert_eq!(direction("Исходящий вызов".as_bytes()), Some(Direction::Out));
        assert_eq!(direction("llamada recibida".as_bytes()), Some(Direction::In));
        assert_eq!(direction(b"sms_in"), None, "no call has no direction");
        assert_eq!(direction(b"sideways"), None);
        assert!(not_a_call(b"SMS-MO") && !not_a_call(b"voice"));
    }
}
