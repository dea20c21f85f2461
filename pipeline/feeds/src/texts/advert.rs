//! Job adverts as pages give them: schema.org `JobPosting` in JSON-LD, alone or within a page.

use super::{NoText, TextForm, TextItem, Texts};
use serde_json::Value;

/// Whether a text is a page or JSON with a `JobPosting`.
pub(super) fn is_one(text: &str) -> bool {
    text.contains("JobPosting")
        && (text.starts_with('{')
            || text.starts_with('[')
            || text.starts_with('<')
            || text.contains("application/ld+json"))
}

/// Reads all adverts of a page.
pub(super) fn read(text: &str) -> Texts {
    let mut texts = Texts {
        form: TextForm::JobPosting,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    let blocks = if text.trim_start().starts_with(['{', '[']) { vec![text] } else { scripts(text) };
    for (at, block) in blocks.iter().enumerate() {
        let row = (at as u64).saturating_add(1);
        match serde_json::from_str::<Value>(block.trim()) {
            Ok(value) => postings(&value, row, &mut texts),
            Err(_) => texts.quarantine.push(NoText { row, reason: "no JSON" }),
        }
    }
    if texts.items.is_empty() && texts.quarantine.is_empty() {
        texts.quarantine.push(NoText { row: 1, reason: "no JobPosting" });
    }
    texts
}

/// The JSON-LD blocks of a page.
fn scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("application/ld+json") {
        let Some((_, inner)) = after.split_once('>') else { break };
        let (block, next) = inner.split_once("</script").unwrap_or((inner, ""));
        found.push(block);
        rest = next;
    }
    found
}

fn postings(value: &Value, row: u64, texts: &mut Texts) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| postings(value, row, texts)),
        Value::Object(fields) => {
            let is_type = |kind: &Value| {
                kind.as_str() == Some("JobPosting")
                    || kind.as_array().is_some_and(|kinds| {
                        kinds.iter().any(|kind| kind.as_str() == Some("JobPosting"))
                    })
            };
            if fields.get("@type").is_some_and(is_type) {
                texts.items.push(TextItem::message(row, told(value)));
            }
            if let Some(graph) = fields.get("@graph") {
                postings(graph, row, texts);
            }
        }
        _ => {}
    }
}

/// An advert as text: what readers see of it.
fn told(posting: &Value) -> String {
    let place = |name: &str| {
        posting
            .pointer(&format!("/jobLocation{name}"))
            .or_else(|| posting.pointer(&format!("/jobLocation/0{name}")))
    };
    let mut lines: Vec<String> = Vec::new();
    let mut add = |value: Option<&Value>| {
        let said = value.map(said).filter(|said| !said.trim().is_empty());
        lines.extend(said.map(|said| plain(&said)));
    };
    add(posting.get("title"));
    add(posting.pointer("/hiringOrganization/name").or_else(|| posting.get("hiringOrganization")));
    add(place("/address/addressLocality"));
    add(place("/address/addressCountry"));
    add(posting.get("employmentType"));
    lines.extend(salary(posting));
    let mut add = |value: Option<&Value>| lines.extend(value.map(said).map(|said| plain(&said)));
    add(posting.get("description"));
    add(posting.get("jobBenefits"));
    add(posting.get("applicantLocationRequirements").and_then(|place| place.get("name")));
    lines.join("\n")
}

/// The salary: amount or range, currency and unit.
fn salary(posting: &Value) -> Option<String> {
    let base = posting.get("baseSalary")?;
    let currency = base.get("currency").map(said).unwrap_or_default();
    let value = base.get("value").unwrap_or(base);
    let of = |name: &str| value.get(name).map(said);
    let amount = match (of("minValue"), of("maxValue")) {
        (Some(least), Some(most)) => format!("{least} - {most}"),
        _ => of("value").unwrap_or_else(|| said(value)),
    };
    Some(format!("{currency} {amount} {}", of("unitText").unwrap_or_default()).trim().to_owned())
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields.get("name").map(said).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A description without its tags and with the commonest entities undone.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    let text = text
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
