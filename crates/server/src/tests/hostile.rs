//! Markup and formulas in every field of every form: a crawler fills in what the pages ask for, and nothing of it comes back as markup, or as a formula.

use super::browser::{Browser, Desk, form};
use crate::Role;
use axum::http::{StatusCode, header};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in every field that takes words.
const HOSTILE: &str = "=1+1<b onload=x>\"'{{7*7}}";
/// What of it must not be in any page.
const MARKUP: &str = "<b onload";

/// Forms that end what the crawler goes on with.
const LEFT_ALONE: [&str; 4] = ["/sign-out", "/password", "/accounts/password", "/accounts/end"];

/// A form of a page: where it is sent, and what it asks for.
#[derive(Debug)]
struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let after = tag.split_once(&format!(" {name}=\""))?.1;
    Some(after.split('"').next()?.replace("&#38;", "&").replace("&#43;", "+"))
}

/// The tags of a text that begin so, each with what follows up to the next.
fn tags<'a>(text: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(begin).map(|(at, _)| &text[at..])
}

/// How a form is filled in: where one way is refused, the next is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Every field, and the first choice of each list.
    All,
    /// Every field, and the last choice of each list.
    Last,
    /// The fields that must be filled in, and the last choice of each list.
    Least,
}

/// A form as a person would send it who writes the same everywhere.
fn filled(text: &str, way: Way) -> Option<Form> {
    let head = text.split_once('>')?.0;
    let body = text.split("</form>").next()?;
    if !head.contains("method=\"post\"") || head.contains("multipart") {
        return None;
    }
    let mut fields = Vec::new();
    for tag in tags(body, "<input").chain(tags(body, "<textarea")) {
        let tag = tag.split('>').next()?;
        let Some(name) = attribute(tag, "name") else { continue };
        // Choices that come with more, and all of one question but the first.
        if tag.contains("checkbox") || fields.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let placeholder = attribute(tag, "placeholder").unwrap_or_default();
        let is_plain = placeholder.starts_with(|letter: char| letter.is_ascii_digit());
        let longest = attribute(tag, "maxlength").and_then(|most| most.parse().ok());
        let value = match attribute(tag, "value") {
            Some(value) if ["hidden", "radio", "number"].iter().any(|kind| tag.contains(kind)) => {
                value
            }
            _ if is_plain => placeholder,
            _ if way == Way::Least && !tag.contains("required") => String::new(),
            _ => HOSTILE.chars().take(longest.unwrap_or(usize::MAX)).collect(),
        };
        fields.push((name, value));
    }
    for select in tags(body, "<select") {
        let options = select.split("</select>").next()?;
        let of = |tag: &str| {
            let (head, rest) = tag.split_once('>')?;
            attribute(head, "value").or_else(|| Some(rest.split('<').next()?.to_owned()))
        };
        let mut values = tags(options, "<option").filter_map(of).filter(|value| !value.is_empty());
        let value = if way == Way::All { values.next() } else { values.last() };
        fields.push((attribute(select.split('>').next()?, "name")?, value.unwrap_or_default()));
    }
    let button = tags(body, "<button").next()?.split('>').next()?;
    if let (Some(name), Some(value)) = (attribute(button, "name"), attribute(button, "value")) {
        fields.push((name, value));
    }
    Some(Form { action: attribute(head, "action")?, fields })
}

/// Every page that a link leads to, with its text.
async fn pages(browser: &Browser<'_>) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    let mut next = vec!["/".to_owned(), "/public".to_owned()];
    while let Some(path) = next.pop() {
        if seen.contains_key(&path) || seen.len() > 400 {
            continue;
        }
        let answer = browser.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.text);
        let links =
            tags(&answer.text, "<a ").filter_map(|tag| attribute(tag.split('>').next()?, "href"));
        next.extend(links.filter(|link| link.starts_with('/')));
        seen.insert(path, answer.text);
    }
    seen
}

/// Sends every form of these pages once; which were taken, and which refused.
async fn send_all(
    browser: &Browser<'_>,
    pages: &BTreeMap<String, String>,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for page in pages.values() {
        let ways = [Way::All, Way::Last, Way::Least];
        let forms = tags(page, "<form").flat_map(|text| ways.map(|way| filled(text, way)));
        for one in forms.flatten() {
            let told = LEFT_ALONE.contains(&&*one.action);
            if told || taken.contains(&one.action) {
                continue;
            }
            let fields: Vec<(&str, &str)> =
                one.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
            let answer = browser.send(&one.action, form(&fields)).await;
            assert!(!answer.status.is_server_error(), "{one:?}: {}", answer.text);
            let is_page = answer.headers.get(header::CONTENT_DISPOSITION).is_none();
            assert!(!is_page || !answer.text.contains(MARKUP), "{}", one.action);
            let is_taken = matches!(answer.status, StatusCode::OK | StatusCode::SEE_OTHER);
            if is_taken { &mut taken } else { &mut refused }.insert(one.action);
        }
    }
    let refused = refused.difference(&taken).cloned().collect();
    (taken, refused)
}

#[tokio::test]
async fn no_field_of_any_form_comes_back_as_markup() {
    let desk = Desk::new().await;
    desk.account("admin", true).await;
    let roles = Role::ALL;
    let everything = desk.with("amal", "lima", &roles).await;
    let keeper = desk.signed_in("admin").await;
    let mut all = (BTreeSet::new(), BTreeSet::new());
    // What a form makes can have forms of its own.
    for _ in 0..3 {
        for browser in [&everything, &keeper] {
            let pages = pages(browser).await;
            let (taken, refused) = send_all(browser, &pages).await;
            all.0.extend(taken);
            all.1.extend(refused);
        }
    }
    let mut told = 0;
    for browser in [&everything, &keeper] {
        for (path, text) in pages(browser).await {
            assert!(!text.contains(MARKUP), "{path}");
            told += usize::from(text.contains("b onload"));
        }
    }
    let refused: Vec<&String> = all.1.difference(&all.0).collect();
    assert_eq!(refused, ["/accounts/add"], "names of accounts alone are plain; {:#?}", all.0);
    assert!(all.0.len() >= 35 && told >= 30, "{} forms, {told} pages", all.0.len());
}
