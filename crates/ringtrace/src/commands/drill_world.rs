//! The settings of a made world, shared by all commands that make one.

use crate::failure::Failure;
use clap::{Args, ValueEnum};
use drill::{Hiding, Preset, Settings, View};

/// How a world is to be.
#[derive(Args, Clone, Debug)]
pub(crate) struct WorldArgs {
    /// About how many calls: rooms and look-alikes make their own beside ordinary life's, so that small worlds grow larger
    #[arg(long, default_value_t = 1_000_000)]
    calls: usize,
    /// Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Days
    #[arg(long, default_value_t = 28, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub(crate) days: u32,
    /// Rooms; by the number of calls where absent
    #[arg(long)]
    rooms: Option<usize>,
    /// Where the world is looked at from
    #[arg(long, value_enum, default_value_t = PresetArg::Operator)]
    preset: PresetArg,
    /// How hard rooms hide
    #[arg(long, value_enum, default_value_t = HidingArg::Mixed)]
    hide: HidingArg,
    /// Columns to leave out, separated by commas: imei, cell, imsi, route, outcome
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
    /// Groups of recruits who leave together and fall silent, and as many of travellers who come back
    #[arg(long, default_value_t = 0, value_name = "GROUPS")]
    cohorts: usize,
    /// Ordinary people who change their phone
    #[arg(long, default_value_t = 0, value_name = "PEOPLE")]
    swaps: usize,
    /// Houses that phone over the Internet: seen, but without calls (with --sightings)
    #[arg(long, default_value_t = 0, value_name = "HOUSES")]
    voip: usize,
    /// Share of the traffic that the feed sees, 0 to 1
    #[arg(long, default_value_t = 1.0)]
    seen: f64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PresetArg {
    Operator,
    Lima,
    LimaTarget,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HidingArg {
    Easy,
    Mixed,
    Hard,
}

impl WorldArgs {
    /// The world's settings. Errors: a column or share that cannot be.
    pub(crate) fn settings(&self) -> anyhow::Result<Settings> {
        let mut view = View { seen: self.seen, ..View::default() };
        for column in &self.without {
            match column.as_str() {
                "imei" => view.imei = false,
                "cell" => view.cell = false,
                "imsi" => view.imsi = false,
                "route" => view.route = false,
                "outcome" => view.outcome = false,
                other => {
                    return Err(Failure::new(
                        format!("there is no column “{other}” to leave out"),
                        "choose from imei, cell, imsi, route, outcome",
                    )
                    .into());
                }
            }
        }
        if !(0.0..=1.0).contains(&self.seen) {
            return Err(Failure::new(
                "the share of traffic seen must lie between 0 and 1",
                "give --seen 0.5 for half of it",
            )
            .into());
        }
        Ok(Settings {
            seed: self.seed,
            calls: self.calls,
            days: self.days.max(1),
            rooms: self.rooms,
            preset: match self.preset {
                PresetArg::Operator => Preset::Operator,
                PresetArg::Lima => Preset::Lima,
                PresetArg::LimaTarget => Preset::LimaTarget,
            },
            hiding: match self.hide {
                HidingArg::Easy => Hiding::Easy,
                HidingArg::Mixed => Hiding::Mixed,
                HidingArg::Hard => Hiding::Hard,
            },
            view,
            sightings: false,
            gateway: false,
            cohorts: self.cohorts,
            swaps: self.swaps,
            voip_houses: self.voip,
        })
    }
}
