//! Headers: what columns are called by those who export calls.
//!
//! Source: headers of public CDR samples and manuals (Asterisk, FreeSWITCH, CallMine, bandicoot, VAST 2008, Cellebrite
//! and operator exports in English, Spanish, Malay and Chinese), plus the plain words for them.

use crate::template::Role;
use unicode_normalization::UnicodeNormalization;

/// Names of each role, folded (lower case, letters and digits only). The first role that knows a name wins.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::CallerImei,
        &[
            "callerimei",
            "aimei",
            "imeia",
            "callingimei",
            "origimei",
            "imeiorigen",
            "servedimei",
            "主叫imei",
        ],
    ),
    (
        Role::CalleeImei,
        &["calleeimei", "bimei", "imeib", "calledimei", "destimei", "imeidestino", "被叫imei"],
    ),
    (Role::Imei, &["imei", "deviceid", "handset", "equipo", "imeisv"]),
    (Role::CallerImsi, &["callerimsi", "aimsi", "imsia", "callingimsi", "servedimsi"]),
    (Role::Imsi, &["imsi", "sim", "iccid", "simid"]),
    (
        Role::CallerCell,
        &[
            "callercell",
            "acell",
            "cella",
            "callingcell",
            "origcell",
            "firstcell",
            "startcell",
            "celltower",
            "tower",
            "celdaorigen",
            "callercellid",
            "originatingcell",
            "acellid",
            "主叫基站",
        ],
    ),
    (
        Role::CalleeCell,
        &[
            "calleecell",
            "bcell",
            "cellb",
            "calledcell",
            "destcell",
            "celdadestino",
            "calleecellid",
            "被叫基站",
        ],
    ),
    (
        Role::Cell,
        &[
            "cell",
            "cellid",
            "cgi",
            "ecgi",
            "antenna",
            "antennaid",
            "site",
            "siteid",
            "celda",
            "基站",
            "basestation",
            "ci",
            "lasttower",
        ],
    ),
    (
        Role::Direction,
        &[
            "direction",
            "calldirection",
            "dir",
            "sentido",
            "direccion",
            "呼叫方向",
            "callsense",
            "inout",
        ],
    ),
    (
        Role::Kind,
        &[
            "interaction",
            "servicetype",
            "calltype",
            "recordtype",
            "type",
            "eventtype",
            "service",
            "tipo",
            "usagetype",
            "业务类型",
        ],
    ),
    (
        Role::Outcome,
        &[
            "answered",
            "disposition",
            "hangupcause",
            "cause",
            "outcome",
            "status",
            "result",
            "callstatus",
            "releasecause",
            "causecode",
            "causeforterm",
            "sipcode",
            "sipstatus",
            "terminationcause",
            "resultado",
            "estado",
            "通话状态",
            "callresult",
        ],
    ),
    (
        Role::Answer,
        &[
            "answer",
            "answertime",
            "answerstamp",
            "answerat",
            "connecttime",
            "connectedat",
            "answeredat",
            "horarespuesta",
            "连接时间",
            "connectdatetime",
            "answerdatetime",
        ],
    ),
    (
        Role::End,
        &[
            "end",
            "endtime",
            "endstamp",
            "endat",
            "enddatetime",
            "stoptime",
            "disconnecttime",
            "releasetime",
            "fin",
            "horafin",
            "finishtime",
            "hangup",
            "hanguptime",
            "结束时间",
            "endts",
            "endedat",
        ],
    ),
    (
        Role::Start,
        &[
            "start",
            "starttime",
            "startstamp",
            "startat",
            "startdatetime",
            "datetime",
            "timestamp",
            "time",
            "date",
            "calldate",
            "calltime",
            "begintime",
            "setuptime",
            "startts",
            "fechahora",
            "fecha",
            "inicio",
            "horainicio",
            "fechainicio",
            "eventtime",
            "calldatetime",
            "ts",
            "开始时间",
            "通话开始时间",
            "通话时间",
            "时间",
            "startedat",
            "masa",
            "tarikh",
            "dateandtime",
            "connectdate",
            "chargingtime",
            "seizuretime",
            "startdate",
        ],
    ),
    (
        Role::Duration,
        &[
            "durations",
            "duration",
            "billsec",
            "durationseconds",
            "durationsec",
            "durationsecs",
            "callduration",
            "seconds",
            "secs",
            "measure",
            "length",
            "talktime",
            "duracion",
            "segundos",
            "tempoh",
            "时长",
            "通话时长",
            "billedduration",
            "conversationtime",
            "durationinsec",
            "durationinseconds",
            "calldurations",
            "talks",
            "durationms",
            "durationmin",
            "durationminutes",
            "usage",
            "elapsed",
            "chargeableduration",
        ],
    ),
    (
        Role::Subscriber,
        &[
            "subscriber",
            "msisdn",
            "servednumber",
            "servedmsisdn",
            "ownnumber",
            "target",
            "targetnumber",
            "ego",
            "suscriptor",
            "本机号码",
        ],
    ),
    (
        Role::Other,
        &[
            "other",
            "otherparty",
            "othernumber",
            "correspondentid",
            "counterpart",
            "contact",
            "otherpartynumber",
            "对方号码",
            "remotenumber",
            "partner",
        ],
    ),
    (
        Role::Caller,
        &[
            "caller",
            "callernumber",
            "calleridnumber",
            "calling",
            "callingnumber",
            "callingparty",
            "callingpartynumber",
            "anumber",
            "a",
            "aparty",
            "apartynumber",
            "amsisdn",
            "msisdna",
            "from",
            "fromnumber",
            "source",
            "src",
            "originating",
            "origin",
            "orig",
            "orignumber",
            "origen",
            "numeroorigen",
            "llamante",
            "cli",
            "clid",
            "ani",
            "callerid",
            "originator",
            "originatingnumber",
            "主叫",
            "主叫号码",
            "pemanggil",
            "sourcenumber",
            "numbera",
            "telefonoorigen",
            "calleruser",
            "userid",
        ],
    ),
    (
        Role::Callee,
        &[
            "callee",
            "calleenumber",
            "called",
            "callednumber",
            "calledparty",
            "calledpartynumber",
            "bnumber",
            "b",
            "bparty",
            "bpartynumber",
            "bmsisdn",
            "msisdnb",
            "to",
            "tonumber",
            "destination",
            "destinationnumber",
            "dst",
            "dest",
            "destnumber",
            "dialed",
            "dialednumber",
            "dialled",
            "dialledn",
            "dialleddigits",
            "dnis",
            "recipient",
            "receiver",
            "destino",
            "numerodestino",
            "llamado",
            "terminating",
            "terminatingnumber",
            "被叫",
            "被叫号码",
            "penerima",
            "numberb",
            "telefonodestino",
            "calledid",
        ],
    ),
    (
        Role::Route,
        &[
            "route",
            "trunk",
            "trunkgroup",
            "gateway",
            "carrier",
            "ingresstrunk",
            "ingress",
            "intrunk",
            "trunkid",
            "sourcetrunk",
            "中继",
            "incomingroute",
            "incomingtrunk",
        ],
    ),
    (Role::Attestation, &["attestation", "attest", "stirshaken", "verstat", "attestationlevel"]),
];

/// Lower case, letters and digits only, without accents.
pub fn fold(name: &str) -> String {
    name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The role that a header names.
pub fn role_of(header: &str) -> Option<Role> {
    let folded = fold(header);
    NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(role, _)| *role)
}

/// The unit that a duration's header states.
pub fn duration_unit(header: &str) -> crate::duration::Unit {
    let folded = fold(header);
    if folded.ends_with("ms") || folded.contains("milli") {
        crate::duration::Unit::Milliseconds
    } else if folded.ends_with("min") || folded.contains("minute") || folded.contains("minuto") {
        crate::duration::Unit::Minutes
    } else {
        crate::duration::Unit::Seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_written_as_headers_are_folded() {
        let names = || NAMES.iter().flat_map(|(_, names)| *names);
        let odd: Vec<_> = names().filter(|name| fold(name) != **name).collect();
        assert_eq!(odd, [] as [&&str; 0]);
        let mut twice: Vec<_> = names().collect();
        twice.sort_unstable();
        assert!(twice.windows(2).all(|pair| pair[0] != pair[1]), "{twice:?}");
    }

    #[test]
    fn headers_of_several_feeds() {
        let cases = [
            ("A-Number", Role::Caller),
            ("From", Role::Caller),
            ("Duration(seconds)", Role::Duration),
            ("Cell Tower", Role::CallerCell),
            ("CALLER_IMEI", Role::CallerImei),
            ("被叫号码", Role::Callee),
            ("correspondent_id", Role::Other),
            ("Hangup-Cause", Role::Outcome),
            ("start_stamp", Role::Start),
            ("Número origen", Role::Caller),
            ("Teléfono destino", Role::Callee),
        ];
        for (header, role) in cases {
            assert_eq!(role_of(header), Some(role), "{header}");
        }
        assert_eq!(role_of("label"), None);
        assert_eq!(role_of("TAC"), None, "a model of handsets, or an area: neither is one handset");
        assert_eq!(duration_unit("Duration (min)"), crate::duration::Unit::Minutes);
        assert_eq!(duration_unit("billsec"), crate::duration::Unit::Seconds);
    }
}
