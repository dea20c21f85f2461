//! Each form of texts, whole and broken.

use super::*;
use proptest::prelude::*;

fn told(text: &str) -> Texts {
    read(text.as_bytes(), None, &TextColumns::default()).unwrap()
}

fn lines(texts: &Texts) -> Vec<String> {
    let turn = |turn: &Turn| format!("{}|{}", turn.speaker.as_deref().unwrap_or("-"), turn.text);
    texts.items.iter().flat_map(|item| item.turns.iter().map(turn)).collect()
}

#[test]
fn whatsapp_of_both_systems_and_many_languages() {
    let chats = [
        "[31/12/23, 22:05:10] Ana: hello\n[31/12/23, 22:06:00] Bo: hi: you\nand more\n",
        "31/12/2023, 10:05 pm - Ana: hello\n31/12/2023, 10:06 pm - Bo: hi: you\nand more\n",
        "12/31/23, 10:05\u{202f}PM - Ana: hello\n12/31/23, 10:06\u{202f}PM - Bo: hi: you\nand more\n",
        "31.12.23, 22:05 - Ana: hello\n31.12.23, 22:06 - Bo: hi: you\nand more\n",
        "2023/12/31 下午10:05 - Ana: hello\n2023/12/31 下午10:06 - Bo: hi: you\nand more\n",
        "[2023. 12. 31. 오후 10:05:10] Ana: hello\n[2023. 12. 31. 오후 10:06:10] Bo: hi: you\nand more\n",
        "\u{200e}[31/12/23 10:05:10 p. m.] Ana: hello\n\u{200e}[31/12/23 10:06:10 p. m.] Bo: hi: you\nand more\n",
    ];
    for chat in chats {
        let texts = told(chat);
        assert_eq!(texts.form, TextForm::WhatsApp, "{chat}");
        assert_eq!(lines(&texts), ["Ana|hello", "Bo|hi: you\nand more"], "{chat}");
    }
    let texts = told(
        "1/2/23, 10:05 - Messages are end-to-end encrypted\n1/2/23, 10:05 - Ana: <Media omitted>\n1/2/23, 10:06 - Ana: ok\n",
    );
    assert_eq!(lines(&texts), ["Ana|ok"]);
    assert_eq!(
        texts.quarantine.iter().map(|row| row.row).collect::<Vec<_>>(),
        [1, 2],
        "no message is lost in silence"
    );
}

#[test]
fn telegram_with_pieces() {
    let texts = told(
        r#"{"name":"Group","type":"private_group","messages":[{"id":1,"type":"service","text":""},{"id":2,"type":"message","date":"2023-10-01T10:00:00","from":"Ana","text":["see ",{"type":"link","text":"x.example"}]}]}"#,
    );
    assert_eq!(texts.form, TextForm::Telegram);
    assert_eq!(lines(&texts), ["Ana|see x.example"]);
    assert_eq!(texts.quarantine.len(), 1);
}

#[test]
fn talks_with_times() {
    let vtt = told(
        "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Agent>Hello\nthere\n\n00:02.000 --> 00:03.000\n<v Caller>Yes\n",
    );
    assert_eq!(lines(&vtt), ["Agent|Hello there", "Caller|Yes"]);
    assert_eq!(vtt.notes.len(), 1, "overlapping times are told: {:?}", vtt.notes);
    let srt =
        told("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n");
    assert_eq!((srt.form, lines(&srt).len()), (TextForm::Srt, 2));
    let whisper = told(
        r#"{"text":"a b","segments":[{"start":2.0,"end":3.0,"text":" b"},{"start":0.0,"end":1.0,"text":" a"},{"start":4,"end":5,"text":" "}]}"#,
    );
    assert_eq!(lines(&whisper), ["-|a", "-|b"], "in the order of times");
    assert_eq!(whisper.quarantine.len(), 1);
    let dialogue = told("Agent: hello\nCustomer: hi\nAgent: your name?\n");
    assert_eq!(
        (dialogue.form, dialogue.items.len(), lines(&dialogue).len()),
        (TextForm::Dialogue, 1, 3)
    );
}

#[test]
fn tables_and_their_columns() {
    let texts = told("label,text\nham,\"hi, you\"\nspam,\n");
    assert_eq!(texts.items.len(), 1);
    assert_eq!(texts.items[0].label.as_deref(), Some("ham"));
    assert_eq!(texts.quarantine, [NoText { row: 3, reason: "empty" }]);
    let columns = TextColumns {
        text: Some("Said".to_owned()),
        group: Some("call".to_owned()),
        talks: true,
        ..TextColumns::default()
    };
    let talks = read("call;said;start\n1;b;2\n2;c;0\n1;a;0\n".as_bytes(), None, &columns).unwrap();
    assert_eq!(talks.items.iter().map(|item| item.turns.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(talks.items[0].text(), "a\nb");
    let wrong = read(b"a,b\n1,2\n", Some(TextForm::Table), &TextColumns::default()).unwrap_err();
    assert!(wrong.to_string().contains("the file has: a, b"), "{wrong}");
    let json = told("{\"message\": \"hi\"}\nnot json\n{\"other\": 1}\n");
    assert_eq!((json.items.len(), json.quarantine.len()), (1, 2));
}

#[test]
fn an_advert_of_a_page() {
    let page = r#"<html><script type="application/ld+json">{"@context":"https://schema.org","@type":"JobPosting","title":"Cook","hiringOrganization":{"@type":"Organization","name":"Harbour Hotel"},"jobLocation":{"@type":"Place","address":{"addressLocality":"Lima","addressCountry":"PE"}},"baseSalary":{"currency":"PEN","value":{"minValue":1500,"maxValue":2000,"unitText":"MONTH"}},"description":"<p>Two years&nbsp;of experience</p>"}</script></html>"#;
    let texts = told(page);
    assert_eq!(texts.form, TextForm::JobPosting);
    assert_eq!(
        texts.items[0].text(),
        "Cook\nHarbour Hotel\nLima\nPE\nPEN 1500 - 2000 MONTH\nTwo years of experience"
    );
}

#[test]
fn broken_bytes_and_archives_are_told() {
    assert!(matches!(read(b"PK\x03\x04rest", None, &TextColumns::default()), Err(TextsError::Zip)));
    let broken =
        read(b"your account \xff\xfe\xfd is blocked", None, &TextColumns::default()).unwrap();
    assert_eq!(broken.items.len(), 1);
    assert!(read(b"", None, &TextColumns::default()).unwrap().items.is_empty());
}

proptest! {
    #[test]
    fn rows_in_are_texts_and_quarantine(rows in prop::collection::vec("[a-z ,\"]{0,12}", 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["label", "text"]).unwrap();
        for row in &rows { writer.write_record(["x", row]).unwrap(); }
        let bytes = writer.into_inner().unwrap();
        let texts = read(&bytes, Some(TextForm::Table), &TextColumns::default()).unwrap();
        prop_assert_eq!(texts.items.len() + texts.quarantine.len(), rows.len());
    }

    #[test]
    fn anything_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _told = read(&bytes, None, &TextColumns::default());
        for form in [TextForm::WhatsApp, TextForm::Srt, TextForm::WebVtt, TextForm::Dialogue, TextForm::JsonLines, TextForm::Whisper, TextForm::Telegram, TextForm::JobPosting] {
            let _told = read(&bytes, Some(form), &TextColumns::default());
        }
    }
}
