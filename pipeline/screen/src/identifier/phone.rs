//! Telephone numbers in free text (ITU-T E.164; the plans of countries by libphonenumber's data).
//!
//! A number with `+` is believed. One without needs reasons: a word like “call” before it, separators as numbers have them, a disguise, a plan that
//! knows it. Dates, amounts, orders, cases and codes are none. False alarms: an account number of eleven digits after “contact”.

use super::digits::{Atom, atoms};
use super::{Identifier, Kind, add};
use crate::fold::Folded;
use crate::language::{Language, Languages};
use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

/// How numbers without a country are read.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Countries to try first, in this order.
    pub countries: Vec<Region>,
}

impl Numbers {
    /// The countries of a text: those asked for, then those where its languages are spoken.
    fn regions(&self, languages: Languages) -> Vec<Region> {
        use Region::{AR, AU, CL, CN, CO, ES, GB, HK, ID, IN, KR, MX, MY, PE, SG, TH, TW, US};
        let mut regions = self.countries.clone();
        if regions.is_empty() {
            let spoken: &[Region] = match languages.main {
                Language::Malay => &[MY, ID, SG],
                Language::Chinese => &[CN, TW, HK, MY, SG],
                Language::Spanish => &[PE, MX, ES, AR, CO, CL],
                Language::Thai => &[TH],
                Language::Korean => &[KR],
                Language::English | Language::Other => &[US, GB, MY, SG, AU, IN],
            };
            regions.extend(spoken);
        }
        regions
    }
}

/// Letters between two stretches of one number.
const BETWEEN_MAX: usize = 4;

/// Finds numbers.
pub(super) fn find(
    source: &str,
    folded: &Folded,
    languages: Languages,
    numbers: &Numbers,
    found: &mut Vec<Identifier>,
) {
    let atoms = atoms(folded);
    let text = folded.text();
    let regions = numbers.regions(languages);
    let mut at = 0;
    while at < atoms.len() {
        if at > 0 && goes_on(text, &atoms[at - 1], &atoms[at]) {
            at += 1;
            continue;
        }
        let reach = chain(text, &atoms[at..]);
        let taken = (1..=reach).rev().find_map(|count| {
            let candidate = Candidate::of(source, folded, &atoms[at..at + count]);
            let (value, notes) = candidate.read(&regions, !numbers.countries.is_empty())?;
            let span = candidate.span.clone();
            Some((count, Identifier { kind: Kind::Phone, value, span, notes }))
        });
        match taken {
            Some((count, identifier)) => {
                add(found, identifier);
                at += count;
            }
            None => at += 1,
        }
    }
}

/// Whether a stretch is the rest of something longer that was no number: `978-0-02`.
fn goes_on(text: &str, before: &Atom, this: &Atom) -> bool {
    matches!(text.get(before.end..this.start), Some("-" | "." | "/" | "–"))
}

/// How many stretches may be one number: what stands between them is short and no letter or line's end.
fn chain(text: &str, atoms: &[Atom]) -> usize {
    let joins = |pair: &[Atom]| {
        let between = text.get(pair[0].end..pair[1].start).unwrap_or("\n");
        let bare = between.trim_matches([' ', '-']);
        bare == "double"
            || bare == "triple"
            || bare == "doble"
            || bare == "dobel"
            || bare == "treble"
            || {
                between.chars().count() <= BETWEEN_MAX
                    && !between.starts_with(", ")
                    && !between.chars().any(|letter| {
                        letter.is_alphanumeric() || matches!(letter, '\n' | ':' | '+' | '%' | '$')
                    })
            }
    };
    let mut digits = atoms[0].digits.len();
    let mut count = 1;
    for pair in atoms.windows(2) {
        digits += pair[1].digits.len();
        if !joins(pair) || digits > 17 {
            break;
        }
        count += 1;
    }
    count
}

/// Stretches that may be a number.
struct Candidate<'a> {
    text: &'a str,
    atoms: &'a [Atom],
    digits: String,
    span: std::ops::Range<usize>,
    dressed: bool,
    plus: bool,
}

impl<'a> Candidate<'a> {
    fn of(source: &str, folded: &'a Folded, atoms: &'a [Atom]) -> Self {
        let text = folded.text();
        let (first, last) = (&atoms[0], &atoms[atoms.len() - 1]);
        let before = text[..first.start].trim_end_matches([' ', '(', '-', '[', ')', ']']);
        let plus = before.ends_with('+') || before.ends_with("plus") || before.ends_with('＋');
        let span = folded.source(first.start, last.end);
        let strange = source.get(span.clone()).is_some_and(|written| {
            written.chars().any(|letter| !letter.is_ascii() && letter != '–' && letter != '\u{a0}')
        });
        Self {
            text,
            atoms,
            digits: atoms.iter().map(|atom| atom.digits.as_str()).collect(),
            span,
            dressed: strange || atoms.iter().any(|atom| atom.dressed),
            plus,
        }
    }

    /// The number in its normal form and what is noticed, where it is one.
    fn read(&self, regions: &[Region], asked: bool) -> Option<(String, Vec<String>)> {
        if !(7..=17).contains(&self.digits.len())
            || self.atoms.iter().any(|atom| atom.glued)
            || self.is_something_else()
        {
            return None;
        }
        let mut notes = Vec::new();
        if self.dressed {
            notes.push("written to be overlooked".to_owned());
        }
        if self.plus {
            let value = international(&self.digits)?;
            if !is_valid(&value) {
                notes.push("no number that its country's plan knows".to_owned());
            }
            return Some((value, notes));
        }
        if let Some(value) = self
            .digits
            .strip_prefix("00")
            .filter(|rest| rest.len() > 8 && self.points() >= 0)
            .and_then(international)
            .filter(|value| is_valid(value))
        {
            return Some((value, notes));
        }
        let (value, country_sure, points) = self.national(regions, asked)?;
        if points + self.points() < 2 {
            return None;
        }
        if !country_sure {
            notes.push("the country is guessed by the language".to_owned());
        }
        Some((value, notes))
    }

    /// A number of one of the countries, or an international one whose plus was left out; whether the country is sure, and how far that speaks for it.
    fn national(&self, regions: &[Region], asked: bool) -> Option<(String, bool, i32)> {
        let of = |region: Region| {
            let number = PHONE_NUMBER_UTIL.parse(&self.digits, Some(region)).ok()?;
            let valid = PHONE_NUMBER_UTIL.is_valid_number_for_region(&number, region);
            valid.then_some(number.format_as(PhoneNumberFormat::E164).into_owned())
        };
        let trunk = i32::from(self.digits.starts_with('0'));
        if let Some(value) = regions.iter().copied().find_map(of) {
            return Some((value, asked, 1 + trunk));
        }
        let bare = format!("+{}", self.digits);
        if self.digits.len() >= 10 && !self.digits.starts_with('0') && is_valid(&bare) {
            return Some((bare, true, i32::from(self.digits.len() >= 11)));
        }
        // A country that nobody asked for: kept as written, where much else speaks for a number.
        (self.points() >= 2 && (8..=13).contains(&self.digits.len()))
            .then(|| (self.digits.clone(), false, 0))
    }

    /// What speaks for and against a number, beside its plan.
    fn points(&self) -> i32 {
        const BEFORE: usize = 44;
        let (first, last) = (&self.atoms[0], &self.atoms[self.atoms.len() - 1]);
        let before = tail(&self.text[..first.start], BEFORE);
        let after = head(&self.text[last.end..], 14);
        let other = OTHERS.iter().filter_map(|other| before.rfind(other)).max();
        // “order number” is no number to call.
        let of_other =
            |at: usize| OTHERS.iter().any(|other| before[..at].trim_end().ends_with(other));
        let cue = CUES.iter().filter_map(|cue| before.rfind(cue)).filter(|at| !of_other(*at)).max();
        let mut points = 0;
        points += if cue.is_some() || AFTER.iter().any(|cue| after.contains(cue)) { 2 } else { 0 };
        if other.is_some() && other > cue {
            points -= 3;
        }
        points += i32::from(self.dressed);
        points += i32::from(self.atoms.len() > 1 && self.grouped_as_numbers_are());
        points - i32::from(self.atoms.len() == 1 && self.digits.len() > 11)
    }

    fn groups(&self) -> Vec<usize> {
        self.atoms.iter().map(|atom| atom.digits.len()).collect()
    }

    fn grouped_as_numbers_are(&self) -> bool {
        let groups = self.groups();
        groups.len() <= 6
            && groups.iter().all(|length| (1..=6).contains(length))
            && groups.iter().filter(|length| **length >= 3).count() >= 2
    }

    /// What stands between the stretches.
    fn between(&self) -> Vec<&str> {
        let texts =
            self.atoms.windows(2).filter_map(|pair| self.text.get(pair[0].end..pair[1].start));
        texts.collect()
    }

    /// Parts of larger things, years, one digit over and over, and where no plus says otherwise what is written as something else.
    fn is_something_else(&self) -> bool {
        let (first, last) = (&self.atoms[0], &self.atoms[self.atoms.len() - 1]);
        let edge_before = self.text[..first.start].chars().next_back();
        let edge_after = self.text[last.end..].chars().next();
        let edge = edge_before
            .is_some_and(|letter| "#$£€¥_/=&@".contains(letter) || letter.is_ascii_digit())
            || edge_after.is_some_and(|letter| "%_@°".contains(letter) || letter.is_ascii_digit());
        let same = self.digits.bytes().all(|byte| Some(&byte) == self.digits.as_bytes().first());
        edge || same || (!self.plus && self.is_written_as_another())
    }

    /// Dates, thousands, decimals, versions, addresses of machines, spans of years, two sentences.
    fn is_written_as_another(&self) -> bool {
        let (groups, between) = (self.groups(), self.between());
        let all = |mark: &str| !between.is_empty() && between.iter().all(|found| *found == mark);
        let date = matches!(
            groups.as_slice(),
            [4, 1..=2, 1..=2, ..] | [1..=2, 1..=2, 2 | 4] | [1..=2, 1..=2, 4, 1..=2, ..]
        );
        let threes =
            groups[0] <= 3 && groups[1..].iter().all(|length| *length == 3) && groups.len() <= 4;
        let thousands = (all(",") || all(".")) && !self.digits.starts_with('0') && threes;
        let decimal = between.last().is_some_and(|mark| *mark == "." || *mark == ",")
            && groups.last().is_some_and(|length| *length <= 2);
        let address = all(".") && groups.len() == 4 && groups.iter().all(|length| *length <= 3);
        let century = |atom: &Atom| atom.digits.starts_with("19") || atom.digits.starts_with("20");
        let years = groups == [4, 4] && self.atoms.iter().all(century);
        let sentences = between.iter().any(|mark| mark.contains(". "))
            && self.atoms.iter().all(|atom| !atom.dressed);
        (date && !self.dressed) || thousands || decimal || address || years || sentences
    }
}

fn tail(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    tail.rsplit('\n').next().unwrap_or(tail)
}

fn head(text: &str, most: usize) -> &str {
    let mut to = most.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// `+` and digits, where a country has that calling code and the length can be.
fn international(digits: &str) -> Option<String> {
    let known = !domain::calling_code::split(digits).0.is_empty();
    (known && (8..=15).contains(&digits.len())).then(|| normal(&format!("+{digits}")))
}

/// Without the trunk zero that people leave behind the country's code: `+44 (0)20`.
fn normal(value: &str) -> String {
    let parsed = PHONE_NUMBER_UTIL.parse(value, None).ok();
    parsed.map_or_else(
        || value.to_owned(),
        |number| number.format_as(PhoneNumberFormat::E164).into_owned(),
    )
}

fn is_valid(value: &str) -> bool {
    let number = PHONE_NUMBER_UTIL.parse(value, None);
    number.is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

/// Words before a number.
const CUES: &[&str] = &[
    "call",
    "tel",
    "phone",
    "mobile",
    "hp:",
    "hp ",
    "h/p",
    "whatsapp",
    "wasap",
    "wa:",
    "wa ",
    "contact",
    "dial",
    "ring",
    "text",
    "sms",
    "fax",
    "hotline",
    "helpline",
    "number is",
    "number:",
    "reach",
    "viber",
    "hubungi",
    "telefon",
    "telepon",
    "talian",
    "nombor telefon",
    "no telefon",
    "no. telefon",
    "no hp",
    "llame",
    "llama",
    "llamar",
    "telefono",
    "celular",
    "movil",
    "marque",
    "comuni",
    "escrib",
    "wsp",
    "numero",
    "电话",
    "致电",
    "拨打",
    "手机",
    "来电",
    "热线",
    "联系",
    "拨",
    "微信",
    "โทร",
    "เบอร์",
    "ติดต่อ",
    "มือถือ",
    "전화",
    "연락",
    "번호",
    "문의",
    "휴대폰",
    "문자",
    "콜",
    "폰",
];
/// Words behind a number.
const AFTER: &[&str] =
    &["call", "whatsapp", "text me", "电话", "로 전화", "로 연락", "번으로", "wsp", "โทร"];
/// Words before what is no telephone number.
const OTHERS: &[&str] = &[
    "order",
    "ref",
    "id",
    "ic",
    "track",
    "invoice",
    "case",
    "policy",
    "account",
    "acct",
    "a/c",
    "ticket",
    "booking",
    "pnr",
    "serial",
    "imei",
    "code",
    "otp",
    "pin",
    "amount",
    "total",
    "balance",
    "year",
    "isbn",
    "model",
    "version",
    "receipt",
    "bill no",
    "transaction",
    "txn",
    "member",
    "passport",
    "no.",
    "resit",
    "rujukan",
    "akaun",
    "rekening",
    "pesanan",
    "invois",
    "resi",
    "cuenta",
    "pedido",
    "factura",
    "expediente",
    "guia",
    "operacion",
    "folio",
    "codigo",
    "dni",
    "ruc",
    "poliza",
    "单号",
    "订单",
    "编号",
    "账号",
    "帐号",
    "卡号",
    "账户",
    "帐户",
    "验证码",
    "身份证",
    "快递",
    "尾号",
    "流水",
    "户头",
    "案号",
    "取件码",
    "เลขที่",
    "บัญชี",
    "บช",
    "รหัส",
    "อ้างอิง",
    "พัสดุ",
    "ออเดอร์",
    "คำสั่งซื้อ",
    "บัตร",
    "계좌",
    "주문",
    "운송장",
    "인증",
    "송장",
    "승인",
    "사건",
    "카드",
    "접수번호",
    "예약번호",
    "주민",
    "통장",
    "meter",
    "sku",
    "item",
    "lot",
    "batch",
    "gtin",
    "postcode",
    "zip",
    "page",
    "kwh",
    "customer no",
];
