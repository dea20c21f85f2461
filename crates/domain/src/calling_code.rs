//! Country calling codes and the clock that people behind them live by.
//!
//! Source: ITU-T E.164 assigned country codes; IANA time zone of the most populous place. A country with
//! several zones is given the zone where most of its people live, and North America is split by area code
//! only as far as Pacific, Mountain, Central and Eastern: a clock is a hint, and the output says so.

/// Calling code and IANA zone. Sorted by code as text, so that the longest prefix can be searched.
const ZONES: &[(&str, &str)] = &[
    ("1", "America/New_York"),
    ("20", "Africa/Cairo"),
    ("211", "Africa/Juba"),
    ("212", "Africa/Casablanca"),
    ("213", "Africa/Algiers"),
    ("216", "Africa/Tunis"),
    ("218", "Africa/Tripoli"),
    ("220", "Africa/Banjul"),
    ("221", "Africa/Dakar"),
    ("222", "Africa/Nouakchott"),
    ("223", "Africa/Bamako"),
    ("224", "Africa/Conakry"),
    ("225", "Africa/Abidjan"),
    ("226", "Africa/Ouagadougou"),
    ("227", "Africa/Niamey"),
    ("228", "Africa/Lome"),
    ("229", "Africa/Porto-Novo"),
    ("230", "Indian/Mauritius"),
    ("231", "Africa/Monrovia"),
    ("232", "Africa/Freetown"),
    ("233", "Africa/Accra"),
    ("234", "Africa/Lagos"),
    ("235", "Africa/Ndjamena"),
    ("236", "Africa/Bangui"),
    ("237", "Africa/Douala"),
    ("238", "Atlantic/Cape_Verde"),
    ("239", "Africa/Sao_Tome"),
    ("240", "Africa/Malabo"),
    ("241", "Africa/Libreville"),
    ("242", "Africa/Brazzaville"),
    ("243", "Africa/Kinshasa"),
    ("244", "Africa/Luanda"),
    ("245", "Africa/Bissau"),
    ("246", "Indian/Chagos"),
    ("248", "Indian/Mahe"),
    ("249", "Africa/Khartoum"),
    ("250", "Africa/Kigali"),
    ("251", "Africa/Addis_Ababa"),
    ("252", "Africa/Mogadishu"),
    ("253", "Africa/Djibouti"),
    ("254", "Africa/Nairobi"),
    ("255", "Africa/Dar_es_Salaam"),
    ("256", "Africa/Kampala"),
    ("257", "Africa/Bujumbura"),
    ("258", "Africa/Maputo"),
    ("260", "Africa/Lusaka"),
    ("261", "Indian/Antananarivo"),
    ("262", "Indian/Reunion"),
    ("263", "Africa/Harare"),
    ("264", "Africa/Windhoek"),
    ("265", "Africa/Blantyre"),
    ("266", "Africa/Maseru"),
    ("267", "Africa/Gaborone"),
    ("268", "Africa/Mbabane"),
    ("269", "Indian/Comoro"),
    ("27", "Africa/Johannesburg"),
    ("290", "Atlantic/St_Helena"),
    ("291", "Africa/Asmara"),
    ("297", "America/Aruba"),
    ("298", "Atlantic/Faroe"),
    ("299", "America/Nuuk"),
    ("30", "Europe/Athens"),
    ("31", "Europe/Amsterdam"),
    ("32", "Europe/Brussels"),
    ("33", "Europe/Paris"),
    ("34", "Europe/Madrid"),
    ("350", "Europe/Gibraltar"),
    ("351", "Europe/Lisbon"),
    ("352", "Europe/Luxembourg"),
    ("353", "Europe/Dublin"),
    ("354", "Atlantic/Reykjavik"),
    ("355", "Europe/Tirane"),
    ("356", "Europe/Malta"),
    ("357", "Asia/Nicosia"),
    ("358", "Europe/Helsinki"),
    ("359", "Europe/Sofia"),
    ("36", "Europe/Budapest"),
    ("370", "Europe/Vilnius"),
    ("371", "Europe/Riga"),
    ("372", "Europe/Tallinn"),
    ("373", "Europe/Chisinau"),
    ("374", "Asia/Yerevan"),
    ("375", "Europe/Minsk"),
    ("376", "Europe/Andorra"),
    ("377", "Europe/Monaco"),
    ("378", "Europe/San_Marino"),
    ("380", "Europe/Kyiv"),
    ("381", "Europe/Belgrade"),
    ("382", "Europe/Podgorica"),
    ("383", "Europe/Belgrade"),
    ("385", "Europe/Zagreb"),
    ("386", "Europe/Ljubljana"),
    ("387", "Europe/Sarajevo"),
    ("389", "Europe/Skopje"),
    ("39", "Europe/Rome"),
    ("40", "Europe/Bucharest"),
    ("41", "Europe/Zurich"),
    ("420", "Europe/Prague"),
    ("421", "Europe/Bratislava"),
    ("423", "Europe/Vaduz"),
    ("43", "Europe/Vienna"),
    ("44", "Europe/London"),
    ("45", "Europe/Copenhagen"),
    ("46", "Europe/Stockholm"),
    ("47", "Europe/Oslo"),
    ("48", "Europe/Warsaw"),
    ("49", "Europe/Berlin"),
    ("500", "Atlantic/Stanley"),
    ("501", "America/Belize"),
    ("502", "America/Guatemala"),
    ("503", "America/El_Salvador"),
    ("504", "America/Tegucigalpa"),
    ("505", "America/Managua"),
    ("506", "America/Costa_Rica"),
    ("507", "America/Panama"),
    ("508", "America/Miquelon"),
    ("509", "America/Port-au-Prince"),
    ("51", "America/Lima"),
    ("52", "America/Mexico_City"),
    ("53", "America/Havana"),
    ("54", "America/Argentina/Buenos_Aires"),
    ("55", "America/Sao_Paulo"),
    ("56", "America/Santiago"),
    ("57", "America/Bogota"),
    ("58", "America/Caracas"),
    ("590", "America/Guadeloupe"),
    ("591", "America/La_Paz"),
    ("592", "America/Guyana"),
    ("593", "America/Guayaquil"),
    ("594", "America/Cayenne"),
    ("595", "America/Asuncion"),
    ("596", "America/Martinique"),
    ("597", "America/Paramaribo"),
    ("598", "America/Montevideo"),
    ("599", "America/Curacao"),
    ("60", "Asia/Kuala_Lumpur"),
    ("61", "Australia/Sydney"),
    ("62", "Asia/Jakarta"),
    ("63", "Asia/Manila"),
    ("64", "Pacific/Auckland"),
    ("65", "Asia/Singapore"),
    ("66", "Asia/Bangkok"),
    ("670", "Asia/Dili"),
    ("672", "Pacific/Norfolk"),
    ("673", "Asia/Brunei"),
    ("674", "Pacific/Nauru"),
    ("675", "Pacific/Port_Moresby"),
    ("676", "Pacific/Tongatapu"),
    ("677", "Pacific/Guadalcanal"),
    ("678", "Pacific/Efate"),
    ("679", "Pacific/Fiji"),
    ("680", "Pacific/Palau"),
    ("682", "Pacific/Rarotonga"),
    ("683", "Pacific/Niue"),
    ("685", "Pacific/Apia"),
    ("686", "Pacific/Tarawa"),
    ("687", "Pacific/Noumea"),
    ("688", "Pacific/Funafuti"),
    ("689", "Pacific/Tahiti"),
    ("690", "Pacific/Fakaofo"),
    ("691", "Pacific/Pohnpei"),
    ("692", "Pacific/Majuro"),
    ("7", "Europe/Moscow"),
    ("76", "Asia/Almaty"),
    ("77", "Asia/Almaty"),
    ("81", "Asia/Tokyo"),
    ("82", "Asia/Seoul"),
    ("84", "Asia/Ho_Chi_Minh"),
    ("850", "Asia/Pyongyang"),
    ("852", "Asia/Hong_Kong"),
    ("853", "Asia/Macau"),
    ("855", "Asia/Phnom_Penh"),
    ("856", "Asia/Vientiane"),
    ("86", "Asia/Shanghai"),
    ("880", "Asia/Dhaka"),
    ("886", "Asia/Taipei"),
    ("90", "Europe/Istanbul"),
    ("91", "Asia/Kolkata"),
    ("92", "Asia/Karachi"),
    ("93", "Asia/Kabul"),
    ("94", "Asia/Colombo"),
    ("95", "Asia/Yangon"),
    ("960", "Indian/Maldives"),
    ("961", "Asia/Beirut"),
    ("962", "Asia/Amman"),
    ("963", "Asia/Damascus"),
    ("964", "Asia/Baghdad"),
    ("965", "Asia/Kuwait"),
    ("966", "Asia/Riyadh"),
    ("967", "Asia/Aden"),
    ("968", "Asia/Muscat"),
    ("970", "Asia/Hebron"),
    ("971", "Asia/Dubai"),
    ("972", "Asia/Jerusalem"),
    ("973", "Asia/Bahrain"),
    ("974", "Asia/Qatar"),
    ("975", "Asia/Thimphu"),
    ("976", "Asia/Ulaanbaatar"),
    ("977", "Asia/Kathmandu"),
    ("98", "Asia/Tehran"),
    ("992", "Asia/Dushanbe"),
    ("993", "Asia/Ashgabat"),
    ("994", "Asia/Baku"),
    ("995", "Asia/Tbilisi"),
    ("996", "Asia/Bishkek"),
    ("998", "Asia/Tashkent"),
];

/// Area codes of North America that do not keep Eastern time, by zone.
const NORTH_AMERICA: &[(&str, &[u16])] = &[
    (
        "America/Chicago",
        &[
            205, 210, 214, 217, 218, 219, 224, 225, 228, 251, 254, 256, 262, 270, 281, 309, 312,
            314, 316, 318, 319, 320, 325, 331, 334, 337, 361, 402, 405, 409, 414, 417, 430, 432,
            469, 479, 501, 504, 507, 512, 515, 563, 573, 580, 601, 608, 612, 615, 618, 620, 630,
            636, 641, 651, 660, 662, 682, 708, 712, 713, 715, 731, 763, 769, 773, 779, 785, 806,
            808, 815, 816, 817, 830, 832, 847, 870, 901, 903, 913, 915, 918, 920, 931, 936, 940,
            952, 956, 972, 979, 985,
        ],
    ),
    (
        "America/Denver",
        &[303, 307, 385, 406, 435, 480, 505, 520, 575, 602, 623, 719, 720, 801, 928, 970],
    ),
    (
        "America/Los_Angeles",
        &[
            206, 209, 213, 253, 310, 323, 360, 408, 415, 424, 425, 503, 509, 510, 530, 541, 559,
            562, 604, 619, 626, 650, 657, 661, 702, 707, 714, 747, 760, 775, 778, 805, 818, 831,
            858, 909, 916, 925, 949, 951, 971,
        ],
    ),
];

/// Splits the digits of an E.164 number into calling code and the rest. Unknown codes give an empty code.
pub fn split(digits: &str) -> (&str, &str) {
    let code = (1..=3.min(digits.len())).rev().filter_map(|length| digits.get(..length));
    let known =
        code.into_iter().find(|code| ZONES.binary_search_by(|(known, _)| known.cmp(code)).is_ok());
    // Kazakhstan shares 7 with Russia: the second digit tells them apart but is not part of the code.
    let known = known.map(|code| if code == "76" || code == "77" { "7" } else { code });
    digits.split_at(known.map_or(0, str::len))
}

/// The IANA zone that the holder of an E.164 number most likely lives by; `None` for unassigned codes.
pub fn zone(digits: &str) -> Option<&'static str> {
    if let Some(rest) = digits.strip_prefix('1') {
        let area = rest.get(..3).and_then(|area| area.parse::<u16>().ok());
        let other =
            area.and_then(|area| NORTH_AMERICA.iter().find(|(_, codes)| codes.contains(&area)));
        return Some(other.map_or("America/New_York", |(zone, _)| zone));
    }
    (1..=3.min(digits.len())).rev().find_map(|length| {
        let code = digits.get(..length)?;
        let at = ZONES.binary_search_by(|(known, _)| (*known).cmp(code)).ok()?;
        ZONES.get(at).map(|(_, zone)| *zone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_zone_exists() {
        assert!(ZONES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let named =
            ZONES.iter().map(|(_, zone)| zone).chain(NORTH_AMERICA.iter().map(|(zone, _)| zone));
        for zone in named {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn splits_and_zones() {
        assert_eq!(split("60123456789"), ("60", "123456789"));
        assert_eq!(split("886912345678"), ("886", "912345678"));
        assert_eq!(split("77011234567"), ("7", "7011234567"));
        assert_eq!(split("2100000000").0, "");
        assert_eq!(zone("60123456789"), Some("Asia/Kuala_Lumpur"));
        assert_eq!(zone("13105550123"), Some("America/Los_Angeles"));
        assert_eq!(zone("12025550123"), Some("America/New_York"));
        assert_eq!(zone("77011234567"), Some("Asia/Almaty"));
        assert_eq!(zone("2100000000"), None);
    }
}
