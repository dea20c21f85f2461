//! The names of columns.
//!
//! Source: headers of public CDR samples and manuals (Asterisk, FreeSWITCH, CallMine, bandicoot, VAST 2008, Cellebrite
//! and operator exports in English, Spanish, Malay and Chinese), plus the plain words for them in the languages of other exports.

use crate::template::Role;

/// Names of each role, apart by spaces, folded (lower case, letters and digits only, no accents). No name stands twice.
pub(super) const NAMES: &[(Role, &str)] = &[
    (
        Role::CallerImei,
        "callerimei aimei imeia callingimei origimei imeiorigen servedimei 主叫imei 主叫串号",
    ),
    (Role::CalleeImei, "calleeimei bimei imeib calledimei destimei imeidestino 被叫imei"),
    (Role::Imei, "imei deviceid handset equipo imeisv 终端串号 手机串号 串号 imeiesn 設備識別碼"),
    (Role::CallerImsi, "callerimsi aimsi imsia callingimsi servedimsi"),
    (Role::Imsi, "imsi sim iccid simid"),
    (
        Role::CallerCell,
        "callercell acell cella callingcell origcell firstcell startcell celltower tower celdaorigen callercellid \
         originatingcell acellid 主叫基站 originatingcellid callercgi acgi firstcellid firstcgi firstcellglobalid \
         firstcellidentity celulaorigen",
    ),
    (
        Role::CalleeCell,
        "calleecell bcell cellb calledcell destcell celdadestino calleecellid 被叫基站 bcgi calleecgi",
    ),
    (
        Role::Cell,
        "cell cellid cgi ecgi antenna antennaid site siteid celda 基站 basestation ci lasttower cellsite cellsiteid \
         celltowerid towerid celllocation cellname lastcell servingcell basestationid bts funkzelle zelle celle \
         cellule celulle celula celldaa erb estacaobase antena menara torre torretelefonica базоваястанция бс сота \
         基地局 基地台 기지국 bazistasyonu tram cotsong เสาสญญาณ เซลล البرج الخلية cel zendmast stacjabts stacjabazowa \
         locationareacell",
    ),
    (
        Role::Direction,
        "direction calldirection dir sentido direccion 呼叫方向 callsense inout io richtung arah sens calldir \
         senscommunication sensappel sentidollamada направление richting kierunek yon ทศทาง 方向 \
         주발신 발착신구분 الاتجاه",
    ),
    (
        Role::Kind,
        "interaction servicetype calltype recordtype type eventtype service tipo usagetype 业务类型 typeappel 呼叫类型 通话类型 calltypename \
         typeofcall typedecommunication tipollamada tipodellamada tipodeservicio servicio тип типвызова видсвязи tip \
         soort rodzaj 类型 서비스",
    ),
    (
        Role::Outcome,
        "answered disposition hangupcause cause outcome status result callstatus releasecause causecode causeforterm \
         sipcode sipstatus terminationcause resultado estado 通话状态 callresult endreason dialstatus talkstatus \
         finalstatus releasereason disconnectcause disconnectreason terminationreason destcausevalue estatus \
         estadollamada statut resultat ergebnis статус durum keputusan trangthai สถานะ 状态 接通状态 통화결과 الحالة",
    ),
    (
        Role::Answer,
        "answer answertime answerstamp answerat connecttime connectedat answeredat horarespuesta 连接时间 connectdatetime \
         answerdatetime datetimeconnect answerdate connectstamp contestado horacontestacion 应答时间 接听时间 응답시간 応答時刻",
    ),
    (
        Role::End,
        "byetime end endtime endstamp endat enddatetime stoptime disconnecttime releasetime fin horafin finishtime hangup \
         hanguptime 结束时间 endts endedat datetimedisconnect disconnectdatetime callendtime callend enddate \
         releasedatetime endstamputc horafinal ende endzeit heurefin datefin waktuselesai jamselesai masatamat fim \
         horafim datafim datahorafim oraenda orafine fine окончание времяокончания koniec bitis bitiszamani \
         thoigianketthuc 通话结束时间 通話終了日時 終了時刻 종료시간 통화종료시간 وقتالانتهاء eindtijd einde",
    ),
    (
        Role::Start,
        "invitetime start starttime startstamp startat startdatetime datetime timestamp time date calldate calltime begintime \
         setuptime startts fechahora fecha inicio horainicio fechainicio eventtime calldatetime ts 开始时间 通话开始时间 通话时间 \
         时间 startedat masa tarikh dateandtime connectdate chargingtime chargingdate seizuretime startdate hora data \
         datum uhrzeit beginn startzeit heure debut waktu jam tanggal mula 日期 datetimeorigination callstart \
         callstarttime callstartdt callstartdate startingtime startedon calleddate callstartdatetime datestart \
         timestart begindate conndate conntime connectiondate connectiontime evtdatetime dateappel datedelappel \
         dateheure dateetheure heureappel horadebut heuredebut horadeinicio fechayhora fechahorainicio datahora \
         dataehora datahorainicio dataora dataeora datainizio orainizio ora datumzeit datumuhrzeit beginnzeit \
         gesprachsbeginn datumtijd begintijd starttijd tijd датаивремя датавремя дата время времяначала датаначала \
         начало dataigodzina godzina poczatek tarih tarihsaat saat baslangic baslangiczamani thoigian thoigianbatdau \
         ngaygio ngay gio waktumulai tanggalwaktu tanggaljam jammulai masamula tarikhmasa tarikhmula วนเวลา วนท เวลา \
         เวลาเรม 通话日期 通話日期 通話開始時間 通話時間 起始时间 呼叫时间 通話開始日時 開始日時 発信日時 開始時刻 통화시작시간 시작시간 통화일시 발신일시 일시 وقتالبدء التاريخ \
         الوقت تاريخالمكالمة",
    ),
    (
        Role::Duration,
        "ttalk durations duration billsec durationseconds durationsec durationsecs callduration seconds secs measure length \
         talktime duracion segundos tempoh 时长 通话时长 billedduration conversationtime durationinsec durationinseconds \
         calldurations talks durationms durationmin durationminutes usage elapsed chargeableduration dur minutes \
         minutos dauer gesprachsdauer duree duracao durasi talking talksec talktimesec talkseconds talkduration \
         conversation conversationduration callseconds callsecs calllength lengthofcall durationhhmmss holdtime \
         connectedtime \
         actualduration netduration segs durationdelappel dureeappel dureesec tempsdecommunication durata duratasec \
         durada tempodeduracao tempo gesprachszeit verbindungsdauer duur gespreksduur длительность длительностьсек \
         продолжительность продолжительностьразговора czastrwania czas suresn sure gorusmesuresi konusmasuresi \
         thoiluong thoigiangoi lama lamapanggilan durasipanggilan tempohpanggilan ระยะเวลา ระยะเวลาวนาท จานวนวนาท \
         通话秒数 通話秒數 通話時長 持续时间 計費秒數 通話時間秒 通話秒数 통화시간 통화시간초 통화초 المدة مدةالمكالمة",
    ),
    (
        Role::Subscriber,
        "subscriber msisdn servednumber servedmsisdn ownnumber target targetnumber ego suscriptor linea anschluss \
         本机号码 msisdnumber subscribernumber ownmsisdn targetmsisdn lineinvestigated investigatednumber abonnement \
         nomorpelanggan nombortalian abonado abonne telefonoinvestigado",
    ),
    (
        Role::Other,
        "other otherparty othernumber correspondentid counterpart contact otherpartynumber 对方号码 remotenumber partner \
         othermsisdn contactnumber correspondent bpartyother lawannomor nomorlawan otherend counterparty gegenstelle \
         gesprachspartner correspondant interlocuteur telefonocontacto собеседник",
    ),
    (
        Role::Caller,
        "caller callernumber calleridnumber calling callingnumber callingparty callingpartynumber anumber a aparty \
         apartynumber amsisdn msisdna from fromnumber source src originating origin orig orignumber origen \
         numeroorigen llamante cli clid ani callerid originator originatingnumber 主叫 主叫号码 pemanggil sourcenumber \
         numbera telefonoorigen calleruser anrufer anummer rufnummera quelle appelant origem numeroa userid \
         callere164 callernum callingtn callingaddress callingline originationnumber originatingparty \
         originatingaddress srcuser fromuser calleraccount abonneappelant emetteur numeroemetteur appelante \
         numerochamador chamador originador assinantea abonadoa chiamante utenzachiamante ateilnehmer teilnehmera \
         anschlussa beller abonenta абонента номера номерабонентаа вызывающии вызывающииабонент исходящииномер \
         dzwoniacy arayan cagiran sogoi sochugoi chugoi nguoigoi asal หมายเลขตนทาง ตนทาง เบอรตนทาง ผโทร 主叫号 主叫方 主叫號碼 \
         發話號碼 發話 發話方 発信 発信元 発信者 発信番号 発信者番号 発信電話番号 발신 발신번호 발신자 발신자번호 المتصل رقمالمتصل",
    ),
    (
        Role::Callee,
        "callee calleenumber called callednumber calledparty calledpartynumber bnumber b bparty bpartynumber bmsisdn \
         msisdnb to tonumber destination destinationnumber dst dest destnumber dialed dialednumber dialled dialledn \
         dialleddigits dnis recipient receiver destino numerodestino llamado terminating terminatingnumber 被叫 被叫号码 \
         penerima numberb telefonodestino calledid angerufener bnummer rufnummerb zielnummer ziel appele numerob \
         calleee164 callednum calledtn calledaddress calledline finalcalledpartynumber finalcallednumber \
         terminatingparty terminatingaddress dialeddigits digitsdialed dstuser touser destinataire numerodestinataire \
         numeroappele appeles numerochamado chamado assinanteb abonadob chiamato utenzachiamata bteilnehmer \
         teilnehmerb anschlussb gebelde abonentb абонентб номерб номерабонентаб вызываемыи вызываемыиабонент \
         входящииномер odbierajacy aranan sobigoi bigoi nguoinhan tujuan dipanggil หมายเลขปลายทาง ปลายทาง เบอรปลายทาง \
         ผรบ 被叫号 被叫方 被叫號碼 受話號碼 受話 受話方 着信 着信先 着信番号 着信者番号 着信電話番号 受信番号 착신 착신번호 수신 수신번호 수신자 المتصلبه رقمالمتصلبه المستقبل",
    ),
    (
        Role::Route,
        "route trunk trunkgroup gateway carrier ingresstrunk ingress intrunk trunkid sourcetrunk 中继 incomingroute \
         incomingtrunk trunkin incomingtrunkgroup incomingtrunkid ingresscarrier ingressgateway trunkingroup \
         callergatewayid inroute inboundroute troncal 入中继 來源中繼",
    ),
    (Role::Attestation, "attestation attest stirshaken verstat attestationlevel"),
];
