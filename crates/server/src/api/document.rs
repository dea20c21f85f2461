//! The document of the interface (`OpenAPI` 3.1), made of the table of its operations and of the schema of `find --json`.

use crate::role::Ability;
use axum::Json;
use axum::http::Method;
use serde_json::{Map, Value, json};

/// One operation, as the document tells it.
struct Operation {
    method: Method,
    path: &'static str,
    says: &'static str,
    ability: Ability,
    /// The schema of what is sent.
    takes: Option<&'static str>,
    gives: &'static str,
    is_list: bool,
}

/// Lists that are so long that they are told in parts.
const IN_PARTS: [&str; 2] =
    ["/api/v1/casebooks/{casebook}/warn", "/api/v1/casebooks/{casebook}/log"];

impl Operation {
    fn is_in_parts(&self) -> bool {
        IN_PARTS.contains(&self.path)
    }
}

const fn read(
    path: &'static str,
    says: &'static str,
    ability: Ability,
    gives: &'static str,
    is_list: bool,
) -> Operation {
    Operation { method: Method::GET, path, says, ability, takes: None, gives, is_list }
}

const fn write(
    path: &'static str,
    says: &'static str,
    ability: Ability,
    takes: &'static str,
) -> Operation {
    let (takes, gives) = (Some(takes), "Entry");
    Operation { method: Method::POST, path, says, ability, takes, gives, is_list: false }
}

/// All operations; a test holds them against the routes.
const OPERATIONS: [Operation; 8] = [
    read(
        "/api/v1/casebooks",
        "The casebooks in which the account has a role",
        Ability::Enter,
        "Casebook",
        true,
    ),
    read(
        "/api/v1/casebooks/{casebook}/rooms",
        "Its rooms in short, the surest first",
        Ability::See,
        "RoomInShort",
        true,
    ),
    read(
        "/api/v1/casebooks/{casebook}/rooms/{room}",
        "All of one room, as the account may see it",
        Ability::See,
        "Room",
        false,
    ),
    write(
        "/api/v1/casebooks/{casebook}/rooms/{room}/judgements",
        "Decides what a room is",
        Ability::Work,
        "Judgement",
    ),
    read(
        "/api/v1/casebooks/{casebook}/warn",
        "The people to warn, in order, but for those who were reached; those after a rank",
        Ability::See,
        "Person",
        true,
    ),
    read(
        "/api/v1/casebooks/{casebook}/claims",
        "What was claimed",
        Ability::See,
        "ClaimWithEntry",
        true,
    ),
    write("/api/v1/casebooks/{casebook}/claims", "Adds a claim", Ability::Work, "Claim"),
    read(
        "/api/v1/casebooks/{casebook}/log",
        "The log in order; entries after one",
        Ability::ReadLog,
        "LogEntry",
        true,
    ),
];

/// The schema of `find --json`, of which rooms and people are parts.
const FOUND: &str = include_str!("../../../../docs/reference/find.schema.json");

pub(crate) async fn document() -> Json<Value> {
    Json(made())
}

/// The document.
pub(crate) fn made() -> Value {
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let at = paths.entry(operation.path).or_insert_with(|| parameters(operation.path));
        at[operation.method.as_str().to_lowercase()] = told(&operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "ringtrace",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A lead is a reason to look, never a verdict. Numbers are masked.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas(),
        },
    })
}

/// What stands in a path.
fn parameters(path: &str) -> Value {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    json!({ "parameters": names.map(parameter).collect::<Vec<_>>() })
}

fn told(operation: &Operation) -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let one = reference(operation.gives);
    let gives = if operation.is_list { json!({ "type": "array", "items": one }) } else { one };
    let made = if operation.takes.is_some() { "201" } else { "200" };
    let mut responses = Map::new();
    responses.insert(made.to_owned(), answer("As asked", &gives));
    let mut refusals = vec![
        ("401", "Nobody is signed in"),
        ("403", "The role does not allow it"),
        ("404", "There is none, or none for this account"),
        ("408", "It took too long"),
        ("500", "Something failed within"),
        ("503", "The casebook cannot be read"),
    ];
    if operation.takes.is_some() {
        refusals.extend([
            ("400", "It could not be read"),
            ("409", "It cannot follow what was done"),
            ("413", "It is too large"),
            ("415", "It is no JSON"),
            ("422", "It is not of the form"),
        ]);
    }
    for (status, says) in refusals {
        responses.insert(status.to_owned(), answer(says, &reference("Refusal")));
    }
    if operation.is_in_parts() {
        responses.insert("400".to_owned(), answer("It could not be read", &reference("Refusal")));
    }
    let mut told = json!({
        "summary": operation.says,
        "description": format!("Needs the ability: {}.", operation.ability.word()),
        "responses": responses,
    });
    if operation.is_in_parts() {
        let parameter = |name: &str, says: &str, schema: Value| json!({ "name": name, "in": "query", "required": false, "description": says, "schema": schema });
        told["parameters"] = json!([
            parameter(
                "after",
                "What comes after this place",
                json!({ "type": "integer", "minimum": 0 })
            ),
            parameter(
                "limit",
                "So many; 100 where nothing is said",
                json!({ "type": "integer", "minimum": 1, "maximum": 1000 })
            ),
        ]);
    }
    if let Some(takes) = operation.takes {
        let content = json!({ "application/json": { "schema": reference(takes) } });
        told["requestBody"] = json!({ "required": true, "content": content });
    }
    told
}

fn answer(says: &str, schema: &Value) -> Value {
    json!({ "description": says, "content": { "application/json": { "schema": schema } } })
}

/// Parts of `find --json`, and what is of the interface alone.
fn schemas() -> Value {
    let found: Value = serde_json::from_str(FOUND).unwrap_or_default();
    let text =
        found["$defs"].to_string() + "\u{0}" + &found["properties"]["rooms"]["items"].to_string();
    let moved = text.replace("#/$defs/", "#/components/schemas/");
    let (parts, room) = moved.split_once('\u{0}').unwrap_or_default();
    let mut all: Map<String, Value> = serde_json::from_str(parts).unwrap_or_default();
    let mut room: Value = serde_json::from_str(room).unwrap_or_default();
    // On the interface a room comes with its mark.
    room["properties"]["mark"] = json!({ "type": "string" });
    if let Some(required) = room["required"].as_array_mut() {
        required.push(json!("mark"));
    }
    all.insert("Room".to_owned(), room);
    let person = all.get("person").cloned().unwrap_or_default();
    all.insert("Person".to_owned(), person);
    let own = own_schemas();
    all.extend(own.as_object().cloned().unwrap_or_default());
    Value::Object(all)
}

fn object(fields: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": fields, "required": required, "additionalProperties": false })
}

fn own_schemas() -> Value {
    let (text, count) = (json!({ "type": "string" }), json!({ "type": "integer", "minimum": 0 }));
    let maybe = json!({ "type": ["string", "null"] });
    let filled = json!({ "type": "string", "pattern": "\\S" });
    let day = json!({ "type": "string", "format": "date" });
    let open = json!({ "type": ["integer", "null"], "minimum": 0 });
    let disposition = json!({ "enum": ["confirmed", "rejected", "undecided"] });
    let claim = json!({ "about": object(&json!({ "thing": filled, "what": filled }), &["thing", "what"]), "value": { "$ref": "#/components/schemas/Value" }, "source": filled, "said": maybe, "grade": object(&json!({ "reliability": { "enum": ["A", "B", "C", "D", "E", "F"] }, "credibility": { "type": "integer", "minimum": 1, "maximum": 6 } }), &["reliability", "credibility"]), "words": text, "basis": { "type": "array", "items": { "$ref": "#/components/schemas/Basis" } } });
    let mut with_entry = claim.clone();
    with_entry["entry"] = count.clone();
    let needed = ["about", "value", "source", "grade", "words", "basis"];
    json!({
        "Casebook": object(&json!({ "name": text, "roles": { "type": "array", "items": text } }), &["name", "roles"]),
        "RoomInShort": object(&json!({ "id": text, "mark": text, "verdict": { "enum": ["lead", "watch"] }, "shape": text, "confidence": { "type": "number" }, "first_seen": text, "last_seen": text, "lines": count, "people_to_warn": count, "welfare_check_advised": { "type": "boolean" }, "judged": { "anyOf": [disposition, { "type": "null" }] } }), &["id", "mark", "verdict", "shape", "confidence", "first_seen", "last_seen", "lines", "people_to_warn", "welfare_check_advised", "judged"]),
        "Judgement": object(&json!({ "mark": filled, "disposition": disposition, "reason": filled, "look_alike": maybe }), &["mark", "disposition", "reason"]),
        "Value": { "oneOf": [
            object(&json!({ "kind": { "const": "count" }, "least": count, "most": open }), &["kind", "least", "most"]),
            object(&json!({ "kind": { "const": "amount" }, "least": count, "most": open, "currency": { "type": "string", "pattern": "^[A-Z]{3}$" } }), &["kind", "least", "most", "currency"]),
            object(&json!({ "kind": { "const": "day" }, "from": day, "to": day }), &["kind", "from", "to"]),
            object(&json!({ "kind": { "const": "words" }, "text": filled }), &["kind", "text"]),
        ] },
        "Basis": { "oneOf": [
            object(&json!({ "kind": { "const": "fact" }, "fact": text }), &["kind", "fact"]),
            object(&json!({ "kind": { "const": "exhibit" }, "entry": count }), &["kind", "entry"]),
            object(&json!({ "kind": { "const": "document" }, "title": text }), &["kind", "title"]),
        ] },
        "Claim": object(&claim, &needed),
        "ClaimWithEntry": object(&with_entry, &needed),
        "Entry": object(&json!({ "entry": count, "seal": text }), &["entry", "seal"]),
        "LogEntry": object(&json!({ "entry": count, "at_us": { "type": "integer" }, "actor": text, "purpose": text, "legal_basis": text, "said": text, "body_seal": text, "seal": text }), &["entry", "at_us", "actor", "purpose", "legal_basis", "said", "body_seal", "seal"]),
        "Refusal": object(&json!({ "status": count, "sentence": text }), &["status", "sentence"]),
    })
}
