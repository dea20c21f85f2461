//! Everybody who should be warned, the sure ones first and each of them by urgency, each once.

use crate::Scene;
use crate::config::UrgencyConfig;
use crate::contact::Contact;
use crate::find::Talked;
use crate::own_life::{Asked, own_lives};
use crate::rates::{Rates, RoomRates};
use crate::target::{Target, counter, reason};
use crate::warning::{Stage, Urgency, Warning};
use linkage::weight::probability;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;

/// Calls shown behind a warning, at most.
const FACTS_MAX: usize = 8;

/// People who are worked on by the rooms, each once and in order. Errors: the shelf that calls are kept on fails.
pub(crate) fn warnings(scene: &Scene<'_>, talked: &Talked) -> io::Result<Vec<Warning>> {
    let config = &scene.config.target;
    let rates = Rates::of(&talked.tallies, config);
    let rates: Vec<RoomRates> =
        talked.tallies.iter().map(|tally| rates.of_room(tally, config)).collect();
    let confidence = |target: &Target<'_>| scene.rooms[target.room()].confidence;
    let bits = |target: &Target<'_>| target.bits(&rates[target.room()], config);
    let enough = |target: &Target<'_>, bits: f64| {
        confidence(target) * probability(bits) >= config.precision_min
    };
    let of_one = talked.contacts.chunk_by(|a, b| a.other == b.other);
    let targets: Vec<Target<'_>> = of_one
        .filter_map(|contacts| Target::of(contacts, scene))
        .filter(|target| enough(target, bits(target) + config.own_life_bits_max()))
        .collect();
    let asked: Vec<Asked<'_>> = targets
        .iter()
        .map(|target| Asked { contacts: target.contacts, members: &talked.members })
        .collect();
    let lives = own_lives(scene, &asked)?;
    let told = targets.into_iter().zip(lives).filter_map(|(target, own)| {
        let target = target.with_own_life(own);
        let bits = bits(&target);
        let room_last_s = talked.last_s[target.room()];
        let target = target.with_silence(room_last_s, scene);
        enough(&target, bits).then(|| warning(scene, &target, bits))
    });
    let mut told: Vec<Warning> = told.collect();
    let sure_min = scene.config.urgency.sure_min;
    told.sort_by(|a, b| in_order(a, b, sure_min));
    Ok(told)
}

/// Who comes first.
fn in_order(a: &Warning, b: &Warning, sure_min: f64) -> Ordering {
    let less_sure = |warning: &Warning| warning.precision < sure_min;
    let by_priority = b.priority_bits.total_cmp(&a.priority_bits);
    let by_urgency = less_sure(a).cmp(&less_sure(b)).then(a.urgency.cmp(&b.urgency));
    by_urgency.then(by_priority).then(a.line.cmp(&b.line))
}

fn warning(scene: &Scene<'_>, target: &Target<'_>, bits: f64) -> Warning {
    let room = target.room();
    let precision = scene.rooms[room].confidence * probability(bits);
    let contacts = target.contacts;
    let last_s = contacts[contacts.len() - 1].start_s;
    let since_h = f64::from(scene.as_of_s().saturating_sub(last_s)) / 3_600.0;
    let stage = target.stage();
    let urgency = &scene.config.urgency;
    let mut shown: Vec<&Contact> = contacts.iter().collect();
    shown.sort_by_key(|contact| (std::cmp::Reverse(contact.talk_s), contact.start_s));
    shown.truncate(FACTS_MAX);
    shown.sort();
    let mut not_observable = Vec::new();
    if target.share_of_usual.is_none() {
        not_observable.push("Whether their own life has gone quiet.".to_owned());
    }
    not_observable.push("Messages and payments: these feeds carry calls.".to_owned());
    Warning {
        line: contacts[0].other,
        room,
        also: also(contacts, room),
        stage,
        urgency: word(since_h, urgency),
        precision,
        priority_bits: bits.min(urgency.sure_bits_max) + stage_bits(stage, urgency)
            - since_h / urgency.halving_h,
        first_s: contacts[0].start_s,
        last_s,
        talk_s: target.talk_s,
        contacts: contacts.len(),
        lines: target.lines,
        days: target.days,
        hand_offs: target.hand_offs.clone(),
        reason: reason(target, scene),
        counter: counter(target),
        not_observable,
        facts: shown.into_iter().map(|contact| contact.fact()).collect(),
    }
}

/// Other rooms that spoke to them.
fn also(contacts: &[Contact], room: usize) -> Vec<usize> {
    let rooms: BTreeSet<usize> = contacts.iter().map(|contact| contact.room as usize).collect();
    rooms.into_iter().filter(|other| *other != room).collect()
}

fn stage_bits(stage: Stage, config: &UrgencyConfig) -> f64 {
    match stage {
        Stage::Talked => 0.0,
        Stage::HandedOn => config.handed_on_bits,
        Stage::WorkedOn => config.worked_on_bits,
    }
}

fn word(since_h: f64, config: &UrgencyConfig) -> Urgency {
    if since_h <= config.now_h {
        Urgency::Now
    } else if since_h <= config.soon_h {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}
