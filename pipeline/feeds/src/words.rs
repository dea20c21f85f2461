//! Words that feeds use for outcomes, directions and attestation.

use domain::Outcome;
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
    match fold(word, &mut folded) {
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
        _ => Outcome::Unknown,
    }
}

/// Whether a word is a cause that tells a vacant number from an unanswered one. Busy or failed is no such: feeds that know no more than
/// those (Asterisk's dispositions) call a vacant number failed.
pub fn tells_causes(word: &[u8]) -> bool {
    outcome(word) == Outcome::Vacant
}

/// The direction behind a feed's word.
pub fn direction(word: &[u8]) -> Option<Direction> {
    let mut folded = [0_u8; 32];
    match fold(word, &mut folded) {
        b"out" | b"outgoing" | b"outbound" | b"o" | b"mo" | b"moc" | b"orig" | b"originating"
        | b"ausgehend" | b"abgehend" | b"keluar" | b"sortant" | b"salida" | b"realizada"
        | b"mobile_originated" | b"saliente" | b"made" | b"dialed" | b"dialled" => {
            Some(Direction::Out)
        }
        b"in" | b"incoming" | b"inbound" | b"i" | b"mt" | b"mtc" | b"term" | b"terminating"
        | b"eingehend" | b"ankommend" | b"masuk" | b"entrant" | b"entrada" | b"recibida"
        | b"mobile_terminated" | b"entrante" | b"received" => Some(Direction::In),
        _ => None,
    }
}

/// Whether the word names something other than a voice call.
pub fn not_a_call(word: &[u8]) -> bool {
    let mut folded = [0_u8; 32];
    matches!(
        fold(word, &mut folded),
        b"sms"
            | b"text"
            | b"mms"
            | b"data"
            | b"gprs"
            | b"message"
            | b"smsmo"
            | b"smsmt"
            | b"sms_mo"
            | b"sms_mt"
            | b"internet"
    )
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
        let cases: [(&str, Outcome); 8] = [
            ("ANSWERED", Outcome::Answered),
            ("NO ANSWER", Outcome::NoAnswer),
            ("NORMAL_CLEARING", Outcome::Answered),
            ("UNALLOCATED_NUMBER", Outcome::Vacant),
            (" Busy ", Outcome::Busy),
            ("congestion", Outcome::Failed),
            ("true", Outcome::Answered),
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
        assert_eq!(direction(b"sideways"), None);
        assert!(not_a_call(b"SMS-MO") && !not_a_call(b"voice"));
    }
}
