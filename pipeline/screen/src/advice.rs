//! What to do now, in two or three sentences, in the languages of the desk's callers.

use serde::Serialize;

/// Advice in four languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// English.
    pub en: &'static str,
    /// Malay.
    pub ms: &'static str,
    /// Chinese, simplified.
    pub zh: &'static str,
    /// Spanish.
    pub es: &'static str,
}

/// Advice on a lead of a type; `advert_lure` has its own.
pub fn on_lead(kind: &str) -> Advice {
    match kind {
        "advert_lure" => ADVERT,
        "kidnapping_extortion" | "sextortion" => EXTORTION,
        "official_impersonation" | "bank_impersonation" | "tech_support" | "parcel_customs" => {
            IMPERSONATION
        }
        "acquaintance_or_boss" | "romance" => PERSON,
        _ => MONEY,
    }
}

/// Advice where the model abstains.
pub const UNSURE: Advice = Advice {
    en: "This could be a scam or not. Do not pay, click or share a code yet. Check through a number or an app that you already know.",
    ms: "Ini mungkin scam atau mungkin bukan. Jangan bayar, klik atau kongsi kod dahulu. Semak melalui nombor atau aplikasi yang anda sudah kenal.",
    zh: "这可能是诈骗，也可能不是。先不要付款、点击或提供验证码。请用您已知的号码或应用核实。",
    es: "Puede ser una estafa o no. No pague, no pulse enlaces ni dé códigos todavía. Compruébelo por un número o una aplicación que ya conozca.",
};

/// Advice where no sign was seen.
pub const NOTHING: Advice = Advice {
    en: "No sign of a scam was seen in these words. That is no proof: if money, codes or secrecy come up later, stop and check.",
    ms: "Tiada tanda scam dilihat dalam kata-kata ini. Ini bukan bukti: jika wang, kod atau rahsia diminta kemudian, berhenti dan semak.",
    zh: "这些话里没有看到诈骗的迹象。这不是证明：若之后提到钱、验证码或保密，请停下来核实。",
    es: "No se ven señales de estafa en estas palabras. No es una prueba: si luego piden dinero, códigos o secreto, pare y compruebe.",
};

/// Advice where the language is not judged.
pub const NOT_COVERED: Advice = Advice {
    en: "This language is not covered: only numbers, links and accounts were looked for. Ask somebody who reads it before you act.",
    ms: "Bahasa ini tidak diliputi: hanya nombor, pautan dan akaun dicari. Tanya seseorang yang memahaminya sebelum bertindak.",
    zh: "此语言不在范围内：只查找了号码、链接和账户。行动前请询问懂这种语言的人。",
    es: "Este idioma no está cubierto: solo se buscaron números, enlaces y cuentas. Pregunte a quien lo lea antes de actuar.",
};

const IMPERSONATION: Advice = Advice {
    en: "Do not give codes, pay or install anything. End the contact and call the bank or office on a number from your card or its own website. If you already paid, call your bank now and report it.",
    ms: "Jangan beri kod, bayar atau pasang apa-apa. Tamatkan perbualan dan hubungi bank atau pejabat melalui nombor di kad atau laman webnya sendiri. Jika sudah bayar, hubungi bank sekarang dan laporkan.",
    zh: "不要提供验证码、不要付款、不要安装任何东西。先中断联系，再用银行卡上或官网上的号码致电银行或机关。若已付款，请立即联系银行并报案。",
    es: "No dé códigos, no pague ni instale nada. Corte y llame al banco u oficina al número de su tarjeta o de su propia web. Si ya pagó, llame ahora a su banco y denuncie.",
};

const EXTORTION: Advice = Advice {
    en: "Do not pay. Reach the person that it is about on their own number, or somebody near them, and call the police at once. Keep the messages.",
    ms: "Jangan bayar. Hubungi orang yang dikatakan itu melalui nombornya sendiri atau orang berdekatan dengannya, dan telefon polis segera. Simpan mesej.",
    zh: "不要付款。用当事人自己的号码或通过其身边的人联系他，并立即报警。请保留信息。",
    es: "No pague. Contacte a la persona por su propio número o a alguien cercano, y llame de inmediato a la policía. Guarde los mensajes.",
};

const PERSON: Advice = Advice {
    en: "Do not send money, cards or codes. Call the person on the number that you knew before, or meet them. A friend will understand that you check.",
    ms: "Jangan hantar wang, kad atau kod. Telefon orang itu melalui nombor lama yang anda kenal, atau jumpa mereka. Kawan sebenar akan faham anda menyemak.",
    zh: "不要转钱、买卡或提供验证码。请拨打您以前知道的号码，或当面核实。真正的朋友会理解。",
    es: "No envíe dinero, tarjetas ni códigos. Llame a la persona al número que ya conocía, o véala. Un amigo entenderá que compruebe.",
};

const MONEY: Advice = Advice {
    en: "Do not pay first to get something later, and do not enter card or bank details. Ask somebody that you trust. If you already paid, call your bank now and report it.",
    ms: "Jangan bayar dahulu untuk dapat sesuatu kemudian, dan jangan masukkan butiran kad atau bank. Tanya orang yang anda percaya. Jika sudah bayar, hubungi bank sekarang dan laporkan.",
    zh: "不要先付钱再等好处，也不要填写银行卡资料。请问问您信任的人。若已付款，请立即联系银行并报案。",
    es: "No pague antes para recibir algo después, ni escriba datos de tarjeta o banco. Pregunte a alguien de confianza. Si ya pagó, llame ahora a su banco y denuncie.",
};

const ADVERT: Advice = Advice {
    en: "Do not send your passport or travel on this offer. Check the employer and the agency with the labour ministry, and insist on a signed contract and a work visa before departure. Tell your family where you would go.",
    ms: "Jangan hantar pasport atau bertolak atas tawaran ini. Semak majikan dan agensi dengan kementerian sumber manusia, dan pastikan ada kontrak bertandatangan dan visa kerja sebelum bertolak. Beritahu keluarga ke mana anda akan pergi.",
    zh: "不要寄出护照，也不要因此出国。请向劳动部门核实雇主与中介，并坚持出发前签好合同、办妥工作签证。把去向告诉家人。",
    es: "No envíe su pasaporte ni viaje por esta oferta. Verifique al empleador y la agencia en el ministerio de trabajo, y exija contrato firmado y visa de trabajo antes de salir. Diga a su familia adónde iría.",
};
