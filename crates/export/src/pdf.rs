//! A document as pages: PDF/A-2b (ISO 19005-2), A4, with its fonts in it. Each page says for whom it is, and which of how many it is.

mod face;
mod layout;

use crate::block::Block;
use crate::{ExportError, Mark};
use face::{Face, Faces};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::TextDirection;
use layout::{Drawn, Ink, MARGIN, PAGE, laid_out};

/// Size of what stands at the foot of each page, points.
const FOOT: f32 = 8.0;

/// The document as pages.
pub(crate) fn pages(blocks: &[Block], mark: &Mark) -> Result<Vec<u8>, ExportError> {
    let told = |sentence: String| ExportError::Written(sentence);
    let faces = Faces::read().ok_or_else(|| told("the fonts cannot be read".to_owned()))?;
    // The mark at the end is for pages without a foot.
    let shown = match blocks {
        [before @ .., Block::Mark(_)] if !before.is_empty() => before,
        all => all,
    };
    let pages = laid_out(shown, &faces);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_B)
        .finish()
        .map_err(|error| told(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(blocks, mark));
    for (nth, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1)
            .ok_or_else(|| told("a page has no size".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for drawn in page {
            draw(&mut surface, drawn, &faces);
        }
        let foot = Drawn::Text {
            at: (MARGIN, PAGE.1 - MARGIN / 2.0),
            size: FOOT,
            ink: Ink::Quiet,
            is_bold: false,
            text: faces.regular.shown(&format!(
                "{}   {} of {}",
                mark.sentence(),
                nth + 1,
                pages.len()
            )),
        };
        draw(&mut surface, &foot, &faces);
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| told(format!("{error:?}")))
}

fn metadata(blocks: &[Block], mark: &Mark) -> Metadata {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.clone()),
        _ => None,
    });
    let about = Metadata::new()
        .title(title.unwrap_or_default())
        .description(mark.sentence())
        .language("en".to_owned())
        .authors(vec![mark.sender.clone()])
        .creator("ringtrace".to_owned())
        .document_id(mark.sentence());
    match moment(&mark.at) {
        Some(at) => about.creation_date(at),
        None => about,
    }
}

/// `2023-10-30 12:00:00 UTC`.
fn moment(at: &str) -> Option<DateTime> {
    let at: jiff::civil::DateTime = at.trim_end_matches(" UTC").parse().ok()?;
    let part = |part: i8| u8::try_from(part).ok();
    Some(
        DateTime::new(u16::try_from(at.year()).ok()?)
            .month(part(at.month())?)
            .day(part(at.day())?)
            .hour(part(at.hour())?)
            .minute(part(at.minute())?)
            .second(part(at.second())?)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

fn colour(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Plain => rgb::Color::new(29, 34, 39),
        Ink::Quiet => rgb::Color::new(89, 98, 107),
        Ink::Protect => rgb::Color::new(138, 28, 60),
        Ink::Rule => rgb::Color::new(200, 204, 208),
    }
}

fn draw(surface: &mut Surface<'_>, drawn: &Drawn, faces: &Faces) {
    match drawn {
        Drawn::Text { at, size, ink, is_bold, text } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill {
                paint: colour(*ink).into(),
                opacity: NormalizedF32::ONE,
                ..Fill::default()
            }));
            let face: &Face = if *is_bold { &faces.bold } else { &faces.regular };
            let at = Point::from_xy(at.0, at.1);
            surface.draw_text(at, face.font(), *size, text, false, TextDirection::Auto);
        }
        Drawn::Rule { from, to, ink } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: colour(*ink).into(),
                width: 0.7,
                ..Stroke::default()
            }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead_pack::blocks;
    use crate::testing::{mark, report};

    #[test]
    fn a_pack_is_pages_that_are_the_same_each_time_and_pass_as_pdf_a() {
        let report = report();
        let blocks = blocks(&report.rooms[0], &report, &mark());
        // What it is written with checks that it is PDF/A-2b, or gives nothing.
        let bytes = pages(&blocks, &mark()).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert_eq!(bytes, pages(&blocks, &mark()).unwrap());
    }

    #[test]
    fn letters_that_the_fonts_have_not_are_shown_as_boxes() {
        let mark = Mark { recipient: "公安 <police>".to_owned(), ..mark() };
        let blocks = [Block::Mark(mark.sentence()), Block::Text("\u{0}\u{1f600}\ttab".to_owned())];
        assert!(pages(&blocks, &mark).is_ok());
    }
}
