//! Telephone numbers in every dress, and texts that hold none.

use screen::fold::Folded;
use screen::identifier::{Kind, Numbers, identifiers};
use screen::language::Languages;

fn phones(text: &str) -> Vec<String> {
    let folded = Folded::of(text);
    let found = identifiers(text, &folded, Languages::of(folded.text()), &Numbers::default());
    found
        .into_iter()
        .filter(|identifier| identifier.kind == Kind::Phone)
        .map(|identifier| identifier.value)
        .collect()
}

/// Ranges kept for fiction or test, and numbers of which the last digits are made up.
const NUMBERS: [&str; 12] = [
    "12025550123",
    "12025550199",
    "18335550173",
    "442079460123",
    "441632960123",
    "61255500123",
    "60123450001",
    "6582220001",
    "51987650001",
    "525555500123",
    "821000000123",
    "66810000123",
];

type Trick = (&'static str, fn(&str) -> String);

fn spaced(digits: &str, mark: &str) -> String {
    digits.chars().map(String::from).collect::<Vec<_>>().join(mark)
}

fn mapped(digits: &str, zero: u32) -> String {
    digits.bytes().filter_map(|byte| char::from_u32(zero + u32::from(byte - b'0'))).collect()
}

fn circled(digits: &str) -> String {
    let ring = |byte: u8| {
        if byte == b'0' { Some('⓪') } else { char::from_u32(0x245f + u32::from(byte - b'0')) }
    };
    digits.bytes().filter_map(ring).collect()
}

fn worded(digits: &str, words: [&str; 10], between: &str) -> String {
    digits.bytes().map(|byte| words[usize::from(byte - b'0')]).collect::<Vec<_>>().join(between)
}

fn grouped(digits: &str, mark: &str) -> String {
    let chunks: Vec<String> = digits
        .as_bytes()
        .chunks(3)
        .map(|chunk| String::from_utf8_lossy(chunk).into_owned())
        .collect();
    chunks.join(mark)
}

const ENGLISH: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const SPANISH: [&str; 10] =
    ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"];
const MALAY: [&str; 10] =
    ["kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "lapan", "sembilan"];
const CHINESE: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const KOREAN: [&str; 10] = ["공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
const THAI: [&str; 10] = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"];

const TRICKS: [Trick; 24] = [
    ("plain", |digits| format!("Call +{digits} now")),
    ("spaces", |digits| format!("WhatsApp me: +{}", grouped(digits, " "))),
    ("hyphens", |digits| format!("contact +{} today", grouped(digits, "-"))),
    ("dots", |digits| format!("tel. +{}", grouped(digits, "."))),
    ("every digit apart", |digits| format!("call + {}", spaced(digits, " "))),
    ("stars", |digits| format!("+{} is our line", spaced(digits, "*"))),
    ("brackets", |digits| {
        format!("]+{}-({})--{}[ help", &digits[..2], &digits[2..5], &digits[5..])
    }),
    ("mathematical", |digits| format!("support +{} free", mapped(digits, 0x1d7d8))),
    ("bold", |digits| format!("+{} call us", mapped(digits, 0x1d7ec))),
    ("full width", |digits| format!("お電話 ＋{}", mapped(digits, 0xff10))),
    ("circled", |digits| format!("text +{}", circled(digits))),
    ("keycaps", |digits| {
        format!("ring +{}", spaced(digits, "\u{fe0f}\u{20e3}") + "\u{fe0f}\u{20e3}")
    }),
    ("symbols", |digits| format!("+{}", spaced(digits, "✦"))),
    ("emoji between", |digits| format!("reach us +{}", grouped(digits, "🔥"))),
    ("unseen between", |digits| format!("call +{}", spaced(digits, "\u{200b}"))),
    ("letters for digits", |digits| {
        format!("call +{}", digits.replace('0', "O").replace('1', "l"))
    }),
    ("arabic", |digits| format!("call +{}", mapped(digits, 0x660))),
    ("english words", |digits| format!("call plus {}", worded(digits, ENGLISH, " "))),
    ("words and digits", |digits| {
        format!("call +{} {}", &digits[..4], worded(&digits[4..], ENGLISH, "-"))
    }),
    ("spanish words", |digits| format!("llame al +{}", worded(digits, SPANISH, " "))),
    ("malay words", |digits| format!("hubungi +{}", worded(digits, MALAY, " "))),
    ("chinese words", |digits| format!("请拨打 +{}", worded(digits, CHINESE, ""))),
    ("korean words", |digits| format!("전화 +{}", worded(digits, KOREAN, ""))),
    ("thai words", |digits| format!("โทร +{}", worded(digits, THAI, " "))),
];

#[test]
fn numbers_in_every_dress_are_found() {
    let (mut cases, mut missed) = (0, Vec::new());
    for number in NUMBERS {
        for (name, trick) in TRICKS {
            let text = trick(number);
            cases += 1;
            if phones(&text) != [format!("+{number}")] {
                missed.push(format!("{name}: {text} gave {:?}", phones(&text)));
            }
        }
    }
    assert!(cases >= 200);
    assert!(missed.len() * 50 <= cases, "{} of {cases}: {missed:#?}", missed.len());
}

/// Texts without a number to call: `#` is a digit, `{d}` a day, `{m}` a month, `{h}` an hour.
const WITHOUT: [&str; 20] = [
    "Order 1######## was shipped on 2024-{m}-{d}.",
    "Invoice no. 2024#### over 1#,###.## is due on {d}/{m}/2025.",
    "Your code is ######, valid for 10 minutes.",
    "RM1### was debited from account ending #### at {h}:{d}",
    "Flight MH1## leaves at {h}:{d}, gate 1#, booking X####Y",
    "Tracking number 88########## has arrived at the depot.",
    "Case 2023###### of 2021: hearing on {d} May 2024",
    "Policy number 555##### renews for 3##.00 a year",
    "The match ended #-#, attendance 1#,###",
    "Version #.1#.2# build 19### is ready",
    "订单编号2023110####已发货，金额1##元，{m}月{d}日送达",
    "尾号####的卡消费1##元，余额1###.##元",
    "주문번호 202311#### 결제금액 1####원 {m}월 {d}일 도착",
    "รหัส OTP ###### หมดอายุ {h}:{d} อ้างอิง 1###",
    "คำสั่งซื้อ 6####### ยอด 1## บาท วันที่ {d}/{m}/2567",
    "Pedido 7###### por 1## soles, entrega el {d}/{m}/2024",
    "Su expediente 1####-2024 fue archivado, folio 3######",
    "No. pesanan 9####### jumlah RM1#.##, tarikh {d}.{m}.2024",
    "Population 1#,###,### in 199#",
    "ISBN 978-0-##-######-#, 1## pages",
];

fn filled(frame: &str, dice: &mut u64) -> String {
    let mut roll = |below: u64| {
        *dice =
            dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*dice >> 33) % below
    };
    let (day, month, hour) = (1 + roll(28), 1 + roll(12), roll(24));
    let dated = frame
        .replace("{d}", &format!("{day:02}"))
        .replace("{m}", &format!("{month:02}"))
        .replace("{h}", &format!("{hour:02}"));
    dated
        .chars()
        .map(|letter| {
            if letter == '#' {
                char::from_digit(u32::try_from(roll(10)).unwrap_or(0), 10).unwrap_or('0')
            } else {
                letter
            }
        })
        .collect()
}

#[test]
fn texts_without_numbers_have_none() {
    let mut dice = 2023;
    let mut wrong = Vec::new();
    for frame in (0..50).flat_map(|_| WITHOUT) {
        let text = filled(frame, &mut dice);
        if !phones(&text).is_empty() {
            wrong.push(format!("{text}: {:?}", phones(&text)));
        }
    }
    assert!(wrong.is_empty(), "{} of 1000: {wrong:#?}", wrong.len());
}
