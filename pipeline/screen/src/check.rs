//! A bare number, account, wallet or link: what it is, whether it can be, and what lists say of it.
//!
//! Takes: what was typed, the home country, whether the call came in over a foreign route, lists that the user supplies. Gives: findings, each a sentence with
//! its source. False alarms: a number that its plan does not know may be younger than the program's data; a mobile number on a foreign route may be roaming.

use crate::fold::Folded;
use crate::identifier::{Identifier, Kind, Numbers, identifiers};
use crate::language::Languages;
use rlibphonenumber::enums::{PhoneNumberType, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber};

/// Lists that the user supplies, numbers in E.164.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Numbers that never call: do not originate.
    pub never_call: Vec<String>,
    /// Numbers that are published by who owns them.
    pub published: Vec<String>,
}

/// How a call came in.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// The country of the called network.
    pub home: Option<Region>,
    /// Whether the call came over a foreign route.
    pub from_abroad: bool,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// Speaks against it.
    Against,
    /// Cannot be true.
    Impossible,
}

impl Weight {
    /// Its name in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Against => "against",
            Self::Impossible => "impossible",
        }
    }
}

/// What was found of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it is; nothing where it is none of what is known.
    pub kind: Option<Kind>,
    /// Its normal form.
    pub value: String,
    /// The country, ISO 3166, of a number.
    pub country: Option<String>,
    /// The kind of a number: mobile, fixed, toll-free …
    pub line: Option<&'static str>,
    /// What follows, the weightiest first.
    pub findings: Vec<(Weight, String)>,
}

/// Checks what was typed.
pub fn check(typed: &str, numbers: &Numbers, arrival: &Arrival, lists: &Lists) -> Checked {
    let mut checked = match number(typed, numbers) {
        Some(found) => of_number(&found, arrival, lists),
        None => of_text(typed, numbers),
    };
    checked.findings.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    checked
}

/// The number that was typed, if nothing else was.
fn number(typed: &str, numbers: &Numbers) -> Option<PhoneNumber> {
    let folded = Folded::of(typed.trim());
    let text = folded.text();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|letter| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '+' | '-' | '(' | ')' | '.' | '/')
    });
    if !plain || !(3..=17).contains(&digits) {
        return None;
    }
    let international = text.trim_start().starts_with('+');
    let region = numbers.countries.first().copied();
    PHONE_NUMBER_UTIL.parse(text, if international { None } else { region }).ok()
}

fn of_number(number: &PhoneNumber, arrival: &Arrival, lists: &Lists) -> Checked {
    let value = number.format_as(rlibphonenumber::PhoneNumberFormat::E164).into_owned();
    let region = PHONE_NUMBER_UTIL.get_region_for_number(number);
    let valid = PHONE_NUMBER_UTIL.is_valid_number(number);
    let kind = valid.then(|| PHONE_NUMBER_UTIL.get_number_type(number));
    let mut findings = Vec::new();
    if let Err(why) = PHONE_NUMBER_UTIL.is_possible_number_with_reason(number) {
        findings.push((
            Weight::Impossible,
            format!("no such number can be: {}", why.to_string().to_lowercase()),
        ));
    } else if !valid {
        findings.push((
            Weight::Against,
            "the numbering plan of its country has not assigned this range".to_owned(),
        ));
    }
    on_lists(&value, lists, &mut findings);
    on_route(region, kind, arrival, &mut findings);
    if matches!(kind, Some(PhoneNumberType::PremiumRate | PhoneNumberType::SharedCost)) {
        findings
            .push((Weight::Against, "calling it back may cost more than a usual call".to_owned()));
    }
    Checked {
        kind: Some(Kind::Phone),
        value,
        country: region.map(|region| region.to_string()),
        line: kind.map(line),
        findings,
    }
}

fn on_lists(value: &str, lists: &Lists, findings: &mut Vec<(Weight, String)>) {
    if lists.never_call.iter().any(|listed| listed == value) {
        findings.push((
            Weight::Impossible,
            "on the list of numbers that never call: whoever showed it lied".to_owned(),
        ));
    }
    if lists.published.iter().any(|listed| listed == value) {
        findings.push((
            Weight::Note,
            "published by its owner; a caller can still show it falsely, so call it back"
                .to_owned(),
        ));
    }
}

/// A local number on a foreign route is a false one, or a roaming mobile.
fn on_route(
    region: Option<Region>,
    kind: Option<PhoneNumberType>,
    arrival: &Arrival,
    findings: &mut Vec<(Weight, String)>,
) {
    let Some(home) = arrival.home.filter(|_| arrival.from_abroad) else { return };
    if region != Some(home) {
        return;
    }
    let roams = matches!(kind, Some(PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile));
    findings.push(if roams {
        (
            Weight::Note,
            "a mobile number of this country on a foreign route: roaming, or shown falsely"
                .to_owned(),
        )
    } else {
        (
            Weight::Impossible,
            "a number of this country that does not travel, on a foreign route: shown falsely"
                .to_owned(),
        )
    });
}

fn line(kind: PhoneNumberType) -> &'static str {
    match kind {
        PhoneNumberType::FixedLine => "fixed",
        PhoneNumberType::Mobile => "mobile",
        PhoneNumberType::FixedLineOrMobile => "fixed or mobile",
        PhoneNumberType::TollFree => "toll-free",
        PhoneNumberType::PremiumRate => "premium rate",
        PhoneNumberType::SharedCost => "shared cost",
        PhoneNumberType::VoIP => "Internet telephony",
        PhoneNumberType::PersonalNumber => "personal",
        PhoneNumberType::Pager => "pager",
        PhoneNumberType::UAN => "company",
        PhoneNumberType::VoiceMail => "voice mail",
        PhoneNumberType::Unknown => "unknown",
    }
}

/// A wallet, a link, an account or a name.
fn of_text(typed: &str, numbers: &Numbers) -> Checked {
    let typed = typed.trim();
    let folded = Folded::of(typed);
    let languages = Languages::of(folded.text());
    let found = identifiers(typed, &folded, languages, numbers);
    let looks = looks_like(typed);
    let sure = |found: &Identifier| looks.is_none_or(|kind| found.kind == kind);
    let Some(Identifier { kind, value, notes, .. }) = found.into_iter().find(sure) else {
        return broken(typed, looks);
    };
    let mut findings: Vec<(Weight, String)> = notes
        .into_iter()
        .map(|note| (if kind == Kind::Link { Weight::Against } else { Weight::Note }, note))
        .collect();
    if matches!(kind, Kind::Wallet | Kind::Iban | Kind::Card) {
        findings.push((Weight::Note, "its checksum holds; whose it is cannot be seen".to_owned()));
    }
    Checked { kind: Some(kind), value, country: None, line: None, findings }
}

/// What is typed without blanks.
fn plain(typed: &str) -> String {
    typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect()
}

/// An IBAN or a wallet, by how it is written.
fn looks_like(typed: &str) -> Option<Kind> {
    let plain = plain(typed);
    let head = plain.as_bytes().get(..4).unwrap_or_default();
    let iban = matches!(head, [a, b, c, d] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit());
    let all = plain.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let wallet = plain.starts_with("0x")
        || plain.starts_with("bc1")
        || (plain.starts_with(['1', '3', 'T'])
            && plain.bytes().any(|byte| byte.is_ascii_alphabetic()));
    if all && iban && (15..=34).contains(&plain.len()) {
        Some(Kind::Iban)
    } else if all && wallet && plain.len() > 24 {
        Some(Kind::Wallet)
    } else {
        None
    }
}

/// Something that looks like an account or wallet whose checksum does not hold, or nothing known.
fn broken(typed: &str, looks: Option<Kind>) -> Checked {
    let plain = plain(typed);
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit()) && !plain.is_empty();
    let (kind, finding) = match looks {
        Some(Kind::Iban) => (
            looks,
            (Weight::Impossible, "written as an IBAN, but its check digits are wrong".to_owned()),
        ),
        Some(_) => (
            looks,
            (Weight::Impossible, "written as a wallet, but its checksum is wrong".to_owned()),
        ),
        None if digits => {
            let says = "digits of an account or card, or a number without its country: name one with --country";
            (Some(Kind::Account), (Weight::Note, says.to_owned()))
        }
        None => {
            (None, (Weight::Note, "no number, account, wallet or link is seen in it".to_owned()))
        }
    };
    Checked { kind, value: plain, country: None, line: None, findings: vec![finding] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(typed: &str, country: Option<Region>, arrival: &Arrival) -> String {
        let numbers = Numbers { countries: country.into_iter().collect() };
        let lists = Lists {
            never_call: vec!["+442079460999".to_owned()],
            published: vec!["+442079460000".to_owned()],
        };
        let checked = check(typed, &numbers, arrival, &lists);
        let findings: Vec<&str> =
            checked.findings.iter().map(|(weight, _)| weight.code()).collect();
        format!(
            "{} {} {} {} {}",
            checked.kind.map_or("-", Kind::code),
            checked.value,
            checked.country.unwrap_or_default(),
            checked.line.unwrap_or("-"),
            findings.join(",")
        )
    }

    #[test]
    fn numbers_of_all_sorts() {
        let none = Arrival::default();
        assert_eq!(told("+1 202 555 0123", None, &none), "phone +12025550123 US fixed or mobile ");
        assert_eq!(
            told("+44 7700 900123", None, &none),
            "phone +447700900123  - against",
            "kept for fiction: never assigned"
        );
        assert_eq!(
            told("020 7946 0000", Some(Region::GB), &none),
            "phone +442079460000 GB fixed note"
        );
        assert_eq!(
            told("+44 20 7946 0999", None, &none),
            "phone +442079460999 GB fixed impossible"
        );
        assert_eq!(told("+60 3123", None, &none).split(' ').next_back(), Some("impossible"));
        let abroad = Arrival { home: Some(Region::GB), from_abroad: true };
        assert_eq!(told("+442079460001", None, &abroad), "phone +442079460001 GB fixed impossible");
        let abroad = Arrival { home: Some(Region::US), from_abroad: true };
        assert_eq!(
            told("+12025550123", None, &abroad),
            "phone +12025550123 US fixed or mobile note"
        );
    }

    #[test]
    fn wallets_accounts_and_links() {
        let none = Arrival::default();
        assert_eq!(
            told("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", None, &none),
            "wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa  - note,note"
        );
        assert!(told("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", None, &none).ends_with("impossible"));
        assert!(told("GB82 WEST 1234 5698 7654 33", None, &none).ends_with("impossible"));
        assert!(told("paypa1-secure.top", None, &none).ends_with("against"));
        assert!(told("hello", None, &none).starts_with("- "));
    }
}
