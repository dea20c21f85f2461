//! The fonts that documents are set in, and how wide text is in them.

use krilla::text::Font;

const REGULAR: &[u8] = include_bytes!("../../fonts/DejaVuSansCondensed.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/DejaVuSansCondensed-Bold.ttf");

/// What stands for a letter that a font has not.
const BOX: char = '□';

/// A font.
pub(crate) struct Face {
    font: Font,
    metrics: ttf_parser::Face<'static>,
}

/// Those that are used.
pub(crate) struct Faces {
    pub(crate) regular: Face,
    pub(crate) bold: Face,
}

impl Faces {
    /// Reads them; `None` where they are broken.
    pub(crate) fn read() -> Option<Self> {
        Some(Self { regular: Face::read(REGULAR)?, bold: Face::read(BOLD)? })
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        Some(Self { font, metrics: ttf_parser::Face::parse(bytes, 0).ok()? })
    }

    pub(crate) fn font(&self) -> Font {
        self.font.clone()
    }

    /// A text as it can be set: with boxes for letters that the font has not.
    pub(crate) fn shown(&self, text: &str) -> String {
        let set = |letter: char| match letter {
            '\t' | '\u{a0}' | '\u{202f}' => ' ',
            control if control.is_control() => BOX,
            known if self.metrics.glyph_index(known).is_some() => known,
            _ => BOX,
        };
        text.chars().map(set).collect()
    }

    /// How wide a text is at a size, points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let units: u32 = text.chars().map(|letter| self.advance(letter)).sum();
        units as f32 * size / f32::from(self.metrics.units_per_em())
    }

    fn advance(&self, letter: char) -> u32 {
        let glyph = self.metrics.glyph_index(letter);
        let advance = glyph.and_then(|glyph| self.metrics.glyph_hor_advance(glyph));
        u32::from(advance.unwrap_or_default())
    }

    /// A text in lines that are no wider than that. Words are kept whole where they fit.
    pub(crate) fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let text = self.shown(text);
        let mut lines = vec![String::new()];
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            for part in self.parts(word, size, width) {
                let line = lines.last_mut().filter(|line| !line.is_empty());
                let with = line.as_ref().map(|line| format!("{line} {part}"));
                match (line, with) {
                    (Some(line), Some(with)) if self.width(&with, size) <= width => *line = with,
                    (None, _) => *lines.last_mut().unwrap_or(&mut String::new()) = part,
                    _ => lines.push(part),
                }
            }
        }
        lines
    }

    /// A word in parts that fit.
    fn parts(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        let mut parts = vec![String::new()];
        for letter in word.chars() {
            let last = parts.last().map_or("", String::as_str);
            let with = format!("{last}{letter}");
            if last.is_empty() || self.width(&with, size) <= width {
                if let Some(last) = parts.last_mut() {
                    *last = with;
                }
            } else {
                parts.push(letter.to_string());
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_they_may_and_nothing_is_lost() {
        let faces = Faces::read().unwrap();
        let text = "A lead is a reason to look, never a verdict: 001-01-1000-10002-and-a-word-that-is-longer-than-a-line-can-be.";
        for width in [40.0, 90.0, 300.0] {
            let lines = faces.regular.wrapped(text, 10.0, width);
            assert!(lines.iter().all(|line| faces.regular.width(line, 10.0) <= width));
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "{width}");
        }
        assert_eq!(faces.regular.wrapped("", 10.0, 50.0), [""]);
    }

    #[test]
    fn bold_is_wider_and_twice_the_size_is_twice_as_wide() {
        let Faces { regular, bold } = Faces::read().unwrap();
        assert!(bold.width("room", 10.0) > regular.width("room", 10.0));
        let (one, two) = (regular.width("room", 10.0), regular.width("room", 20.0));
        assert!((two - 2.0 * one).abs() < 0.01);
    }
}
