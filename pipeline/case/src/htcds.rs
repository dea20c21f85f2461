//! Fields of a person's record in the words of the Human Trafficking Case Data Standard (HTCDS 2.0, IOM, CC BY 4.0).
//!
//! Field names and picklist values are the standard's own, so that records go to and come from other systems without loss. They serve the person:
//! no stage ever sees them.

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any text.
    Text,
    /// A day, ISO 8601.
    Date,
    /// `true` or `false`.
    Checkbox,
    /// One of these.
    One(&'static [&'static str]),
    /// Some of these.
    Some(&'static [&'static str]),
}

/// Why a field is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There is no such field.
    #[error("HTCDS has no field {0}")]
    Field(String),
    /// It does not take that value.
    #[error("{0} does not take “{1}”")]
    Value(String, String),
    /// It takes one value.
    #[error("{0} takes one value")]
    Many(String),
}

const APPS: &[&str] = &[
    "Facebook",
    "Instagram",
    "WhatsApp",
    "Telegram",
    "FacebookMessenger",
    "Viber",
    "SnapChat",
    "Line",
    "4Sale",
    "WeChat",
    "QQ",
    "QZone",
    "TikTok",
    "Twitter",
    "Other",
];

const CONTROL: &[&str] = &[
    "DebtBondage",
    "TakesEarnings",
    "RestrictsFinancialAccess",
    "Threats",
    "PsychologicalAbuse",
    "PhysicalAbuse",
    "SexualAbuse",
    "FalsePromises",
    "PsychoactiveSubstances",
    "RestrictsMovement",
    "RestrictsMedicalCare",
    "ExcessiveWorkingHours",
    "UsesChildren",
    "ThreatOfLawEnforcement",
    "WithholdsNecessities",
    "WithholdsDocuments",
    "Other",
];

const LABOUR: &[&str] = &[
    "Agriculture",
    "Aquafarming",
    "Begging",
    "Construction",
    "DomesticWork",
    "Hospitality",
    "IllicitActivities",
    "Manufacturing",
    "MiningOrDrilling",
    "Peddling",
    "Transportation",
    "Other",
];

const RECRUITMENT: &[&str] = &[
    "Abduction",
    "Educational Facility",
    "Familial",
    "Internet (social media, online advertisement)",
    "International Marriage Broker (IMB)",
    "Intimate partner/marriage proposition",
    "Job offer/advertisement",
    "Posing as Benefactor",
    "Public Area",
    "Offer of Accommodation",
    "Shelter",
    "Smuggling, ransom",
    "Work",
    "Other",
    "Unknown",
];

const STATUS: &[&str] = &["Active", "FollowUp", "Closed", "ClosedReferred"];

/// The fields that a safety record holds, and what each takes.
pub const FIELDS: &[(&str, Takes)] = &[
    ("prs_FirstName", Takes::Text),
    ("prs_SecondName", Takes::Text),
    ("prs_Birthdate", Takes::Date),
    ("prs_Gender", Takes::One(&["Male", "Female", "Transgender/NonConforming", "Unknown"])),
    ("prs_Nationality", Takes::Text),
    ("prs_Deceased", Takes::Checkbox),
    ("prs_Email", Takes::Text),
    ("prs_HomePhone", Takes::Text),
    ("prs_MobilePhone", Takes::Text),
    ("vic_AgreementToManagePersonalData", Takes::Checkbox),
    ("vic_RecruitmentWebsitesAndApps", Takes::Some(APPS)),
    ("vic_MethodOfRecruitment", Takes::Some(RECRUITMENT)),
    ("vic_MethodsOfControl", Takes::Some(CONTROL)),
    ("vic_TypeOfLabourExploitation", Takes::Some(LABOUR)),
    ("vic_ExploitationWebsitesAndApps", Takes::Some(APPS)),
    ("vic_DetailsOfVulnerabilities", Takes::Text),
    ("cas_Status", Takes::One(STATUS)),
    ("cas_ReferringOrganisation", Takes::Text),
    ("cas_IncomingReferralDate", Takes::Date),
    ("cas_IncomingReferralDetails", Takes::Text),
    ("cas_ReferredOrganisation", Takes::Text),
    ("cas_OutgoingReferralDate", Takes::Date),
    ("cas_OutgoingReferralDetails", Takes::Text),
    ("cas_ReasonForCaseClosure", Takes::Text),
];

/// Checks a field's values; none takes the field back. Errors: what is wrong with them.
pub fn check(field: &str, values: &[String]) -> Result<(), Wrong> {
    let known = FIELDS.iter().find(|(name, _)| *name == field);
    let (_, takes) = known.ok_or_else(|| Wrong::Field(field.to_owned()))?;
    if values.len() > 1 && !matches!(takes, Takes::Some(_)) {
        return Err(Wrong::Many(field.to_owned()));
    }
    let wrong = values.iter().find(|value| !takes.takes(value));
    wrong.map_or(Ok(()), |value| Err(Wrong::Value(field.to_owned(), value.clone())))
}

impl Takes {
    fn takes(self, value: &str) -> bool {
        match self {
            Self::Text => !value.trim().is_empty(),
            Self::Date => is_date(value),
            Self::Checkbox => matches!(value, "true" | "false"),
            Self::One(values) | Self::Some(values) => values.contains(&value),
        }
    }
}

/// Whether a text is a day in the form 2023-10-07.
pub(crate) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = (part(4), part(2), part(2));
    let is_in = |part: Option<u32>, most| part.is_some_and(|part| (1..=most).contains(&part));
    year.is_some() && is_in(month, 12) && is_in(day, 31) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(field: &str, values: &[&str]) -> Result<(), Wrong> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        check(field, &values)
    }

    #[test]
    fn fields_take_the_standards_values_only() {
        let control = "vic_MethodsOfControl";
        assert_eq!(told(control, &["WithholdsDocuments", "RestrictsMovement"]), Ok(()));
        let wrong = Wrong::Value(control.to_owned(), "Handcuffs".to_owned());
        assert_eq!(told(control, &["Handcuffs"]), Err(wrong));
        assert_eq!(
            told("cas_Status", &["Active", "Closed"]),
            Err(Wrong::Many("cas_Status".to_owned()))
        );
        assert_eq!(told("prs_Religion", &["any"]), Err(Wrong::Field("prs_Religion".to_owned())));
        assert_eq!(told("prs_Birthdate", &["1999-02-28"]), Ok(()));
        for value in ["1999-2-28", "28.02.1999", "1999-13-01", "1999-01-32", ""] {
            assert!(told("prs_Birthdate", &[value]).is_err(), "{value}");
        }
        assert_eq!(told("prs_FirstName", &[]), Ok(()), "taken back");
    }
}
