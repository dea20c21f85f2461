//! Which languages a text is written in: by its letters, and for Latin letters by the small words that every sentence needs.
//!
//! The language decides which words are looked for and how a score is read. It is never an input of a score: who speaks which language says
//! nothing about what is done. Known weakness: texts of a few words; they are read as English where nothing else speaks.

use serde::Serialize;
use std::sync::LazyLock;

/// A language that is judged, or that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// Malay and Indonesian.
    Malay,
    /// Chinese, in both scripts.
    Chinese,
    /// Spanish.
    Spanish,
    /// Thai.
    Thai,
    /// Korean.
    Korean,
    /// Any other: identifiers are found, the rest is not covered.
    Other,
}

impl Language {
    /// The languages that are judged.
    pub const COVERED: [Self; 6] =
        [Self::English, Self::Malay, Self::Chinese, Self::Spanish, Self::Thai, Self::Korean];

    /// ISO 639-1; `und` for any other.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Malay => "ms",
            Self::Chinese => "zh",
            Self::Spanish => "es",
            Self::Thai => "th",
            Self::Korean => "ko",
            Self::Other => "und",
        }
    }

    /// The language of such a code: also `id` for Malay's sister.
    pub fn of_code(code: &str) -> Option<Self> {
        if code == "id" {
            return Some(Self::Malay);
        }
        Self::COVERED.into_iter().find(|language| language.code() == code)
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// The languages of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Languages {
    /// The one that most of it is in.
    pub main: Language,
    seen: u8,
}

impl Languages {
    /// Whether words of a language are to be looked for.
    pub fn has(self, language: Language) -> bool {
        self.seen & language.bit() != 0
    }

    /// Finds them in a folded text.
    pub fn of(folded: &str) -> Self {
        let letters = Letters::count(folded);
        let votes = Votes::count(folded);
        let mut seen = 0;
        for (language, count) in [
            (Language::Chinese, letters.han),
            (Language::Thai, letters.thai),
            (Language::Korean, letters.hangul),
        ] {
            seen |= if count > 0 { language.bit() } else { 0 };
        }
        let latin = votes.main(letters.latin);
        for (language, count) in
            [(Language::Malay, votes.malay), (Language::Spanish, votes.spanish)]
        {
            seen |= if count > 0 { language.bit() } else { 0 };
        }
        // English words stand in texts of every language.
        seen |= Language::English.bit();
        Self { main: letters.main(latin), seen }
    }
}

/// Letters by script. A Chinese letter says about as much as two Latin ones, a Korean one as three.
#[derive(Default)]
struct Letters {
    latin: usize,
    han: usize,
    kana: usize,
    thai: usize,
    hangul: usize,
    other: usize,
}

impl Letters {
    fn count(folded: &str) -> Self {
        let mut found = Self::default();
        for letter in folded.chars() {
            match u32::from(letter) {
                0x61..=0x7a => found.latin += 1,
                0..=0x7f => {}
                0x3041..=0x30ff => found.kana += 1,
                0x3400..=0x4dbf | 0x4e00..=0x9fff => found.han += 1,
                0xe01..=0xe4f => found.thai += 1,
                0xac00..=0xd7a3 | 0x3131..=0x318e => found.hangul += 1,
                _ if letter.is_alphabetic() => found.other += 1,
                _ => {}
            }
        }
        found
    }

    fn main(&self, latin: Language) -> Language {
        let han = if self.kana * 4 > self.han { Language::Other } else { Language::Chinese };
        let heard = [
            (self.latin, latin),
            (self.han * 2, han),
            (self.thai, Language::Thai),
            (self.hangul * 3, Language::Korean),
            (self.other + self.kana, Language::Other),
        ];
        // A link or a name in Latin letters does not make a Thai message English: other letters count double beside them.
        let most = heard.into_iter().map(|(count, language)| {
            let weight = if language == latin && count == self.latin { 1 } else { 2 };
            (count * weight, language)
        });
        most.max_by_key(|(count, _)| *count).map_or(Language::English, |(_, language)| language)
    }
}

/// Small words, by language.
#[derive(Default)]
struct Votes {
    english: usize,
    malay: usize,
    spanish: usize,
    other: usize,
    words: usize,
}

const ENGLISH: &[&str] = &[
    "the", "and", "you", "your", "is", "are", "to", "of", "for", "this", "that", "have", "with",
    "on", "it", "we", "will", "be", "has", "not", "was", "my", "please", "from", "at", "if", "do",
    "been", "our", "they", "he", "she", "what", "can", "now", "but", "i", "as", "or", "an", "in",
    "by", "any", "get", "there", "were", "her", "his", "their", "when", "who", "how", "us", "all",
];
const MALAY: &[&str] = &[
    "anda", "yang", "dan", "untuk", "dengan", "ini", "itu", "saya", "dari", "dalam", "akan",
    "kami", "kita", "telah", "sudah", "pada", "kepada", "adalah", "tidak", "tak", "ada", "sila",
    "awak", "kamu", "boleh", "atau", "oleh", "jangan", "bisa", "nak", "dah", "kalau", "juga",
    "lagi", "tuan", "puan", "encik", "sebagai", "di", "ke", "jika", "bagi", "akaun", "tolong",
    "dia", "aku", "gak", "nggak", "udah", "aja", "ya", "je", "ni", "tu", "lah", "kat", "dgn",
    "utk", "yg", "pun", "mau", "bapak", "ibu", "mohon", "segera", "hari", "kerja",
];
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "de", "que", "en", "su", "sus", "para", "por", "con", "una", "un",
    "es", "del", "al", "se", "le", "lo", "tu", "te", "ha", "si", "mi", "este", "esta", "como",
    "mas", "usted", "pero", "fue", "hola", "ya", "muy", "sin", "sobre", "desde", "hay", "esto",
    "nos", "me", "tus", "ser", "son", "estan", "cuando", "porque", "hasta", "favor",
];
/// Words of languages in Latin letters that are not judged: French, German, Portuguese, Italian, Dutch, Vietnamese, Tagalog, Turkish, Polish,
/// Swedish, Romanian, Swahili.
const OTHER: &[&str] = &[
    "le",
    "les",
    "des",
    "est",
    "vous",
    "votre",
    "pour",
    "dans",
    "une",
    "avec",
    "nous",
    "sur",
    "der",
    "die",
    "das",
    "und",
    "ist",
    "ihr",
    "ihre",
    "sie",
    "nicht",
    "ein",
    "eine",
    "mit",
    "bitte",
    "auf",
    "voce",
    "seu",
    "sua",
    "nao",
    "uma",
    "para",
    "com",
    "os",
    "foi",
    "il",
    "di",
    "che",
    "per",
    "non",
    "sono",
    "della",
    "tuo",
    "het",
    "een",
    "van",
    "uw",
    "voor",
    "niet",
    "zijn",
    "cua",
    "ban",
    "khong",
    "toi",
    "duoc",
    "cho",
    "cac",
    "nguoi",
    "ang",
    "ng",
    "mga",
    "sa",
    "ako",
    "ikaw",
    "hindi",
    "po",
    "inyong",
    "ve",
    "bir",
    "icin",
    "bu",
    "ile",
    "sizin",
    "nie",
    "jest",
    "sie",
    "na",
    "twoje",
    "och",
    "att",
    "ar",
    "din",
    "som",
    "sau",
    "dumneavoastra",
    "este",
    "pentru",
    "kwa",
    "yako",
    "ya",
    "wa",
    "em",
    "do",
    "da",
    "o",
];

/// All small words in order, and which of English, Malay, Spanish and the others have them.
static SMALL: LazyLock<Vec<(&'static str, [bool; 4])>> = LazyLock::new(|| {
    let lists = [ENGLISH, MALAY, SPANISH, OTHER];
    let mut words: Vec<&str> = lists.into_iter().flatten().copied().collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|word| (word, lists.map(|list| list.contains(&word)))).collect()
});

impl Votes {
    fn count(folded: &str) -> Self {
        let mut found = Self::default();
        for word in folded.split(|letter: char| !letter.is_alphanumeric()) {
            if word.is_empty()
                || word.len() > 14
                || !word.starts_with(|first: char| first.is_ascii_lowercase())
            {
                continue;
            }
            found.words += 1;
            let Ok(at) = SMALL.binary_search_by(|(small, _)| (*small).cmp(word)) else { continue };
            let [english, malay, spanish, other] = SMALL[at].1;
            found.english += usize::from(english);
            found.malay += usize::from(malay);
            found.spanish += usize::from(spanish);
            found.other += usize::from(other);
        }
        found
    }

    /// The language in Latin letters that most words speak for; English where none does.
    fn main(&self, latin: usize) -> Language {
        let covered = self.english.max(self.malay).max(self.spanish);
        if latin == 0 || (covered == 0 && self.other == 0) {
            return Language::English;
        }
        // Small words are shared between neighbours: another language must be clearly ahead.
        if self.other > covered && self.other >= 2 && self.other * 6 > self.words {
            return Language::Other;
        }
        if self.malay > self.english && self.malay >= self.spanish {
            Language::Malay
        } else if self.spanish > self.english {
            Language::Spanish
        } else {
            Language::English
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    fn main_of(text: &str) -> Language {
        Languages::of(Folded::of(text).text()).main
    }

    #[test]
    fn languages_are_told_by_letters_and_small_words() {
        assert_eq!(main_of("Your parcel is at the depot"), Language::English);
        assert_eq!(main_of("Akaun anda telah disekat, sila hubungi kami"), Language::Malay);
        assert_eq!(main_of("Su cuenta ha sido bloqueada por seguridad"), Language::Spanish);
        assert_eq!(main_of("您的帳戶 account 已凍結"), Language::Chinese);
        assert_eq!(main_of("โอนเงินผ่าน PromptPay วันนี้"), Language::Thai);
        assert_eq!(main_of("엄마 나 폰 고장났어 KakaoTalk"), Language::Korean);
    }

    #[test]
    fn what_is_not_covered_is_said() {
        for text in [
            "Votre compte est bloqué, veuillez nous appeler pour vous identifier",
            "Ihr Konto ist gesperrt, bitte rufen Sie uns mit der Karte an",
            "Ваш счёт заблокирован",
            "あなたの口座は停止されました",
            "Tài khoản của bạn đã bị khóa, cho tôi biết",
        ] {
            assert_eq!(main_of(text), Language::Other, "{text}");
        }
    }

    #[test]
    fn mixed_texts_keep_all_their_languages() {
        let languages =
            Languages::of(Folded::of("Encik, your parcel dah sampai, sila collect").text());
        assert!(languages.has(Language::Malay) && languages.has(Language::English));
        assert!(!languages.has(Language::Thai));
    }
}
