//! Drawings, as SVG made here: they need no script, print as they look, and their colours come from the style sheet.

pub(crate) mod days;
pub(crate) mod graph;
pub(crate) mod lifelines;
pub(crate) mod punch_card;
pub(crate) mod site;
pub(crate) mod timeline;

/// A text in XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The beginning of a drawing of some width and height, with what it shows in a sentence for who cannot see it.
pub(crate) fn begun(class: &str, width: f64, height: f64, says: &str) -> String {
    begun_as("img", class, (width, height), says)
}

/// The same by what it is: an `img`, or a `group` of what can be followed.
pub(crate) fn begun_as(role: &str, class: &str, (width, height): (f64, f64), says: &str) -> String {
    format!(
        "<svg class=\"drawing {class}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"{role}\" aria-label=\"{}\">",
        escaped(says)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_place() {
        assert_eq!(escaped("<b a='\"&"), "&lt;b a=&#39;&quot;&amp;");
        assert!(begun("x", 1.0, 2.0, "\"><script>").contains("&quot;&gt;&lt;script&gt;"));
    }
}
