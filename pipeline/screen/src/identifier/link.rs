//! Links, e-mail addresses and handles, also where they are written so that no program follows them (`hxxp`, `[.]`, ` dot `).

use super::{Identifier, Kind, add};
use crate::fold::Folded;

/// Endings of domains that are believed without a scheme or path: the ones that messages use (IANA's root zone has more).
const ENDINGS: &[&str] = &[
    "com", "net", "org", "info", "biz", "top", "xyz", "vip", "cc", "co", "io", "me", "ly", "app",
    "site", "online", "shop", "store", "club", "live", "link", "click", "icu", "win", "bid",
    "loan", "work", "fun", "tk", "ml", "ga", "cf", "gq", "gd", "gl", "to", "is", "tv", "ai", "dev",
    "pro", "asia", "cyou", "buzz", "rest", "life", "world", "today", "bond", "cfd", "sbs", "lol",
    "one", "page", "web", "id", "my", "sg", "cn", "tw", "hk", "th", "kr", "jp", "vn", "ph", "kh",
    "in", "uk", "us", "au", "nz", "pe", "mx", "es", "ar", "cl", "ec", "eu", "de", "fr", "it", "nl",
    "pl", "pt", "ru", "br", "ee", "gov", "edu", "int", "mobi", "name", "ws", "example", "test",
    "invalid", "ink", "wiki", "news", "tech", "space", "website", "finance", "money", "bank",
    "trade", "exchange", "support", "help", "services", "express", "delivery", "center", "email",
    "group", "monster", "st", "im", "gg", "so", "sh", "tel", "kim", "red", "blue", "men", "date",
    "ltd", "cloud", "host", "press", "social", "chat", "zone", "ac",
];
/// Shorteners: where they lead cannot be seen.
const SHORTENERS: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "is.gd",
    "cutt.ly",
    "rebrand.ly",
    "ow.ly",
    "t.ly",
    "shorturl.at",
    "rb.gy",
    "tiny.cc",
    "buff.ly",
    "s.id",
    "v.gd",
    "qr.ae",
    "soo.gd",
    "reurl.cc",
    "lihi.cc",
    "lihi1.com",
    "vo.la",
    "han.gl",
    "me2.do",
    "url.kr",
    "bitly.com",
    "shorte.st",
    "adf.ly",
    "t.cn",
    "dwz.cn",
    "url.cn",
    "suo.im",
    "lin.ee",
    "ppt.cc",
    "pse.is",
    "acortar.link",
    "n9.cl",
    "surl.li",
    "u.to",
    "linktr.ee",
];
/// Names that swindlers borrow, and the domains that are theirs.
const BRANDS: &[(&str, &[&str])] = &[
    ("paypal", &["paypal.com", "paypal.me"]),
    ("amazon", &["amazon.com", "amazon.co.uk", "amazon.es", "amazon.com.mx", "amazon.sg"]),
    ("apple", &["apple.com"]),
    ("icloud", &["icloud.com"]),
    ("google", &["google.com", "google.co"]),
    ("microsoft", &["microsoft.com"]),
    ("netflix", &["netflix.com"]),
    ("facebook", &["facebook.com", "fb.com"]),
    ("instagram", &["instagram.com"]),
    ("whatsapp", &["whatsapp.com"]),
    ("telegram", &["telegram.org"]),
    ("binance", &["binance.com"]),
    ("coinbase", &["coinbase.com"]),
    ("metamask", &["metamask.io"]),
    ("fedex", &["fedex.com"]),
    ("dhl", &["dhl.com", "dhl.de", "dhl.es"]),
    ("usps", &["usps.com"]),
    ("royalmail", &["royalmail.com"]),
    ("poslaju", &["poslaju.com.my", "pos.com.my"]),
    ("singpost", &["singpost.com"]),
    ("correos", &["correos.es"]),
    ("serpost", &["serpost.com.pe"]),
    ("maybank", &["maybank.com", "maybank2u.com.my", "maybank.com.my"]),
    ("cimb", &["cimb.com", "cimb.com.my", "cimbclicks.com.my"]),
    ("publicbank", &["publicbank.com.my", "pbebank.com"]),
    ("rhb", &["rhbgroup.com"]),
    ("dbs", &["dbs.com", "dbs.com.sg"]),
    ("ocbc", &["ocbc.com"]),
    ("uob", &["uob.com.sg", "uobgroup.com"]),
    ("lhdn", &["hasil.gov.my"]),
    ("singpass", &["singpass.gov.sg"]),
    ("bbva", &["bbva.com", "bbva.es", "bbva.pe", "bbva.mx"]),
    ("bcp", &["viabcp.com", "bcp.com.pe"]),
    ("interbank", &["interbank.pe"]),
    ("santander", &["santander.com", "santander.es", "bancosantander.es"]),
    ("caixabank", &["caixabank.es"]),
    ("sunat", &["sunat.gob.pe"]),
    ("kasikorn", &["kasikornbank.com"]),
    ("kbank", &["kasikornbank.com"]),
    ("krungthai", &["krungthai.com"]),
    (
        "shopee",
        &["shopee.com", "shopee.com.my", "shopee.sg", "shopee.co.th", "shopee.tw", "shopee.co.id"],
    ),
    ("lazada", &["lazada.com", "lazada.com.my", "lazada.sg", "lazada.co.th", "lazada.co.id"]),
    ("taobao", &["taobao.com"]),
    ("alipay", &["alipay.com"]),
    ("wechat", &["wechat.com"]),
    ("icbc", &["icbc.com.cn"]),
    ("kakao", &["kakao.com", "kakaocorp.com"]),
    ("naver", &["naver.com", "naver.me"]),
    ("coupang", &["coupang.com"]),
    ("cjlogistics", &["cjlogistics.com"]),
    ("flashexpress", &["flashexpress.com", "flashexpress.co.th"]),
    ("hmrc", &["hmrc.gov.uk", "gov.uk"]),
];

/// The name that a domain borrows, where it is none of that name's own domains.
pub fn brand_of(domain: &str) -> Option<&'static str> {
    let read: String = domain
        .chars()
        .filter(|letter| *letter != '-')
        .map(|letter| match letter {
            '0' => 'o',
            '1' | '!' => 'l',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    let owned = |own: &str| domain == own || domain.ends_with(&format!(".{own}"));
    let borrowed = BRANDS.iter().find(|(brand, own)| {
        // Short names stand in many words: they must fill a label.
        let named = |text: &str| {
            let plain = |brand: &str| {
                text.split(['.', '-'])
                    .any(|label| label == brand || (brand.len() > 4 && label.contains(brand)))
            };
            plain(brand) || plain(&brand.replace('l', "i"))
        };
        (named(domain) || named(&read)) && !own.iter().any(|own| owned(own))
    });
    borrowed.map(|(brand, _)| *brand)
}

/// Finds links, addresses and handles.
pub(super) fn find(source: &str, folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    for (start, end) in pieces(text) {
        let raw = &text[start..end];
        if let Some((kind, value, length, mut notes)) = read(raw) {
            let span = folded.source(start, start + length);
            if source.get(span.clone()).is_some_and(|written| !written.is_ascii()) {
                notes.push("written to be overlooked".to_owned());
            }
            add(found, Identifier { kind, value, span, notes });
        }
    }
    spelled(folded, found);
    handles(folded, found);
}

/// Stretches of what links are made of.
fn pieces(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let part = |letter: char| {
        !letter.is_ascii()
            || letter.is_ascii_whitespace()
            || matches!(letter, '"' | '\'' | '<' | '>' | '|' | '`')
    };
    let mut start = 0;
    text.split(part).filter_map(move |piece| {
        let at = start;
        start += piece.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        (piece.len() > 3 && piece.contains('.')).then_some((at, at + piece.len()))
    })
}

/// The dots of a defanged link.
const DOTS: &[&str] = &["[.]", "(.)", "{.}", "[dot]", "(dot)", "[d0t]"];

/// Reads a piece: what it is, its normal form, how many bytes of the piece it takes.
fn read(raw: &str) -> Option<(Kind, String, usize, Vec<String>)> {
    let front = raw.len()
        - raw
            .trim_start_matches(['(', '[', '{', ',', ':', ';', '-', '.', '!', '*', '=', '/', '@'])
            .len();
    let trimmed = raw[front..].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '-', '}']);
    let trimmed = if trimmed.contains('(') || trimmed.contains('[') {
        trimmed
    } else {
        trimmed.trim_end_matches([')', ']'])
    };
    let mut plain = trimmed.to_owned();
    let mut notes = Vec::new();
    for dot in DOTS {
        if plain.contains(dot) {
            plain = plain.replace(dot, ".");
            notes = vec!["written to be overlooked".to_owned()];
        }
    }
    let length = front + trimmed.len();
    // Words run into a link: `here:https://…`, `click>>bit.ly`.
    let (plain, schemed) = without_scheme(&plain);
    if let Some((user, host)) = plain.split_once('@') {
        let host = host.split(['/', '?', ':']).next().unwrap_or_default();
        let is_user = !user.is_empty()
            && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
        return (is_user && is_domain(host, false))
            .then(|| (Kind::Email, format!("{user}@{host}"), length, notes));
    }
    let plain =
        if schemed { plain } else { plain.rsplit([':', '=', '(', ',']).next().unwrap_or(plain) };
    let (host, path) = plain.split_at(plain.find(['/', '?', '#', ':']).unwrap_or(plain.len()));
    if !is_domain(host, schemed) {
        return None;
    }
    notes.extend(host_notes(host));
    Some((Kind::Link, format!("{}{path}", host.trim_start_matches("www.")), length, notes))
}

/// What stands behind the scheme, and whether there was one.
fn without_scheme(text: &str) -> (&str, bool) {
    for scheme in
        ["https://", "http://", "hxxps://", "hxxp://", "https:/", "http:/", "https:", "http:"]
    {
        if let Some(at) = text.find(scheme) {
            return (&text[at + scheme.len()..], true);
        }
    }
    match text.find("www.") {
        Some(at) => (&text[at..], true),
        None => (text, false),
    }
}

fn is_domain(host: &str, sure: bool) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let good = |label: &&str| {
        !label.is_empty()
            && label.len() < 64
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let Some(ending) = labels.last() else { return false };
    let letters =
        ending.bytes().all(|byte| byte.is_ascii_lowercase()) || ending.starts_with("xn--");
    if labels.len() < 2 || !labels.iter().all(good) || ending.len() < 2 {
        return false;
    }
    let is_address = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    (letters
        && (sure || ENDINGS.contains(ending))
        && labels
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|label| label.len() > 1 || sure || SHORTENERS.contains(&host)))
        || (is_address && sure)
}

fn host_notes(host: &str) -> Vec<String> {
    let host = host.trim_start_matches("www.");
    let mut notes = Vec::new();
    if SHORTENERS.contains(&host) {
        notes.push("shortened: where it leads cannot be seen".to_owned());
    }
    if host.split('.').any(|label| label.starts_with("xn--")) {
        notes.push("written in letters of another script (punycode)".to_owned());
    }
    if let Some(brand) = brand_of(host) {
        notes.push(format!("looks like {brand}, and is not its own domain"));
    }
    notes
}

/// `secure-pay dot top`, `secure-pay . top`.
fn spelled(folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    for mark in [" dot ", " d0t ", " punto ", " titik ", " . "] {
        for (at, _) in text.match_indices(mark) {
            let label_at = text[..at]
                .rfind(|letter: char| {
                    !(letter.is_ascii_alphanumeric() || letter == '-' || letter == '.')
                })
                .map_or(0, |before| {
                    before + text[before..].chars().next().map_or(1, char::len_utf8)
                });
            let after = at + mark.len();
            let end = after
                + text[after..]
                    .find(|letter: char| !letter.is_ascii_alphanumeric())
                    .unwrap_or(text.len() - after);
            let (label, ending) = (&text[label_at..at], &text[after..end]);
            let common = [
                "com", "net", "org", "info", "top", "xyz", "vip", "cc", "site", "online", "shop",
                "my", "pe", "example",
            ];
            if label.len() > 2
                && common.contains(&ending)
                && is_domain(&format!("{label}.{ending}"), true)
            {
                let identifier = Identifier {
                    kind: Kind::Link,
                    value: format!("{label}.{ending}"),
                    span: folded.source(label_at, end),
                    notes: vec!["written to be overlooked".to_owned()],
                };
                add(found, identifier);
            }
        }
    }
}

/// Words that a name on a chat service follows.
const SERVICES: &[&str] = &[
    "telegram",
    "tele",
    "line id",
    "id line",
    "lineid",
    "line",
    "ไลน์ไอดี",
    "ไอดีไลน์",
    "ไลน์",
    "แอดไลน์",
    "wechat",
    "wechat id",
    "微信",
    "加微信",
    "加line",
    "加赖",
    "qq",
    "飞机",
    "纸飞机",
    "电报",
    "kakaotalk",
    "kakao",
    "카톡",
    "카카오톡",
    "카톡 아이디",
    "텔레그램",
    "텔레",
    "라인",
    "라인 아이디",
    "instagram",
    "ig",
    "skype",
    "whatsapp",
    "signal",
];

/// `@name`, and names behind the name of a service and a colon.
fn handles(folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    let name_end = |from: usize| {
        from + text[from..]
            .find(|letter: char| {
                !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '.')
            })
            .unwrap_or(text.len() - from)
    };
    for (at, _) in text.match_indices('@') {
        let end = name_end(at + 1);
        let name = text[at + 1..end].trim_end_matches('.');
        let alone =
            !text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '.');
        if alone && name.len() >= 3 && name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            let span = folded.source(at, at + 1 + name.len());
            add(
                found,
                Identifier {
                    kind: Kind::Handle,
                    value: format!("@{name}"),
                    span,
                    notes: Vec::new(),
                },
            );
        }
    }
    // A name has a digit or a line in it, or a mark before it.
    if !text.contains(|letter: char| {
        letter.is_ascii_digit() || matches!(letter, ':' | '：' | '=' | '_')
    }) {
        return;
    }
    for service in SERVICES {
        for (at, _) in text.match_indices(service) {
            let after = at + service.len();
            let rest = text[after..].trim_start_matches([' ', ':', '：', '-', '=']);
            let from = text.len() - rest.len();
            let marked = text[after..from].contains([':', '：', '=']);
            let end = name_end(from);
            let name = text[from..end].trim_end_matches('.');
            let touches = service.is_ascii()
                && text[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric());
            let is_name = name.len() >= 4
                && name.bytes().any(|byte| byte.is_ascii_alphabetic())
                && (name.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_') || marked);
            if is_name && !touches && !["http", "https", "id"].contains(&name) {
                let span = folded.source(from, from + name.len());
                add(
                    found,
                    Identifier {
                        kind: Kind::Handle,
                        value: name.to_owned(),
                        span,
                        notes: vec![(*service).to_owned()],
                    },
                );
            }
        }
    }
}
