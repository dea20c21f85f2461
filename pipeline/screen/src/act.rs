//! Speech acts: what a text does to its reader, found as concepts that stand together in one sentence, and not denied.
//!
//! Takes: hits of concepts. Gives: acts with the places of the words that show them, and counter-signs in the same form. Each is a reason to be shown and a
//! feature of the model; none is a verdict. Source of the list: DOMAIN notes on scripts and persuasion, the ILO and IOM red flags for adverts.

use crate::concept::Concept::{
    self, ABROAD, ACCOUNT, APPOINT, BANK, CALL, CARD, CASUAL, CHAT, CLICK, CODE, CONNECT, CONTRACT,
    COURIER, COURT, CRIME, CRYPTO, CUSTOMS, DELIVERED, EASY, EMPLOYER, ENTER, EXPOSE, FEE, FLIGHT,
    GAMBLE, GIFTCARD, GIVE, GOVT, HARM, HIGHPAY, HOSTAGE, IDENTITY, IFNOTYOU, INSTALL, INTERVIEW,
    INVEST, JOB, LOAN, LODGING, LOVE, MONEY, NEG, NEWNUM, NOINTERVIEW, NOVERIFY, OFFICIAL, OPTOUT,
    PASSPORT, PASSWORD, PAY, POLICE, PRIZE, PROBLEM, PROFIT, RECEIPT, REFUND, REMOTE, REPORTED,
    SAFE, SECRET, SOON, STAYLINE, STUCK, SUSPEND, TASK, TAX, TECH, TELCO, URGENT, VAGUE, VISIT,
    WARNING, WARRANT, WORKVISA,
};
use crate::concept::Hit;
use serde::Serialize;

macro_rules! acts {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $sign:ident, $says:literal;)*) => {
        /// A speech act or a counter-sign.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "each says itself what it means, in `says`")]
        pub enum Act { $($name),* }

        impl Act {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in outputs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What it speaks for.
            pub fn sign(self) -> Sign {
                match self { $(Self::$name => Sign::$sign),* }
            }

            /// What it means, as a sentence's end: “the text …”.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => $says),* }
            }
        }
    };
}

/// What an act speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Pressure, a lure or a demand.
    Scam,
    /// A red flag of a job advert.
    Advert,
    /// The ordinary.
    Counter,
}

acts! {
    AuthorityClaim = "authority_claim", Scam, "speaks for an authority, a bank or a large firm";
    Accusation = "accusation", Scam, "says that the reader is tied to a crime or an offence";
    LegalThreat = "legal_threat", Scam, "threatens with arrest, court, fines or seizure";
    LossThreat = "loss_threat", Scam, "says that something is or will be blocked, held or lost";
    Urgency = "urgency", Scam, "leaves little time";
    Secrecy = "secrecy", Scam, "asks to tell nobody";
    StayOnLine = "stay_on_line", Scam, "asks not to hang up";
    RefusesCallBack = "refuses_call_back", Scam, "keeps the reader from calling back or asking elsewhere";
    HandOver = "hand_over", Scam, "hands the reader on to another speaker";
    CredentialRequest = "credential_request", Scam, "asks for a code, a password, card or identity details";
    SafeAccount = "safe_account", Scam, "wants money kept or checked in another account";
    Transfer = "transfer", Scam, "asks for money to be sent";
    GiftCards = "gift_cards", Scam, "asks for gift cards or their codes";
    UpFrontFee = "up_front_fee", Scam, "asks for a fee before something is given";
    RemoteAccess = "remote_access", Scam, "wants a programme installed or a screen shared";
    LinkRequest = "link_request", Scam, "sends the reader to a link to give or confirm something";
    ChannelShift = "channel_shift", Scam, "moves the talk to another channel";
    Violence = "violence", Scam, "threatens with harm, or holds somebody";
    Exposure = "exposure", Scam, "threatens to show private pictures";
    Prize = "prize", Scam, "promises a prize, a gift or a refund";
    Profit = "profit", Scam, "promises sure or high profit";
    EasyWork = "easy_work", Scam, "offers pay for small tasks";
    LoanOffer = "loan_offer", Scam, "offers a loan that is easy to get";
    Affection = "affection", Scam, "courts the reader";
    Acquaintance = "acquaintance", Scam, "claims to be known to the reader under a new number";
    InNeed = "in_need", Scam, "is in need and asks for money or help";
    Gambling = "gambling", Scam, "invites to gamble";
    PayAboveTrade = "pay_above_trade", Advert, "names pay far above the trade";
    NoInterview = "no_interview", Advert, "takes people without an interview";
    AllPaid = "all_paid", Advert, "pays flight, lodging and meals";
    FastDeparture = "fast_departure", Advert, "wants people to leave within days";
    VisitorVisaFirst = "visitor_visa_first", Advert, "sends people as visitors, papers later";
    DocumentsHandedOver = "documents_handed_over", Advert, "wants passports handed over, or holds costs against the worker";
    VagueEmployer = "vague_employer", Advert, "does not name the employer";
    NoSkills = "no_skills", Advert, "asks for no skill or experience";
    NeverAsks = "never_asks", Counter, "warns not to give codes or money away";
    Warns = "warns", Counter, "warns of scams";
    Reports = "reports", Counter, "reports what others did or said";
    OfficialWay = "official_way", Counter, "points to a branch, an official app or a published number";
    Receipt = "receipt", Counter, "tells of something done: a payment, an order, a statement";
    IfNotYou = "if_not_you", Counter, "says what to do if it was not you, or that nothing need be done";
    OptOut = "opt_out", Counter, "is advertising with terms or a way out";
    Appointment = "appointment", Counter, "is about an appointment, a school or a clinic";
    Delivered = "delivered", Counter, "tells where a delivery is";
    ProperHiring = "proper_hiring", Counter, "names interview, contract, trade or work visa";
    Everyday = "everyday", Counter, "is everyday talk";
}

/// Concepts of which one from each group stands in the same sentence, undenied.
struct Rule {
    act: Act,
    all: &'static [&'static [Concept]],
}

const AUTHORITY: &[Concept] = &[POLICE, COURT, GOVT, TAX, BANK, CUSTOMS, TELCO, TECH, COURIER];
const SECRETS: &[Concept] = &[CODE, PASSWORD, CARD, IDENTITY];
const DEMANDS: &[Concept] = &[
    GIVE, ENTER, CLICK, CALL, PAY, CONNECT, SUSPEND, CRIME, WARRANT, PROBLEM, ACCOUNT, FEE, URGENT,
    INSTALL,
];

const RULES: &[Rule] = &[
    Rule { act: Act::AuthorityClaim, all: &[AUTHORITY, DEMANDS] },
    Rule { act: Act::Accusation, all: &[&[CRIME]] },
    Rule { act: Act::LegalThreat, all: &[&[WARRANT]] },
    Rule { act: Act::LossThreat, all: &[&[SUSPEND]] },
    Rule { act: Act::LossThreat, all: &[&[PROBLEM], &[ACCOUNT, CARD, TECH, BANK, PAY]] },
    Rule { act: Act::Urgency, all: &[&[URGENT]] },
    Rule { act: Act::Secrecy, all: &[&[SECRET]] },
    Rule { act: Act::StayOnLine, all: &[&[STAYLINE]] },
    Rule { act: Act::RefusesCallBack, all: &[&[NOVERIFY]] },
    Rule { act: Act::HandOver, all: &[&[CONNECT]] },
    Rule { act: Act::CredentialRequest, all: &[&[GIVE, ENTER, CLICK], SECRETS] },
    Rule { act: Act::SafeAccount, all: &[&[SAFE], &[PAY, MONEY, ACCOUNT, GIVE]] },
    Rule { act: Act::Transfer, all: &[&[PAY]] },
    Rule { act: Act::GiftCards, all: &[&[GIFTCARD]] },
    Rule { act: Act::UpFrontFee, all: &[&[FEE], &[PAY, ENTER, CLICK, GIVE]] },
    Rule { act: Act::RemoteAccess, all: &[&[REMOTE]] },
    Rule {
        act: Act::RemoteAccess,
        all: &[&[INSTALL], &[TECH, BANK, POLICE, GOVT, LOAN, COURIER, CLICK]],
    },
    Rule {
        act: Act::LinkRequest,
        all: &[&[CLICK], &[ENTER, GIVE, PAY, ACCOUNT, PRIZE, REFUND, SUSPEND, PROBLEM, COURIER]],
    },
    Rule { act: Act::ChannelShift, all: &[&[CHAT]] },
    Rule { act: Act::Violence, all: &[&[HOSTAGE]] },
    Rule { act: Act::Violence, all: &[&[HARM], &[PAY, MONEY, SECRET, URGENT]] },
    Rule { act: Act::Exposure, all: &[&[EXPOSE]] },
    Rule { act: Act::Prize, all: &[&[PRIZE, REFUND]] },
    Rule { act: Act::Profit, all: &[&[PROFIT], &[INVEST, CRYPTO, MONEY, PROFIT]] },
    Rule { act: Act::EasyWork, all: &[&[TASK]] },
    Rule { act: Act::LoanOffer, all: &[&[LOAN]] },
    Rule { act: Act::Affection, all: &[&[LOVE]] },
    Rule { act: Act::Acquaintance, all: &[&[NEWNUM]] },
    Rule { act: Act::InNeed, all: &[&[STUCK]] },
    Rule { act: Act::Gambling, all: &[&[GAMBLE]] },
    Rule { act: Act::PayAboveTrade, all: &[&[HIGHPAY]] },
    Rule { act: Act::NoInterview, all: &[&[NOINTERVIEW]] },
    Rule { act: Act::AllPaid, all: &[&[FLIGHT]] },
    Rule { act: Act::AllPaid, all: &[&[LODGING], &[JOB, ABROAD, FLIGHT]] },
    Rule { act: Act::FastDeparture, all: &[&[SOON]] },
    Rule { act: Act::VisitorVisaFirst, all: &[&[VISIT]] },
    Rule { act: Act::DocumentsHandedOver, all: &[&[PASSPORT]] },
    Rule { act: Act::VagueEmployer, all: &[&[VAGUE]] },
    Rule { act: Act::NoSkills, all: &[&[EASY]] },
    Rule { act: Act::Warns, all: &[&[WARNING]] },
    Rule { act: Act::Reports, all: &[&[REPORTED]] },
    Rule { act: Act::OfficialWay, all: &[&[OFFICIAL]] },
    Rule { act: Act::Receipt, all: &[&[RECEIPT]] },
    Rule { act: Act::IfNotYou, all: &[&[IFNOTYOU]] },
    Rule { act: Act::OptOut, all: &[&[OPTOUT]] },
    Rule { act: Act::Appointment, all: &[&[APPOINT]] },
    Rule { act: Act::Delivered, all: &[&[DELIVERED]] },
    Rule { act: Act::ProperHiring, all: &[&[INTERVIEW, CONTRACT, WORKVISA, EMPLOYER]] },
    Rule { act: Act::Everyday, all: &[&[CASUAL]] },
];

/// An act and where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The act.
    pub act: Act,
    /// The words that show it, bytes of the folded text.
    pub words: Vec<(usize, usize)>,
}

/// Finds the acts of a text, in the order of [`Act::ALL`], each with all its words.
pub fn acts(hits: &[Hit]) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for rule in RULES {
        show(&mut found, rule.act, hits, |sentence| stands(rule, sentence));
    }
    show(&mut found, Act::NeverAsks, hits, never_asks);
    found.sort_by_key(|shown| shown.act);
    found
}

/// Adds what a rule finds in each sentence.
fn show(
    found: &mut Vec<Shown>,
    act: Act,
    hits: &[Hit],
    rule: impl Fn(&[Hit]) -> Vec<(usize, usize)>,
) {
    let mut words: Vec<(usize, usize)> =
        hits.chunk_by(|one, next| one.sentence == next.sentence).flat_map(rule).collect();
    if words.is_empty() {
        return;
    }
    if let Some(shown) = found.iter_mut().find(|shown| shown.act == act) {
        words.append(&mut shown.words);
        shown.words = words;
    } else {
        found.push(Shown { act, words });
    }
    if let Some(shown) = found.iter_mut().find(|shown| shown.act == act) {
        shown.words.sort_unstable();
        shown.words.dedup();
    }
}

fn stands(rule: &Rule, sentence: &[Hit]) -> Vec<(usize, usize)> {
    let counts = |hit: &&Hit, group: &[Concept]| !hit.denied && group.contains(&hit.concept);
    if !rule.all.iter().all(|group| sentence.iter().any(|hit| counts(&hit, group))) {
        return Vec::new();
    }
    let shows = |hit: &&Hit| rule.all.iter().any(|group| counts(hit, group));
    sentence.iter().filter(shows).map(|hit| (hit.start, hit.end)).collect()
}

/// What is asked for elsewhere is denied here: “never share your code”.
fn never_asks(sentence: &[Hit]) -> Vec<(usize, usize)> {
    let denied = |group: &[Concept]| {
        sentence.iter().filter(|hit| hit.denied && group.contains(&hit.concept)).count()
    };
    let named = |group: &[Concept]| sentence.iter().any(|hit| group.contains(&hit.concept));
    let stands = (denied(&[GIVE, ENTER, CLICK, PAY]) > 0 || named(&[WARNING]))
        && (named(SECRETS) || named(&[PAY, CLICK, ACCOUNT, MONEY]))
        && (denied(&[GIVE, ENTER, CLICK, PAY, CODE, PASSWORD, CARD, IDENTITY, ACCOUNT]) > 0
            || named(&[WARNING]));
    if !stands {
        return Vec::new();
    }
    let shows = |hit: &&Hit| hit.concept == WARNING || hit.concept == NEG || hit.denied;
    sentence.iter().filter(shows).map(|hit| (hit.start, hit.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concept::hits;
    use crate::fold::Folded;
    use crate::language::Languages;

    fn acts_of(text: &str) -> Vec<&'static str> {
        let folded = Folded::of(text);
        let languages = Languages::of(folded.text());
        acts(&hits(folded.text(), languages)).into_iter().map(|shown| shown.act.code()).collect()
    }

    #[test]
    fn who_asks_for_a_code_and_who_warns_of_it() {
        assert!(acts_of("Read me the code that you received").contains(&"credential_request"));
        let warns = acts_of("Never share your code with anyone, not even bank staff");
        assert!(
            warns.contains(&"never_asks") && !warns.contains(&"credential_request"),
            "{warns:?}"
        );
        let warns = acts_of("은행은 인증번호를 요구하지 않습니다. 타인에게 알려주지 마세요");
        assert!(
            warns.contains(&"never_asks") && !warns.contains(&"credential_request"),
            "{warns:?}"
        );
    }

    #[test]
    fn an_act_needs_its_parts_in_one_sentence() {
        assert!(acts_of("Transfer your savings to the safe account").contains(&"safe_account"));
        assert!(
            !acts_of("They keep it in the safe account? Tomorrow we dine.")
                .contains(&"up_front_fee")
        );
        assert!(!acts_of("I lost the code. Give my love to Ana.").contains(&"credential_request"));
    }

    #[test]
    fn adverts_show_their_red_flags() {
        let acts = acts_of(
            "No interview, flight paid, fly this week on tourist visa, hand over your passport on arrival",
        );
        for flag in [
            "no_interview",
            "all_paid",
            "fast_departure",
            "visitor_visa_first",
            "documents_handed_over",
        ] {
            assert!(acts.contains(&flag), "{flag}: {acts:?}");
        }
    }
}
