//! From the piles of the reading threads to parts: first the calls made, then those received.

use crate::bucket::{BUCKETS, Places};
use crate::census::Census;
use crate::column::Extra;
use crate::inbound::ReceivedLayout;
use crate::key_index::KeyIndex;
use crate::made::{self, MadeRows, OwnPart};
use crate::names::Names;
use crate::naming::{NameMaps, Naming};
use crate::part::CallPart;
use crate::piles::{Pile, Piles};
use crate::row::Layout;
use crate::shelf::{Budget, Kept};
use crate::store::{NameSets, Settings};
use rayon::prelude::*;
use std::io;

/// A bucket's piles: the thread that filled it, how its rows lie, and the rows.
pub(crate) type BucketPiles<L> = Vec<(usize, L, Pile)>;

/// All calls, and what is known with them.
pub(crate) struct Built {
    pub(crate) parts: Vec<Kept<CallPart>>,
    pub(crate) names: NameSets,
    pub(crate) places: Places,
    /// Rows that repeated another's call.
    pub(crate) folded: usize,
    /// Calls that begin after the moment looked from.
    pub(crate) later: usize,
    /// The latest start of the others, epoch seconds; told where some may be set aside.
    pub(crate) last_s: u32,
    /// Sightings that were kept.
    pub(crate) sightings: usize,
}

/// What one worker makes of a run of buckets: first the calls made, in names of its own.
struct Own {
    census: Census,
    parts: Vec<Kept<OwnPart>>,
}

/// Then the same in canonical names, how many rows were folded and set aside, and the calls received, by bucket.
struct Made {
    parts: Vec<Kept<CallPart>>,
    folded: usize,
    later: usize,
    last_s: u32,
    sightings: usize,
    received: Piles,
}

/// What the building of parts goes by.
struct Build<'a> {
    settings: &'a Settings,
    /// Optional columns that some row has.
    extras: Vec<Extra>,
    received: ReceivedLayout,
}

/// Builds the parts of all buckets. Errors: the shelf is full or fails.
pub(crate) fn built(
    buckets: Vec<BucketPiles<Layout>>,
    naming: Naming,
    settings: &Settings,
) -> io::Result<Built> {
    let layouts = || buckets.iter().flatten().flat_map(|(_, layout, _)| &layout.extras);
    let has = |extra: &Extra| layouts().any(|(own, _)| own == extra);
    let extras: Vec<Extra> = Extra::ALL.into_iter().filter(has).collect();
    let received = ReceivedLayout::new(&extras);
    let build = Build { settings, extras, received };
    let Naming { readers, names, line_texts, handset_texts } = naming;
    let own = shared(buckets).into_par_iter().map(|share| build.own(share, &readers));
    let own: Vec<Own> = own.collect::<io::Result<_>>()?;
    let keys = |of: fn(&Census) -> &KeyIndex| -> Vec<_> {
        own.iter().map(|own| of(&own.census).keys()).collect()
    };
    let (line_keys, handset_keys) = (keys(|own| &own.lines), keys(|own| &own.handsets));
    let ((lines, line_maps), (handsets, handset_maps)) = rayon::join(
        || Names::of(line_texts, &line_keys),
        || Names::of(handset_texts, &handset_keys),
    );
    let (places, mut of_buckets) = Places::new(&lines);
    let names = NameSets { lines, handsets, ..names };
    let maps = line_maps.into_iter().zip(handset_maps);
    let work: Vec<_> = own
        .into_iter()
        .zip(maps)
        .map(|(own, maps)| {
            let rest = of_buckets.split_off(own.parts.len());
            (own.parts, maps, std::mem::replace(&mut of_buckets, rest))
        })
        .collect();
    let made = work.into_par_iter().map(|(own, (lines, handsets), of_buckets)| {
        let named = own.into_iter().zip(of_buckets).map(|(own, of_bucket)| {
            let own = settings.budget.take(own)?;
            Ok(own.canonical(&lines, &handsets, of_bucket))
        });
        build.made(named, &places)
    });
    let made: Vec<Made> = made.collect::<io::Result<_>>()?;
    let folded = made.iter().map(|made| made.folded).sum();
    let later = made.iter().map(|made| made.later).sum();
    let last_s = made.iter().map(|made| made.last_s).max().unwrap_or(0);
    let sightings = made.iter().map(|made| made.sightings).sum();
    let parts = build.whole(made)?;
    Ok(Built { parts, names, places, folded, later, last_s, sightings })
}

impl Build<'_> {
    fn own(&self, share: Vec<BucketPiles<Layout>>, readers: &[NameMaps]) -> io::Result<Own> {
        let budget = &self.settings.budget;
        let mut census = Census::default();
        let parts = share.into_iter().map(|piles| {
            let rows = piles.into_iter().map(|(reader, layout, pile)| {
                Ok(MadeRows { blocks: pile.into_blocks(budget)?, layout, maps: &readers[reader] })
            });
            let rows: Vec<MadeRows<'_>> = rows.collect::<io::Result<_>>()?;
            budget.keep(made::part(&rows, &mut census, &self.extras))
        });
        let parts = parts.collect::<io::Result<_>>()?;
        Ok(Own { census, parts })
    }

    fn made(
        &self,
        parts: impl Iterator<Item = io::Result<CallPart>>,
        places: &Places,
    ) -> io::Result<Made> {
        let budget = &self.settings.budget;
        let received = Piles::new(BUCKETS);
        let mut made =
            Made { parts: Vec::new(), folded: 0, later: 0, last_s: 0, sightings: 0, received };
        for part in parts {
            let mut part = part?;
            let Settings { keep_duplicates, until_s, .. } = self.settings;
            let parted = part.part_sightings(*keep_duplicates, *until_s);
            made.sightings += parted.kept;
            made.folded += parted.folded;
            made.later += parted.later;
            if !*keep_duplicates {
                made.folded += part.fold_duplicates();
            }
            if let Some(until_s) = until_s {
                made.later += part.set_aside(*until_s);
                made.last_s = part.last_s().into_iter().fold(made.last_s, u32::max);
            }
            self.received.deal(&part, places, &mut made.received);
            made.received.relieve(budget)?;
            part.forget(self.settings.forget);
            made.parts.push(budget.keep(part)?);
        }
        Ok(made)
    }

    /// The parts with the calls that their lines received.
    fn whole(&self, made: Vec<Made>) -> io::Result<Vec<Kept<CallPart>>> {
        let (mut parts, mut piles) = (Vec::with_capacity(BUCKETS), Vec::with_capacity(made.len()));
        for made in made {
            parts.extend(made.parts);
            piles.push(vec![((), made.received)]);
        }
        let piles = by_bucket(piles, &self.settings.budget);
        let shares = shared(piles.into_iter().zip(parts).collect()).into_par_iter();
        let whole = shares.map(|share| self.with_received(share));
        let whole: Vec<Vec<_>> = whole.collect::<io::Result<_>>()?;
        Ok(whole.into_iter().flatten().collect())
    }

    fn with_received(
        &self,
        share: Vec<(BucketPiles<()>, Kept<CallPart>)>,
    ) -> io::Result<Vec<Kept<CallPart>>> {
        let budget = &self.settings.budget;
        let whole = share.into_iter().map(|(piles, kept)| {
            let mut blocks = Vec::new();
            for (.., pile) in piles {
                blocks.append(&mut pile.into_blocks(budget)?);
            }
            let mut part = budget.take(kept)?;
            part.inbound = self.received.inbound(&blocks, part.lines().len());
            budget.keep(part)
        });
        whole.collect()
    }
}

/// Turns piles by thread into piles by bucket.
pub(crate) fn by_bucket<L: Clone>(
    rows: Vec<Vec<(L, Piles)>>,
    budget: &Budget,
) -> Vec<BucketPiles<L>> {
    let mut buckets: Vec<BucketPiles<L>> = (0..BUCKETS).map(|_| Vec::new()).collect();
    for (reader, layouts) in rows.into_iter().enumerate() {
        for (layout, piles) in layouts {
            for (bucket, pile) in buckets.iter_mut().zip(piles.into_piles(budget)) {
                bucket.push((reader, layout.clone(), pile));
            }
        }
    }
    buckets
}

/// Runs of neighbouring buckets, one for each worker.
fn shared<T>(mut work: Vec<T>) -> Vec<Vec<T>> {
    let workers = rayon::current_num_threads().max(1);
    let each = work.len().div_ceil(workers).max(1);
    let mut shares = Vec::with_capacity(workers);
    while !work.is_empty() {
        let rest = work.split_off(each.min(work.len()));
        shares.push(std::mem::replace(&mut work, rest));
    }
    shares
}
