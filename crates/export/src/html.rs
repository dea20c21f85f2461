//! A document as one page that needs nothing else, and prints.

use crate::ExportError;
use crate::block::Block;
use askama::Template;

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'a> {
    title: &'a str,
    blocks: &'a [Block],
}

/// The page.
pub(crate) fn page(blocks: &[Block]) -> Result<Vec<u8>, ExportError> {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(&**title),
        _ => None,
    });
    let page = Page { title: title.unwrap_or_default(), blocks };
    page.render().map(String::into_bytes).map_err(|error| ExportError::Written(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead_pack::blocks;
    use crate::testing::{mark, report};

    const KEPT: &str = "+99912345601";
    const SHOWN: &str = "2023-10-04 01:13:20 +999•••••01 → +999•••••02";

    #[test]
    fn a_pack_says_what_it_is_and_shows_nothing_that_was_not_hidden() {
        let report = report();
        let page = page(&blocks(&report.rooms[0], &report, &mark())).unwrap();
        let page = String::from_utf8(page).unwrap();
        for said in
            ["For the police", "not to be punished", "America/Lima", "limits", SHOWN, "Against"]
        {
            assert!(page.contains(said), "{said}");
        }
        assert!(!page.contains(KEPT), "a fact that is kept whole does not leave");
        assert!(!page.contains("<script") && !page.contains("src="), "it needs nothing else");
    }
}
