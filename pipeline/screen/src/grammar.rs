//! Texts that the project writes itself: short speech acts of scams, and honest texts that speak of the same things, in six languages.
//!
//! Takes a seed. Gives labelled texts for training. Each line of a grammar is a rule of its own; `[a|b]` is one of several, `{x}` a slot that is filled with made-up
//! names, reserved numbers and domains that nobody has. Nothing here is a script: lines are joined at random, two at most.

use crate::language::Language;

/// What a text is, before the model has seen it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// A scam.
    Scam,
    /// Advertising.
    Spam,
    /// A one-time code.
    Code,
    /// Anything else that is honest.
    Ordinary,
}

/// A made text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// What it is.
    pub truth: Truth,
    /// The heading that it was made under: for a scam its type.
    pub class: String,
    /// The line that it was made of.
    pub rule: u64,
}

const SOURCES: [(Language, &str); 6] = [
    (Language::English, include_str!("grammar/en.txt")),
    (Language::Malay, include_str!("grammar/ms.txt")),
    (Language::Chinese, include_str!("grammar/zh.txt")),
    (Language::Spanish, include_str!("grammar/es.txt")),
    (Language::Thai, include_str!("grammar/th.txt")),
    (Language::Korean, include_str!("grammar/ko.txt")),
];

/// Texts of one rule.
const TEXTS_PER_RULE: usize = 14;

/// A seeded generator (splitmix64, Steele et al., 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^ (state >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % (count.max(1) as u64)).unwrap_or(0)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// One language's grammar.
struct Grammar<'a> {
    language: Language,
    lists: Vec<(&'a str, Vec<&'a str>)>,
    /// Kind, class and lines under each heading.
    headings: Vec<(&'a str, &'a str, Vec<&'a str>)>,
}

impl<'a> Grammar<'a> {
    fn read(language: Language, source: &'a str) -> Self {
        let mut grammar = Self { language, lists: Vec::new(), headings: Vec::new() };
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let heading = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            if let Some(heading) = heading.filter(|heading| !heading.contains('|')) {
                let (kind, class) = heading.split_once(' ').unwrap_or((heading, heading));
                grammar.headings.push((kind, class, Vec::new()));
            } else if let Some((name, values)) =
                line.strip_prefix('{').and_then(|rest| rest.split_once("}: "))
            {
                grammar.lists.push((name, values.split('|').collect()));
            } else if let Some((_, _, lines)) = grammar.headings.last_mut() {
                lines.push(line);
            }
        }
        grammar
    }

    /// A text of a line: alternatives chosen, slots filled.
    fn told(&self, line: &str, dice: &mut Dice) -> String {
        let mut text = String::new();
        let mut rest = line;
        while let Some(at) = rest.find(['[', '{']) {
            text.push_str(&rest[..at]);
            let close = if rest[at..].starts_with('[') { ']' } else { '}' };
            let Some(end) = rest[at..].find(close) else { break };
            let inner = &rest[at + 1..at + end];
            if close == ']' {
                let choices: Vec<&str> = inner.split('|').collect();
                let choice = dice.one(&choices).copied().unwrap_or_default();
                text.push_str(&self.told(choice, dice));
            } else {
                text.push_str(&self.slot(inner, dice));
            }
            rest = &rest[at + end + 1..];
        }
        text.push_str(rest);
        text
    }

    fn slot(&self, name: &str, dice: &mut Dice) -> String {
        if let Some((_, values)) = self.lists.iter().find(|(list, _)| *list == name) {
            return dice.one(values).copied().unwrap_or_default().to_owned();
        }
        match name {
            "link" => link(dice),
            "phone" => self.phone(dice),
            "amount" => {
                self.amount(dice, &[120, 350, 980, 1200, 2500, 4800, 9000, 15_000, 30_000, 65_000])
            }
            "small" => self.amount(dice, &[5, 8, 12, 20, 25, 30, 45]),
            "usd" => ["1500", "2000", "3,000", "5000", "4500"][dice.below(5)].to_owned(),
            "code" => format!("{:06}", dice.below(1_000_000)),
            "n4" => format!("{:04}", dice.below(10_000)),
            "n" => (3 + dice.below(15)).to_string(),
            "ref" => {
                format!("{}{:07}", ["A", "TX", "", "R-"][dice.below(4)], dice.below(10_000_000))
            }
            "date" => self.date(dice),
            "month" => self.date(dice),
            "time" => format!("{}:{}", 8 + dice.below(12), ["00", "15", "30", "45"][dice.below(4)]),
            _ => String::new(),
        }
    }

    /// A number from a range kept for fiction, or one that cannot be.
    fn phone(&self, dice: &mut Dice) -> String {
        let last = dice.below(100);
        match self.language {
            Language::English => format!("+1 202 555 01{last:02}"),
            Language::Korean => format!("070-0000-00{last:02}"),
            Language::Thai => format!("02-000-00{last:02}"),
            Language::Chinese => format!("400-000-00{last:02}"),
            _ => format!("+44 7700 9000{last:02}"),
        }
    }

    fn amount(&self, dice: &mut Dice, of: &[u32]) -> String {
        let number = dice.one(of).copied().unwrap_or(100);
        match self.language {
            Language::English => {
                format!("{}{number}", ["$", "RM", "£", "S$", "USD "][dice.below(5)])
            }
            Language::Malay => {
                if dice.happens(65) {
                    format!("RM{number}")
                } else {
                    format!("Rp{number}.000")
                }
            }
            Language::Chinese => format!("{number}元"),
            Language::Spanish => [
                format!("S/ {number}"),
                format!("${number}"),
                format!("{number} euros"),
                format!("{number} soles"),
            ][dice.below(4)]
            .clone(),
            Language::Thai => format!("{number} บาท"),
            _ => format!("{}원", u64::from(number) * 1000),
        }
    }

    fn date(&self, dice: &mut Dice) -> String {
        let (day, month) = (1 + dice.below(28), 1 + dice.below(12));
        match self.language {
            Language::Chinese => format!("{month}月{day}日"),
            Language::Korean => format!("{month}월 {day}일"),
            _ => format!("{day}/{month}"),
        }
    }

    /// What a heading's kind means.
    fn truth(kind: &str, class: &str) -> Truth {
        match kind {
            "scam" => Truth::Scam,
            "spam" => Truth::Spam,
            _ if class == "one_time_code" => Truth::Code,
            _ => Truth::Ordinary,
        }
    }

    /// Some line of a scam, told.
    fn scam(&self, dice: &mut Dice) -> String {
        let scams: Vec<&Vec<&str>> = self
            .headings
            .iter()
            .filter(|(kind, ..)| *kind == "scam")
            .map(|(.., lines)| lines)
            .collect();
        let lines = dice.one(&scams).copied();
        let line = lines.and_then(|lines| dice.one(lines)).copied().unwrap_or_default();
        self.told(line, dice)
    }

    fn make(&self, made: &mut Vec<Made>, seed: u64) {
        let mut rule = 0_u64;
        for (kind, class, lines) in &self.headings {
            for line in lines {
                rule += 1;
                let id = (self.language as u64) << 32 | rule;
                let mut dice = Dice(seed ^ id.wrapping_mul(0x2127_599b_f432_5c37));
                let count = if *kind == "quote" { TEXTS_PER_RULE * 5 } else { TEXTS_PER_RULE };
                for _ in 0..count {
                    let text = self.text(kind, line, lines, &mut dice);
                    made.push(Made {
                        text,
                        language: self.language,
                        truth: Self::truth(kind, class),
                        class: (*class).to_owned(),
                        rule: id,
                    });
                }
            }
        }
    }

    fn text(&self, kind: &str, line: &str, lines: &[&str], dice: &mut Dice) -> String {
        let mut text = self.told(line, dice);
        if kind == "quote" {
            text = self
                .told(&line.replace("{quote}", "\u{1}"), dice)
                .replace('\u{1}', &self.scam(dice));
        } else if dice.happens(30) {
            let other = dice.one(lines).copied().unwrap_or_default();
            text = format!("{text} {}", self.told(other, dice));
        }
        dressed(text, dice)
    }
}

/// As people write: without capitals, marks or with too many.
fn dressed(mut text: String, dice: &mut Dice) -> String {
    if dice.happens(25) {
        text = text.to_lowercase();
    }
    if dice.happens(20) {
        text = text.replace([',', '，', '.', '。'], "");
    } else if dice.happens(10) {
        text = text.replace(['.', '。'], "!");
    }
    if dice.happens(8) {
        text = text.to_uppercase();
    }
    text
}

/// A domain that nobody has, as swindlers make them.
fn link(dice: &mut Dice) -> String {
    const FRONT: [&str; 10] =
        ["secure", "verify", "my", "pay", "update", "claim", "web", "track", "vip", "help"];
    const BACK: [&str; 10] = [
        "account", "parcel", "bonus", "login", "card", "desk", "info", "portal", "gift", "service",
    ];
    const END: [&str; 7] = ["top", "xyz", "info", "online", "cc", "example", "site"];
    let scheme = ["http://", "https://", "", "", "www."][dice.below(5)];
    let path = if dice.happens(50) {
        format!("/{}{}", ["a", "k", "q", "x"][dice.below(4)], dice.below(900))
    } else {
        String::new()
    };
    if dice.happens(15) {
        return format!("bit.ly{path}");
    }
    format!(
        "{scheme}{}-{}.{}{path}",
        FRONT[dice.below(10)],
        BACK[dice.below(10)],
        END[dice.below(7)]
    )
}

/// All made texts, in the order of languages and rules. The same seed, the same texts.
pub fn made(seed: u64) -> Vec<Made> {
    let mut made = Vec::new();
    for (language, source) in SOURCES {
        Grammar::read(language, source).make(&mut made, seed);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_in_every_language_and_of_every_kind() {
        let made = made(1);
        for language in Language::COVERED {
            let of = |truth| {
                made.iter().filter(|text| text.language == language && text.truth == truth).count()
            };
            assert!(of(Truth::Scam) > 400, "{language:?} {}", of(Truth::Scam));
            assert!(of(Truth::Ordinary) > 600, "{language:?} {}", of(Truth::Ordinary));
            assert!(of(Truth::Code) > 10 && of(Truth::Spam) > 10, "{language:?}");
        }
        assert!(
            made.iter().all(|text| !text.text.contains(['{', '[', '}'])),
            "no slot is left open"
        );
    }

    #[test]
    fn the_same_seed_makes_the_same_texts() {
        assert_eq!(made(7), made(7));
        assert_ne!(made(7), made(8));
    }
}
