//! Compression and character encoding, told from the first bytes.

use encoding_rs::Encoding;
use std::io::Read;

/// How the bytes of a file are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// As they are.
    Plain,
    /// gzip (RFC 1952), maybe of several members.
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
    /// Apache Parquet.
    Parquet,
    /// A zip archive, which is not read.
    Zip,
}

/// Tells the packing from a file's first bytes.
pub fn packing(first: &[u8]) -> Packing {
    match first {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Packing::Zstd,
        [b'P', b'A', b'R', b'1', ..] => Packing::Parquet,
        [b'P', b'K', 3, 4, ..] => Packing::Zip,
        _ => Packing::Plain,
    }
}

/// A reader of the unpacked bytes.
pub fn unpacked<'a>(
    packing: Packing,
    packed: Box<dyn Read + Send + 'a>,
) -> std::io::Result<Box<dyn Read + Send + 'a>> {
    Ok(match packing {
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
        Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(packed)?),
        Packing::Plain | Packing::Parquet | Packing::Zip => packed,
    })
}

/// Guesses the encoding of a sample: byte-order mark, then UTF-16 by its zero bytes, then UTF-8, then chardetng.
pub fn guess(sample: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(sample) {
        return encoding;
    }
    // The sample may end within a character.
    let whole = sample.get(..sample.len().saturating_sub(4)).unwrap_or(sample);
    if std::str::from_utf8(whole).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return encoding_rs::UTF_8;
    }
    if mostly_utf8(whole) {
        return encoding_rs::UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    // GB18030 is a superset of GBK.
    if guessed == encoding_rs::GBK { encoding_rs::GB18030 } else { guessed }
}

fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.get(..sample.len().min(512))?.as_chunks::<2>().0;
    let high_zero = pairs.iter().filter(|[first, second]| *first == 0 && *second != 0).count();
    let low_zero = pairs.iter().filter(|[first, second]| *first != 0 && *second == 0).count();
    let most = pairs.len().saturating_mul(4) / 5;
    if pairs.len() < 8 {
        return None;
    }
    (low_zero > most)
        .then_some(encoding_rs::UTF_16LE)
        .or((high_zero > most).then_some(encoding_rs::UTF_16BE))
}

/// UTF-8 with a few foreign bytes: most multi-byte sequences are whole. Such rows are quarantined one by one.
fn mostly_utf8(sample: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sample);
    let broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    let whole = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    whole > broken.saturating_mul(2)
}

/// A reader that gives UTF-8 and drops the byte-order mark. UTF-8 itself passes unchecked: fields are checked one by one.
pub fn decoded<'a>(
    encoding: &'static Encoding,
    bytes: Box<dyn Read + Send + 'a>,
) -> Box<dyn Read + Send + 'a> {
    if encoding == encoding_rs::UTF_8 {
        return Box::new(WithoutMark { inner: bytes, checked: false });
    }
    let mut builder = encoding_rs_io::DecodeReaderBytesBuilder::new();
    builder.encoding(Some(encoding)).strip_bom(true);
    Box::new(builder.build(bytes))
}

const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

struct WithoutMark<'a> {
    inner: Box<dyn Read + Send + 'a>,
    checked: bool,
}

impl Read for WithoutMark<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.checked {
            return self.inner.read(into);
        }
        self.checked = true;
        let mut first = Vec::with_capacity(MARK.len());
        self.inner.by_ref().take(3).read_to_end(&mut first)?;
        if first != MARK {
            let inner = std::mem::replace(&mut self.inner, Box::new(std::io::empty()));
            self.inner = Box::new(std::io::Cursor::new(first).chain(inner));
        }
        self.inner.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &'static [u8]) -> String {
        let mut text = String::new();
        decoded(guess(bytes), Box::new(bytes)).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(text_of(b"\xef\xbb\xbfcaller,callee"), "caller,callee");
        assert_eq!(text_of(b"a,b"), "a,b");
        assert_eq!(text_of(b"\xff\xfea\0,\0b\0"), "a,b");
        let (utf16, _, _) = (b"c\0a\0l\0l\0e\0r\0,\0c\0a\0l\0l\0e\0e\0\n\0", 0, 0);
        assert_eq!(text_of(utf16), "caller,callee\n");
        let gb = b"\xd6\xf7\xbd\xd0\xba\xc5\xc2\xeb,\xb1\xbb\xbd\xd0\xba\xc5\xc2\xeb,\xbf\xaa\xca\xbc\xca\xb1\xbc\xe4\n";
        assert_eq!(text_of(gb), "主叫号码,被叫号码,开始时间\n");
        let latin = b"tel\xe9fono,n\xfamero marcado,duraci\xf3n,direcci\xf3n de la llamada\n";
        assert_eq!(text_of(latin), "teléfono,número marcado,duración,dirección de la llamada\n");
    }

    #[test]
    fn packings_are_told_apart() {
        assert_eq!(packing(b"\x1f\x8b\x08"), Packing::Gzip);
        assert_eq!(packing(b"PAR1"), Packing::Parquet);
        assert_eq!(packing(b"a,b"), Packing::Plain);
        assert_eq!(packing(b""), Packing::Plain);
    }
}
