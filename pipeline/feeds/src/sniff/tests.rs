use super::*;

fn told(text: &str) -> String {
    let recognised = delimited(text.as_bytes());
    let template = &recognised.template;
    let column = |column: &ColumnRef| match column {
        ColumnRef::Position(at) => at.to_string(),
        ColumnRef::Name(name) => name.clone(),
        ColumnRef::Joined(columns) => format!("{} joined", columns.len()),
    };
    let columns: Vec<_> = template
        .columns
        .iter()
        .map(|(role, at)| format!("{}={}", role.word(), column(at)))
        .collect();
    format!(
        "{} {:?} {} {}",
        template.name,
        char::from(recognised.dialect.delimiter),
        columns.join(" "),
        template.moments.join("|")
    )
}

#[test]
fn a_plain_export_is_recognised_by_its_headers() {
    let text = "A-Number;B-Number;Start Time;Duration (sec);IMEI\n\
                +442079460001;+442079460002;07/10/2023 21:04:05;83;490154203237518\n\
                +442079460001;+442079460003;17/10/2023 21:04:05;12;490154203237518\n";
    assert_eq!(
        told(text),
        "recognised ';' caller=A-Number callee=B-Number start=Start Time duration=Duration (sec) caller_imei=IMEI %d/%m/%Y %H:%M:%S"
    );
}

#[test]
fn a_file_without_header_is_recognised_by_its_content() {
    let text = "2023-10-07 21:04:05,+442079460001,+442079460002,83\n2023-10-07 21:04:07,+442079460001,+442079460003,5\n";
    assert_eq!(told(text), "recognised ',' caller=2 callee=3 start=1 duration=4 %Y-%m-%d %H:%M:%S");
}

#[test]
fn date_and_time_in_two_columns_are_joined() {
    let text = "caller,callee,date,time,duration\n100,200,07/10/2023,21:04:05,83\n100,201,27/10/2023,21:04,5\n";
    let told = told(text);
    assert!(told.contains("start=2 joined"), "{told}");
    assert!(told.ends_with("%d/%m/%Y %H:%M:%S|%d/%m/%Y %H:%M"), "{told}");
}

#[test]
fn known_forms_are_recognised() {
    let vast = "From,To,Datetime,Duration(seconds),Cell Tower\n349,23,20060601 0008,1634,1\n";
    assert!(
        told(vast).starts_with("VAST 2008 ',' ") && told(vast).ends_with("%Y%m%d %H%M"),
        "{}",
        told(vast)
    );
    let callmine = "source,destination,measure,timestamp,label\n56,440,98,2022-08-01 01:53:13,0\n";
    assert!(told(callmine).starts_with("CallMine"), "{}", told(callmine));
    let bandicoot = "interaction,direction,correspondent_id,datetime,call_duration,antenna_id\ncall,in,A_12,2014-03-02 07:13:30,211,13\n";
    assert!(told(bandicoot).starts_with("bandicoot"), "{}", told(bandicoot));
    let asterisk = "\"\",\"2079460001\",\"2079460002\",\"default\",\"\"\"Desk\"\" <100>\",\"SIP/a-1\",\"SIP/b-1\",\"Dial\",\"SIP/b\",\
                    \"2023-10-07 21:04:05\",\"2023-10-07 21:04:09\",\"2023-10-07 21:05:05\",\"60\",\"56\",\"ANSWERED\",\"DOCUMENTATION\",\"1\",\"\"\n";
    assert!(told(asterisk).starts_with("Asterisk"), "{}", told(asterisk));
    let freeswitch = "\"Desk\",\"100\",\"2079460002\",\"default\",\"2023-10-07 21:04:05\",\"\",\"2023-10-07 21:05:05\",\"60\",\"0\",\
                      \"NO_ANSWER\",\"uuid-1\",\"\",\"\",\"PCMU\",\"PCMU\"\n";
    assert!(told(freeswitch).starts_with("FreeSWITCH"), "{}", told(freeswitch));
}

#[test]
fn what_could_be_either_way_round_is_said() {
    let text = "caller,callee,start,duration\n100,200,07/10/2023 21:04:05,83\n100,201,08/10/2023 21:04:05,5\n";
    let notes = delimited(text.as_bytes()).notes.join("\n");
    assert!(notes.contains("either way round"), "{notes}");
}

#[test]
fn a_direction_in_the_type_column_is_found() {
    let text = "msisdn,other number,call type,start time,duration\n+442079460001,+442079460002,MOC,2023-10-07 21:04:05,83\n";
    assert_eq!(
        told(text),
        "recognised ',' subscriber=msisdn other=other number direction=call type start=start time duration=duration %Y-%m-%d %H:%M:%S"
    );
}

#[test]
fn nothing_is_recognised_in_nothing() {
    assert_eq!(delimited(b"").template.missing().len(), 4);
    assert_eq!(delimited(b"just a letter to somebody\n").template.missing().len(), 4);
}
