//! What the words of a message say, as everybody is shown it: a sentence, the words marked that it rests on, and what to do.

use super::messages::{Language, Messages};
use report::{AdviceReport, ScreenedReport};

/// Letters that a message needs to be judged: a bare number is none.
const LETTERS_MIN: usize = 12;

/// A stretch of the message.
pub(super) struct Stretch {
    pub(super) text: String,
    pub(super) is_marked: bool,
}

/// What is said of a message.
pub(super) struct Words {
    pub(super) verdict: &'static str,
    pub(super) sentence: String,
    pub(super) stretches: Vec<Stretch>,
    pub(super) advice: String,
}

/// Whether a text is a message, and not a number alone.
pub(super) fn is_message(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= LETTERS_MIN
}

impl Words {
    /// Of a screened text, in a language.
    pub(super) fn of(text: &str, screened: &ScreenedReport, language: Language) -> Self {
        let say = language.messages();
        let (verdict, sentence) = sentence(screened, say);
        let is_seen = matches!(verdict, "lead" | "watch");
        // Where nothing is seen, nothing is marked: a mark would say otherwise.
        let spans = if is_seen { spans(screened) } else { Vec::new() };
        let stretches = marked(text, spans);
        Self { verdict, sentence, stretches, advice: advice(&screened.advice, language).to_owned() }
    }
}

fn sentence(screened: &ScreenedReport, say: &Messages) -> (&'static str, String) {
    match screened.verdict.as_str() {
        "lead" => ("lead", say.words_lead.clone()),
        "watch" => ("watch", say.words_watch.clone()),
        "nothing" => ("nothing", say.words_nothing.clone()),
        _ => ("not-covered", say.words_not_covered.clone()),
    }
}

fn advice(advice: &AdviceReport, language: Language) -> &str {
    match language.tag {
        "ms" => &advice.ms,
        "zh" => &advice.zh,
        "es" => &advice.es,
        _ => &advice.en,
    }
}

/// The words that it rests on, and those that show a speech act.
fn spans(screened: &ScreenedReport) -> Vec<(usize, usize)> {
    let acts = screened.acts.iter().flat_map(|act| &act.spans);
    let mut spans: Vec<(usize, usize)> =
        acts.chain(&screened.words).map(|span| (span.start, span.end)).collect();
    spans.sort_unstable();
    spans
}

/// The text in stretches; spans that overlap are one mark after the other.
fn marked(text: &str, spans: Vec<(usize, usize)>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = 0;
    let mut add = |from: usize, to: usize, is_marked: bool| {
        if let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) {
            stretches.push(Stretch { text: part.to_owned(), is_marked });
        }
    };
    for (start, end) in spans {
        let start = start.max(at);
        if end > start {
            add(at, start, false);
            add(start, end, true);
            at = end;
        }
    }
    add(at, text.len(), false);
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::made::screened;

    #[test]
    fn stretches_are_the_text_and_marks_lie_on_its_spans() {
        let text = "Please verify your código now";
        let mut report = screened(text, "lead");
        report.words[0].end = 18;
        let stretches = marked(text, spans(&report));
        assert_eq!(stretches.iter().map(|stretch| stretch.text.as_str()).collect::<String>(), text);
        let marks: Vec<&str> = stretches
            .iter()
            .filter(|stretch| stretch.is_marked)
            .map(|stretch| stretch.text.as_str())
            .collect();
        assert_eq!(marks, ["verify your"]);
        assert!(!is_message("+999 777 00001") && is_message("they want the code"));
    }
}
