//! Where everything of a document stands on its pages.

use super::face::{Face, Faces};
use crate::block::{Block, Table};

/// A4, points.
pub(crate) const PAGE: (f32, f32) = (595.0, 842.0);
/// What is left free around, points.
pub(crate) const MARGIN: f32 = 48.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Size of text, points.
const TEXT: f32 = 9.5;
const SMALL: f32 = 8.0;
/// From one line to the next, of a line's size.
const LEADING: f32 = 1.4;
/// Free space between blocks and in frames, points.
const GAP: f32 = 6.0;

/// Which colour something has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Quiet,
    Protect,
    Rule,
}

/// Something on a page: places from its upper left, points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Drawn {
    /// Text, at the left end of its base line.
    Text { at: (f32, f32), size: f32, ink: Ink, is_bold: bool, text: String },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), ink: Ink },
}

/// How a paragraph is set.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    ink: Ink,
    is_bold: bool,
    /// From the left margin.
    indent: f32,
}

const PLAIN: Style = Style { size: TEXT, ink: Ink::Plain, is_bold: false, indent: 0.0 };

struct Layout<'a> {
    faces: &'a Faces,
    pages: Vec<Vec<Drawn>>,
    /// How far down the last page is filled.
    y: f32,
}

/// The pages of a document.
pub(crate) fn laid_out(blocks: &[Block], faces: &Faces) -> Vec<Vec<Drawn>> {
    let mut layout = Layout { faces, pages: vec![Vec::new()], y: MARGIN };
    for block in blocks {
        layout.block(block);
    }
    layout.pages
}

impl Layout<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => {
                self.paragraph(text, Style { size: 17.0, is_bold: true, ..PLAIN });
            }
            Block::Heading(text) => self.heading(text),
            Block::Text(text) => self.paragraph(text, PLAIN),
            Block::Strong(text) => self.paragraph(text, Style { is_bold: true, ..PLAIN }),
            Block::Quiet(text) => {
                self.paragraph(text, Style { size: SMALL, ink: Ink::Quiet, ..PLAIN });
            }
            Block::Mark(text) => self.mark(text),
            Block::List(points) => points.iter().for_each(|(text, under)| self.point(text, under)),
            Block::Table(table) => self.table(table),
            Block::Verbatim(text) => self.verbatim(text),
        }
        self.y += GAP;
    }

    fn draw(&mut self, drawn: Drawn) {
        if let Some(page) = self.pages.last_mut() {
            page.push(drawn);
        }
    }

    /// Goes to a new page where so much does not fit on this one; whether it did.
    fn make_room(&mut self, height: f32) -> bool {
        // Above the foot.
        let is_full = self.y + height > PAGE.1 - MARGIN;
        if is_full && self.y > MARGIN {
            self.pages.push(Vec::new());
            self.y = MARGIN;
            return true;
        }
        false
    }

    fn face(&self, style: Style) -> &Face {
        if style.is_bold { &self.faces.bold } else { &self.faces.regular }
    }

    fn line(&mut self, text: String, x: f32, style: Style) {
        let Style { size, ink, is_bold, .. } = style;
        // The base line is under most of a line's height.
        let at = (x, self.y + size);
        self.draw(Drawn::Text { at, size, ink, is_bold, text });
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let width = WIDTH - style.indent;
        for line in self.face(style).wrapped(text, style.size, width) {
            self.make_room(style.size * LEADING);
            self.line(line, MARGIN + style.indent, style);
            self.y += style.size * LEADING;
        }
    }

    fn heading(&mut self, text: &str) {
        // With some of what it stands over.
        self.make_room(70.0);
        self.y += GAP;
        self.paragraph(text, Style { size: 12.5, is_bold: true, ..PLAIN });
        self.draw(Drawn::Rule {
            from: (MARGIN, self.y + 1.0),
            to: (PAGE.0 - MARGIN, self.y + 1.0),
            ink: Ink::Rule,
        });
        self.y += 2.0;
    }

    /// In a frame, on one page.
    fn mark(&mut self, text: &str) {
        let style = Style { ink: Ink::Protect, indent: GAP, ..PLAIN };
        let lines = self.faces.regular.wrapped(text, style.size, WIDTH - 2.0 * GAP);
        let height = lines.len() as f32 * style.size * LEADING + 2.0 * GAP;
        self.make_room(height);
        let (left, right, top) = (MARGIN, PAGE.0 - MARGIN, self.y);
        let bottom = top + height;
        for (from, to) in [
            ((left, top), (right, top)),
            ((right, top), (right, bottom)),
            ((right, bottom), (left, bottom)),
            ((left, bottom), (left, top)),
        ] {
            self.draw(Drawn::Rule { from, to, ink: Ink::Protect });
        }
        self.y += GAP;
        for line in lines {
            self.line(line, MARGIN + GAP, style);
            self.y += style.size * LEADING;
        }
        self.y = bottom + GAP / 2.0;
    }

    fn point(&mut self, text: &str, under: &[String]) {
        self.make_room(TEXT * LEADING);
        self.line("•".to_owned(), MARGIN + 2.0, PLAIN);
        self.paragraph(text, Style { indent: 12.0, ..PLAIN });
        for one in under {
            self.paragraph(one, Style { size: SMALL, ink: Ink::Quiet, indent: 20.0, ..PLAIN });
        }
        self.y += 2.0;
    }

    fn verbatim(&mut self, text: &str) {
        for line in text.lines() {
            // What stands before the first letter stays.
            let spaces = line.len() - line.trim_start().len();
            let indent = spaces as f32 * 3.5;
            self.paragraph(line, Style { size: 7.0, ink: Ink::Quiet, indent, ..PLAIN });
        }
    }

    fn table(&mut self, table: &Table) {
        let head: Vec<String> = table.head.iter().map(|word| (*word).to_owned()).collect();
        let of_head = Style { size: SMALL, ink: Ink::Quiet, is_bold: true, ..PLAIN };
        let of_row = Style { size: SMALL, ..PLAIN };
        // A head is not left alone at the foot of a page.
        let first = table.rows.first().map_or(0.0, |row| self.height(row, &table.shares, of_row));
        self.make_room(self.height(&head, &table.shares, of_head) + first);
        self.row(&head, &table.shares, of_head);
        for row in &table.rows {
            if self.make_room(self.height(row, &table.shares, of_row)) {
                self.row(&head, &table.shares, of_head);
            }
            self.row(row, &table.shares, of_row);
        }
    }

    fn cells(&self, row: &[String], shares: &[f32], style: Style) -> Vec<Vec<String>> {
        let cells = row.iter().zip(shares);
        let wrapped = |(cell, share): (&String, &f32)| {
            self.face(style).wrapped(cell, style.size, WIDTH * share - GAP)
        };
        cells.map(wrapped).collect()
    }

    fn height(&self, row: &[String], shares: &[f32], style: Style) -> f32 {
        let lines = self.cells(row, shares, style).iter().map(Vec::len).max().unwrap_or(1);
        lines as f32 * style.size * LEADING + 3.0
    }

    fn row(&mut self, row: &[String], shares: &[f32], style: Style) {
        let (top, height) = (self.y, self.height(row, shares, style));
        let mut x = MARGIN;
        for (lines, share) in self.cells(row, shares, style).into_iter().zip(shares) {
            self.y = top + 1.0;
            for line in lines {
                self.line(line, x, style);
                self.y += style.size * LEADING;
            }
            x += WIDTH * share;
        }
        self.y = top + height;
        let (from, to) = ((MARGIN, self.y), (PAGE.0 - MARGIN, self.y));
        self.draw(Drawn::Rule { from, to, ink: Ink::Rule });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &[Drawn]) -> Vec<&str> {
        let text = |drawn: &'_ Drawn| matches!(drawn, Drawn::Text { .. });
        let shown = page.iter().filter(|drawn| text(drawn)).map(|drawn| match drawn {
            Drawn::Text { text, .. } => &**text,
            Drawn::Rule { .. } => "",
        });
        shown.collect()
    }

    #[test]
    fn a_long_table_goes_on_under_its_head_and_nothing_stands_outside_of_a_page() {
        let rows = (0..200).map(|nth| vec![format!("L{nth:03}"), "a worker ".repeat(20)]);
        let table =
            Table { shares: vec![0.2, 0.8], head: vec!["Line", "Role"], rows: rows.collect() };
        let pages = laid_out(&[Block::Table(table)], &Faces::read().unwrap());
        assert!(pages.len() > 3);
        for page in &pages {
            assert_eq!(texts(page)[..2], ["Line", "Role"]);
            for drawn in page {
                if let Drawn::Text { at, .. } = drawn {
                    assert!(at.0 >= MARGIN && at.1 > MARGIN && at.1 < PAGE.1 - MARGIN + 3.0);
                }
            }
        }
        let all = pages.iter().flat_map(|page| texts(page));
        assert_eq!(
            all.filter(|text| text.starts_with('L') && text.len() == 4 && *text != "Line").count(),
            200
        );
    }

    #[test]
    fn a_heading_is_not_left_alone_at_the_foot() {
        let mut blocks: Vec<Block> = (0..48).map(|_| Block::Text("x".to_owned())).collect();
        for count in 20..48 {
            blocks.truncate(count);
            blocks.extend([Block::Heading("For"), Block::Text("why".to_owned())]);
            let pages = laid_out(&blocks, &Faces::read().unwrap());
            let of = |text: &str| pages.iter().position(|page| texts(page).contains(&text));
            assert_eq!(of("For"), of("why"), "{count}");
            blocks.truncate(count);
            blocks.resize(48, Block::Text("x".to_owned()));
        }
    }

    #[test]
    fn a_head_is_not_left_alone_at_the_foot() {
        for count in 20..60 {
            let mut blocks: Vec<Block> = (0..count).map(|_| Block::Text("x".to_owned())).collect();
            let rows = vec![vec!["calls.csv".to_owned(), "12".to_owned()]];
            let head = vec!["File", "Rows"];
            blocks.push(Block::Table(Table { shares: vec![0.5, 0.5], head, rows }));
            let pages = laid_out(&blocks, &Faces::read().unwrap());
            let of = |text: &str| pages.iter().position(|page| texts(page).contains(&text));
            assert_eq!(of("File"), of("calls.csv"), "{count}");
        }
    }
}
