//! One field of one row, typed as far as its container types it.

/// A field's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Absent or null.
    Missing,
    /// Text, as bytes that may not be valid UTF-8.
    Text(&'a [u8]),
    /// A whole number.
    Whole(i64),
    /// A broken number.
    Broken(f64),
    /// Yes or no.
    Flag(bool),
    /// A moment in seconds since 1970-01-01 00:00, on the feed's wall clock or, if `zoned`, UTC.
    Moment {
        /// Seconds.
        seconds: i64,
        /// Whether the container says that it is UTC.
        zoned: bool,
    },
    /// A span of seconds.
    Span(f64),
}

/// The fields of one row, by column from 0.
pub trait Fields {
    /// The field in a column.
    fn value(&self, column: usize) -> Value<'_>;
}

impl<'a> Value<'a> {
    /// The text of a text; `None` for typed values and missing ones.
    pub fn text(self) -> Option<&'a [u8]> {
        match self {
            Value::Text(text) => Some(text),
            Value::Missing
            | Value::Whole(_)
            | Value::Broken(_)
            | Value::Flag(_)
            | Value::Moment { .. }
            | Value::Span(_) => None,
        }
    }

    /// The value as text, written into `scratch` where it was typed.
    pub fn write<'b>(self, scratch: &'b mut Vec<u8>) -> &'b [u8]
    where
        'a: 'b,
    {
        scratch.clear();
        match self {
            Value::Text(text) => return text,
            Value::Missing => {}
            Value::Whole(number) => scratch.extend_from_slice(number.to_string().as_bytes()),
            Value::Broken(number) | Value::Span(number) => {
                scratch.extend_from_slice(number.to_string().as_bytes());
            }
            Value::Flag(flag) => scratch.extend_from_slice(if flag { b"true" } else { b"false" }),
            Value::Moment { seconds, .. } => {
                scratch.extend_from_slice(seconds.to_string().as_bytes());
            }
        }
        scratch
    }
}
