//! How a world is to be.

use crate::dice::Dice;
use crate::room::Order;
use crate::shapes::Shape;

/// Where a world is looked at from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// An operator's own country, rooms of all shapes, targets at home and abroad.
    Operator,
    /// The host country of the seed case: a house whose night is Asia's day, thin voice records.
    Lima,
    /// The target country's gateway: relays, hand-offs and call-backs.
    LimaTarget,
}

/// How hard rooms hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hiding {
    /// Careless.
    Easy,
    /// From careless to careful.
    Mixed,
    /// Careful.
    Hard,
}

/// What the feed of a world shows.
#[expect(clippy::struct_excessive_bools, reason = "each column is there or not")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Handsets.
    pub imei: bool,
    /// Cells.
    pub cell: bool,
    /// SIMs.
    pub imsi: bool,
    /// Routes and attestation.
    pub route: bool,
    /// How attempts ended.
    pub outcome: bool,
    /// Share of the traffic that is seen, 0..=1.
    pub seen: f64,
}

impl Default for View {
    fn default() -> Self {
        Self { imei: true, cell: true, imsi: true, route: true, outcome: true, seen: 1.0 }
    }
}

/// How a world is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Seed.
    pub seed: u64,
    /// About how many calls.
    pub calls: usize,
    /// Days.
    pub days: u32,
    /// Rooms; `None`: by the number of calls.
    pub rooms: Option<usize>,
    /// Where it is looked at from.
    pub preset: Preset,
    /// How hard rooms hide.
    pub hiding: Hiding,
    /// What the feed shows.
    pub view: View,
    /// Whether it is made too what the gateway of the country that is called sees.
    pub gateway: bool,
    /// Whether sightings are made too.
    pub sightings: bool,
    /// Groups who leave their country and fall silent; as many leave and come back.
    pub cohorts: usize,
    /// Ordinary people who change their phone.
    pub swaps: usize,
    /// Houses that phone over the Internet, among those who are seen.
    pub voip_houses: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            calls: 1_000_000,
            days: 28,
            rooms: None,
            preset: Preset::Operator,
            hiding: Hiding::Mixed,
            view: View::default(),
            gateway: false,
            sightings: false,
            cohorts: 0,
            swaps: 0,
            voip_houses: 0,
        }
    }
}

impl Settings {
    /// How the nth room is to be.
    pub(crate) fn order(&self, nth: usize, days: &std::ops::Range<u32>, dice: &mut Dice) -> Order {
        let shape = match self.preset {
            Preset::Operator => Shape::ALL[nth % Shape::ALL.len()],
            Preset::Lima => Shape::House,
            Preset::LimaTarget => [Shape::Relay, Shape::CallBack, Shape::Small][nth % 3],
        };
        let stealth = match self.hiding {
            Hiding::Easy => dice.between(0.0, 0.2),
            Hiding::Mixed => dice.between(0.0, 1.0),
            Hiding::Hard => dice.between(0.8, 1.0),
        };
        let abroad = match self.preset {
            Preset::Operator => shape != Shape::Relay && dice.chance(0.4),
            Preset::Lima => true,
            Preset::LimaTarget => false,
        };
        // Of a target country's relays every other one is a gateway that shows local numbers, not a box of local SIMs.
        let from_abroad =
            self.preset == Preset::LimaTarget && shape == Shape::Relay && nth / 3 % 2 == 1;
        let spec = shape.spec();
        let life = dice.count(spec.life_days.0, spec.life_days.1).min(self.days);
        let latest = days.end.saturating_sub(life.min(9)).max(days.start);
        let first_day = dice.count(days.start, latest);
        let end_day = (first_day + life).min(days.end);
        Order { shape, stealth, abroad, from_abroad, first_day, end_day }
    }
}
