//! What is true of a world.

use super::{World, begin_s};
use crate::numbers::cell_name;
use crate::truth::{
    Customer, LetGo, SERVING, TrueHold, TrueHook, TrueLine, TrueSwap, Truth, text_of,
};

impl World {
    /// What is true of the world so far.
    pub fn truth(&self) -> Truth {
        let mut truth = Truth::default();
        self.rooms_told(&mut truth);
        truth.swaps.extend(self.swaps.all().map(|swap| TrueSwap {
            line: text_of(swap.old),
            continues_as: text_of(swap.new),
            at_s: swap.at_s,
        }));
        self.cohorts_told(&mut truth);
        self.houses_told(&mut truth);
        self.groups_told(&mut truth);
        truth
    }

    fn rooms_told(&self, truth: &mut Truth) {
        for (nth, room) in self.rooms.iter().enumerate() {
            let group = format!("room{nth:03}");
            let start_s = begin_s(&self.home_clock, room.first_day);
            truth.lines.extend(room.used.iter().map(|used| TrueLine {
                group: group.clone(),
                kind: "room",
                class: room.shape.word().to_owned(),
                line: text_of(used.number),
                role: used.role,
                start_s,
                calls: self.tally.of(used.number),
            }));
            truth.holds.push(TrueHold {
                group: group.clone(),
                class: room.shape.word().to_owned(),
                hold: room.inmates.hold.word().to_owned(),
                site: cell_name(room.site()),
            });
            let hooks = room.hooked.iter().map(|hooked| TrueHook {
                group: group.clone(),
                line: text_of(hooked.number),
                at_s: hooked.at_s,
                form: hooked.form.word().to_owned(),
            });
            truth.hooks.extend(hooks);
            let let_go = room.let_go.iter();
            truth.let_go.extend(
                let_go.map(|number| LetGo { group: group.clone(), line: text_of(*number) }),
            );
        }
    }

    fn cohorts_told(&self, truth: &mut Truth) {
        for (nth, cohort) in self.cohorts.all.iter().enumerate() {
            let line = |number| TrueLine {
                group: format!("cohort{nth:03}"),
                kind: "lookalike",
                class: if cohort.is_trip { "trip" } else { "recruits" }.to_owned(),
                line: text_of(number),
                role: "member",
                start_s: 0,
                calls: 0,
            };
            truth.lines.extend(cohort.numbers(&self.ordinary).map(line));
        }
    }

    fn houses_told(&self, truth: &mut Truth) {
        for (nth, house) in self.voip_houses.iter().enumerate() {
            let group = format!("voip{nth:03}");
            let start_s = begin_s(&self.home_clock, house.first_day);
            truth.lines.extend(house.phones.iter().map(|phone| TrueLine {
                group: group.clone(),
                kind: "room",
                class: "voip house".to_owned(),
                line: text_of(phone.number),
                role: "worker",
                start_s,
                calls: 0,
            }));
            truth.holds.push(TrueHold {
                group,
                class: "voip house".to_owned(),
                hold: house.inmates.hold.word().to_owned(),
                site: house.sites(self.ordinary.cells).map(cell_name).join("|"),
            });
        }
    }

    fn groups_told(&self, truth: &mut Truth) {
        for (nth, look_alike) in self.groups.iter().enumerate() {
            if SERVING.contains(&look_alike.habits.class) {
                truth.customers.extend(look_alike.customers.iter().map(|number| Customer {
                    group: format!("group{nth:03}"),
                    class: look_alike.habits.class.to_owned(),
                    line: text_of(*number),
                }));
            }
            let start_s = begin_s(&self.home_clock, look_alike.first_day);
            truth.lines.extend(look_alike.phones.iter().map(|phone| TrueLine {
                group: format!("group{nth:03}"),
                kind: "lookalike",
                class: look_alike.habits.class.to_owned(),
                line: text_of(phone.number),
                role: "member",
                start_s,
                calls: self.tally.of(phone.number),
            }));
        }
    }

    /// The numbers under which rooms came in at the gateway.
    pub fn shown_at_gateway(&self) -> Vec<TrueLine> {
        let names = self.names();
        let line = |(number, room): (u64, usize)| TrueLine {
            group: names[room].clone(),
            kind: "room",
            class: "house".to_owned(),
            line: text_of(number),
            role: "worker",
            start_s: 0,
            calls: 9,
        };
        self.gateway.shown().map(line).collect()
    }

    /// The names of rooms and of houses that phone over the Internet.
    fn names(&self) -> Vec<String> {
        let rooms = (0..self.rooms.len()).map(|nth| format!("room{nth:03}"));
        rooms.chain((0..self.voip_houses.len()).map(|nth| format!("voip{nth:03}"))).collect()
    }
}
