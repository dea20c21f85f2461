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
    let notes = delimited(text.as_bytes()).notes.doubts.join("\n");
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

/// The columns of a recognition, the unit of durations and the zone.
fn columns_of(text: &str) -> String {
    let template = delimited(text.as_bytes()).template;
    let told = told(text);
    let (_, told) = told.split_once("' ").unwrap();
    format!("{told} {:?} {}", template.duration_unit.unwrap(), template.zone.unwrap_or_default())
}

#[test]
fn exports_of_other_languages_are_recognised() {
    let cases = [
        (
            "Pemanggil,Penerima,Tarikh,Masa,Tempoh (saat)\n+60312345670,+60312345671,01/11/2023,09:07:05,83\n",
            "caller=Pemanggil callee=Penerima start=2 joined duration=Tempoh (saat) %d/%m/%Y %H:%M:%S Seconds Asia/Kuala_Lumpur",
        ),
        (
            "Número origen;Número destino;Fecha;Hora;Duración (seg)\n+34600000001;+34600000002;13/11/2023;09:07:05;83\n",
            "caller=Número origen callee=Número destino start=2 joined duration=Duración (seg) %d/%m/%Y %H:%M:%S Seconds Europe/Madrid",
        ),
        (
            "Anrufer;Angerufener;Beginn;Dauer (Min)\n+493000000001;+493000000002;13.11.2023 09:07:05;1,5\n",
            "caller=Anrufer callee=Angerufener start=Beginn duration=Dauer (Min) %d.%m.%Y %H:%M:%S Minutes Europe/Berlin",
        ),
        (
            "Linea;Numero;Tipo;Fecha;Duracion\n+34600000001;+34600000002;Entrante;13/11/2023 09:07;83\n+34600000001;+34600000003;Saliente;13/11/2023 09:17;5\n",
            "subscriber=Linea other=2 direction=Tipo start=Fecha duration=Duracion %d/%m/%Y %H:%M Seconds Europe/Madrid",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(columns_of(text), expected);
    }
}

#[test]
fn identifiers_that_are_no_numbers_are_passed_over() {
    let row = |at: u64| {
        format!(
            "{},50212609319654{at},60312345670,35918855265390{at},6031234568{at},2023-11-01 09:37:3{at},{}\n",
            900_000_000 + at,
            80 + at * 7 % 13
        )
    };
    let text: String = (0..8).map(row).collect();
    assert_eq!(
        columns_of(&text),
        "caller=3 callee=5 start=6 duration=7 %Y-%m-%d %H:%M:%S Seconds "
    );
}

#[test]
fn durations_are_told_from_prices_and_read_in_their_unit() {
    let unit = |header: &str, rows: &str| {
        let rows = rows
            .split(' ')
            .map(|row| format!("+442079460001;+442079460002;2023-11-01 09:37:39;{row}\n"));
        let text = format!("caller;callee;start;{header}\n{}", rows.collect::<String>());
        let told = columns_of(&text);
        told.split("duration=").nth(1).unwrap().to_owned()
    };
    let rest = "%Y-%m-%d %H:%M:%S";
    assert_eq!(unit("Cost;Dur", "2;83 1;5"), format!("Dur {rest} Seconds Europe/London"));
    assert_eq!(unit("Minutes", "20.25 1.5"), format!("Minutes {rest} Minutes Europe/London"));
    assert_eq!(
        unit("duration", "1.215 83 3.700"),
        format!("duration {rest} GroupedSeconds Europe/London")
    );
    assert_eq!(
        unit("duration", "1.215 83.000 3.700"),
        format!("duration {rest} Seconds Europe/London")
    );
    assert_eq!(
        unit("duration", "83000 0 125000"),
        format!("duration {rest} Milliseconds Europe/London")
    );
}

#[test]
fn a_header_that_says_utc_is_believed_and_a_cause_of_one_is_a_vacant_number() {
    let text = "caller,callee,Start (UTC),Start (local),duration,Release cause\n\
                +60312345670,+60312345671,2023-11-01 01:00:00,2023-11-01 09:00:00,0,1\n";
    let template = delimited(text.as_bytes()).template;
    assert_eq!(template.zone.as_deref(), Some("UTC"));
    assert_eq!(template.values[&Role::Outcome]["1"], "vacant");
    let yes = "caller,callee,start,duration,answered\n+60312345670,+60312345671,2023-11-01 01:00:00,5,1\n";
    assert!(delimited(yes.as_bytes()).template.values.is_empty());
}

#[test]
fn callers_tell_the_clock_of_the_site_where_moments_need_none() {
    let text = "caller,callee,start,duration\n+442079460001,+442079460002,1696712645,83\n";
    assert_eq!(delimited(text.as_bytes()).template.zone.as_deref(), Some("Europe/London"));
}

#[test]
fn a_month_is_not_scattered_over_a_year() {
    let rows = (1..=12).flat_map(|day| {
        [9, 10].map(|hour| format!("+12025550101,+12025550102,11/{day}/2023 {hour}:17:13 AM,83\n"))
    });
    let text = format!("caller,callee,start,duration\n{}", rows.collect::<String>());
    let Recognised { template, notes, .. } = delimited(text.as_bytes());
    assert_eq!((template.moments, notes.doubts), (vec!["%m/%d/%Y %I:%M:%S %p".to_owned()], vec![]));
}

#[test]
fn what_a_template_leaves_open_stays_recognised() {
    let text = "Caller,Callee,Start,Duration,Talk,Cell\n+442079460001,+442079460002,2023-10-07 21:04:05,83,80,7\n";
    let applied = |toml: &str| {
        let mut recognised = delimited(text.as_bytes());
        recognised.apply(&Template::from_toml(toml).unwrap());
        recognised.template
    };
    let minutes = applied("duration_unit = \"minutes\"");
    assert_eq!(minutes.duration_unit, Some(crate::duration::Unit::Minutes));
    let talk = applied("[columns]\nduration = \"Talk\"");
    let column = |role: Role| talk.columns.get(&role).cloned();
    let named = |name: &str| Some(ColumnRef::Name(name.to_owned()));
    assert_eq!((column(Role::Duration), column(Role::Caller)), (named("Talk"), named("Caller")));
    assert_eq!((column(Role::CallerCell), talk.header), (named("Cell"), true));
    let other_way = applied("[columns]\ncaller = \"Callee\"\ncallee = \"Caller\"");
    assert_eq!(other_way.columns.get(&Role::Caller), named("Callee").as_ref());
    let one_side =
        applied("[columns]\nsubscriber = \"Caller\"\nother = \"Callee\"\ndirection = \"Cell\"");
    assert!(!one_side.has(Role::Caller) && !one_side.has(Role::CallerCell));
}

#[test]
fn columns_told_by_name_have_names_in_the_first_row() {
    let mut recognised =
        delimited(b"A,B,W,1\n20,30,2023-10-07 21:04:05,83\n20,31,2023-10-07 21:04:05,5\n");
    assert!(!recognised.template.header);
    let toml = "[columns]\ncaller = \"A\"\ncallee = \"B\"\nstart = \"W\"\nduration = 4";
    recognised.apply(&Template::from_toml(toml).unwrap());
    assert_eq!((recognised.template.header, recognised.present[0].as_str()), (true, "A"));
}

#[test]
fn numbers_tell_the_zone_once_it_is_said_how_they_are_written() {
    let mut recognised =
        delimited(b"caller,callee,start,duration\n0312345670,0312345671,2023-10-07 21:04:05,83\n");
    assert_eq!(recognised.template.zone, None);
    recognised.apply(&Template::from_toml("country = \"MY\"").unwrap());
    assert_eq!(recognised.template.zone.as_deref(), Some("Asia/Kuala_Lumpur"));
}

#[test]
fn a_header_below_a_title_is_found_and_its_line_told() {
    let text = "Made-up Telecom Ltd;;;;\n\nCalls of January;;;;\n\"Caller\";Callee;Start;Duration;Cell\n\
                +442079460001;+442079460002;07/10/2023 21:04:05;83;7\n";
    let Recognised { sample, template, .. } = delimited(text.as_bytes());
    assert_eq!((sample.header_line, sample.lines), (4, vec![5]));
    assert_eq!(template.missing(), [] as [&str; 0]);
}

#[test]
fn time_spent_ringing_is_no_duration_and_a_second_cell_no_number() {
    let text = "Caller,Callee,Start,Ringing\n+442079460001,+442079460002,2023-10-07 21:04:05,8\n";
    assert_eq!(delimited(text.as_bytes()).template.missing(), ["duration"]);
    let cells = "Target No,Call Type,First CGI,Last CGI,B Party No,Date,Time,Dur(s)\n\
                 442079460001,CALL_OUT,234-10-5-7,234-10-5-8,442079460002,07/10/2023,21:04:05,8\n";
    assert!(
        told(cells).contains(
            "subscriber=Target No other=B Party No direction=Call Type start=2 joined duration=Dur(s) cell=First CGI"
        ),
        "{}",
        told(cells)
    );
}

#[test]
fn dates_beside_times_need_no_header_and_a_space_may_separate() {
    let text = "+442079460001 +442079460002 20231007 210405 83\n+442079460001 +442079460003 20231007 210505 5\n";
    assert_eq!(
        told(text),
        "recognised ' ' caller=1 callee=2 start=2 joined duration=5 %Y%m%d %H%M%S"
    );
}

#[test]
fn an_end_may_be_a_time_of_day() {
    let text = "Date,Start Time,End Time,A Number,B Number\n\
                2023-10-07,23:59:05,00:01:05,+442079460001,+442079460002\n";
    assert!(told(text).contains("start=2 joined end=2 joined"), "{}", told(text));
}

/// The roles of the two numbers, where twelve calls made and twelve received a second later are told so.
fn directed(received: impl Fn(u32) -> String, made: impl Fn(u32) -> String) -> Vec<&'static str> {
    let rows = (0..12).map(|at| {
        let (made, received) = (made(at), received(at));
        format!(
            "{made},OUT,2023-10-07 21:{at:02}:05,83\n{received},IN,2023-10-07 21:{at:02}:06,83\n"
        )
    });
    let text = format!("A-Number,B-Number,Direction,Start,Duration\n{}", rows.collect::<String>());
    let columns = delimited(text.as_bytes()).template.columns;
    columns.keys().take(2).map(|role| role.word()).collect()
}

#[test]
fn whose_record_it_is_the_rows_tell() {
    let own = |at: u32| format!("+4420794600{:02}", at % 3);
    let far = |at: u32| format!("+4420794609{at:02}");
    let made = |at: u32| format!("{},{}", own(at), far(at));
    // One subscriber's or network's own records: its numbers stand first, or where they belong.
    assert_eq!(
        directed(|at| format!("{},{}", own(at), far(at + 20)), made),
        ["subscriber", "other"]
    );
    assert_eq!(directed(|at| format!("{},{}", far(at + 20), own(at)), made), ["caller", "callee"]);
    // Both ends of each call.
    assert_eq!(directed(made, made), ["caller", "callee"]);
    assert_eq!(directed(|at| format!("{},{}", far(at), own(at)), made), ["subscriber", "other"]);
}

#[test]
fn numbers_that_are_international_in_some_plan_lack_a_plus_only() {
    let numbers = |begin: &str| {
        let rows = (0..12)
            .map(|at| format!("{begin}{at:02},{begin}{:02},2023-10-07 21:04:05,8\n", at + 20));
        let text = format!("caller,callee,start,duration\n{}", rows.collect::<String>());
        let Recognised { template, notes, .. } = delimited(text.as_bytes());
        (template.plus_left_out, template.zone, notes.doubts.len())
    };
    let london = Some("Europe/London".to_owned());
    assert_eq!(numbers("4420794600"), (Some(true), london, 0));
    assert_eq!(numbers("139123456"), (None, None, 1), "a national mobile number of China");
    assert_eq!(numbers("03123456"), (None, None, 1), "with the prefix of national calls");
    assert_eq!(numbers("20255501"), (None, None, 1), "a national number of North America");
}
