//! Identifiers in all their dresses.

use super::*;

fn found(text: &str) -> Vec<String> {
    let folded = Folded::of(text);
    let languages = Languages::of(folded.text());
    let list = identifiers(text, &folded, languages, &Numbers::default());
    list.into_iter()
        .map(|identifier| format!("{} {}", identifier.kind.code(), identifier.value))
        .collect()
}

#[test]
fn numbers_in_many_dresses() {
    for (text, value) in [
        ("Call +1 (202) 555-0123 now", "+12025550123"),
        ("]+1-(833)--555--0173", "+18335550173"),
        ("𝟙-𝟠𝟛𝟛-𝟝𝟝𝟝-𝟘𝟙𝟟𝟛 support", "+18335550173"),
        ("𝟙✦𝟠𝟛𝟛✦𝟝𝟝𝟝✦𝟘𝟙𝟟𝟛", "+18335550173"),
        ("ring 1️⃣8️⃣3️⃣3️⃣5️⃣5️⃣5️⃣0️⃣1️⃣7️⃣3️⃣", "+18335550173"),
        ("call one eight three three five five five zero one seven three", "+18335550173"),
        ("call +44 7700 9OO l23", "+447700900123"),
        ("call +44 (0)20 7946 0123", "+442079460123"),
        ("plus four four seven seven double zero nine double zero one two three", "+447700900123"),
        ("whatsapp 0044 7700 900123", "+447700900123"),
        ("telp +62 812\u{200b}3456\u{200b}7890", "+6281234567890"),
        ("hubungi 012-345 6789", "+60123456789"),
        ("请拨打 一三八 〇〇一三 八〇〇〇", "+8613800138000"),
        ("전화 공일공 일이삼사 오육칠팔", "+821012345678"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", "+66812345678"),
        ("โทร ศูนย์แปดหนึ่ง สองสามสี่ ห้าหกเจ็ดแปด", "+66812345678"),
    ] {
        assert!(found(text).contains(&format!("phone {value}")), "{text}: {:?}", found(text));
    }
}

#[test]
fn what_is_no_number() {
    for text in [
        "Order 2023-10-04 shipped",
        "Total: 1,234,567.89",
        "Invoice no. 20231004123",
        "Order #1234567890",
        "case number 20234567123",
        "version 10.0.19045.3570",
        "on 04/10/2023 13:05",
        "tracking NABB630515123",
        "policy number 12345678",
        "ISBN 9780306406157",
        "1 2 3 4 5 is a row",
        "订单编号 12345678901",
        "RM 12345678",
        "2019-2023",
    ] {
        assert!(
            !found(text).iter().any(|one| one.starts_with("phone")),
            "{text}: {:?}",
            found(text)
        );
    }
}

#[test]
fn links_wallets_accounts() {
    for (text, one) in [
        ("see hxxps://secure-pay[.]example/a?b", "link secure-pay.example/a?b"),
        ("คลิกhttps://bit.ly/3abc", "link bit.ly/3abc"),
        ("go to secure-pay dot top today", "link secure-pay.top"),
        ("write to help@bank.example.", "email help@bank.example"),
        ("add me on telegram: maria_88", "handle maria_88"),
        ("加line：abc123", "handle abc123"),
        (
            "send to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "wallet 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        ),
        ("btc 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        (
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        ),
        ("IBAN GB82 WEST 1234 5698 7654 32 please", "iban GB82WEST12345698765432"),
        ("card 4111 1111 1111 1111", "card 4111111111111111"),
        ("bank in to akaun 1122-3344-5566", "account 112233445566"),
        ("pay RM 1,500.00 today", "amount MYR 1,500.00"),
        ("转账50万元", "amount CNY 50"),
        ("300만원 입금", "amount KRW 300"),
    ] {
        assert!(found(text).contains(&one.to_owned()), "{text}: {:?}", found(text));
    }
    assert!(
        !found("send to 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")
            .iter()
            .any(|one| one.starts_with("wallet")),
        "a wrong checksum"
    );
}

#[test]
fn borrowed_names() {
    assert_eq!(brand_of("paypa1-secure.top"), Some("paypal"));
    assert_eq!(brand_of("www.paypal.com"), None);
    assert_eq!(brand_of("dhl-redelivery.info"), Some("dhl"));
    assert_eq!(brand_of("example.org"), None);
}
