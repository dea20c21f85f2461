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
use std::sync::{Mutex, PoisonError};

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

/// What one worker makes of some buckets, each with its number: first the calls made, in names of its own.
struct Own {
    census: Census,
    parts: Vec<(usize, Kept<OwnPart>)>,
}

/// Then the same in canonical names, how many rows were folded and set aside, and the calls received, by bucket.
struct Made {
    parts: Vec<(usize, Kept<CallPart>)>,
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

/// Builds the parts of all buckets. Errors: the shelf is full or fails; the rows of a bucket do not fit into memory.
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
    let own =
        by_workers(buckets.into_iter().enumerate().collect(), |some| build.own(some, &readers))?;
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
    let parts = own.into_iter().enumerate().flat_map(|(worker, own)| {
        own.parts.into_iter().map(move |(nth, part)| (worker, nth, part))
    });
    let work = parts
        .map(|(worker, nth, part)| (nth, (part, std::mem::take(&mut of_buckets[nth]), worker)));
    let made = by_workers(work.collect(), |some| {
        let named = some.map(|(nth, (own, of_bucket, worker))| {
            let own = settings.budget.take(own)?;
            Ok((nth, own.canonical(&line_maps[worker], &handset_maps[worker], of_bucket)))
        });
        build.made(named, &places)
    })?;
    let folded = made.iter().map(|made| made.folded).sum();
    let later = made.iter().map(|made| made.later).sum();
    let last_s = made.iter().map(|made| made.last_s).max().unwrap_or(0);
    let sightings = made.iter().map(|made| made.sightings).sum();
    let parts = build.whole(made)?;
    Ok(Built { parts, names, places, folded, later, last_s, sightings })
}

impl Build<'_> {
    fn own(
        &self,
        some: &mut dyn Iterator<Item = (usize, BucketPiles<Layout>)>,
        readers: &[NameMaps],
    ) -> io::Result<Own> {
        let budget = &self.settings.budget;
        let mut census = Census::default();
        let parts = some.map(|(nth, piles)| {
            budget.fit(piles.iter().map(|(_, layout, pile)| (pile, layout.stride)))?;
            let rows = piles.into_iter().map(|(reader, layout, pile)| {
                Ok(MadeRows { blocks: pile.into_blocks(budget)?, layout, maps: &readers[reader] })
            });
            let rows: Vec<MadeRows<'_>> = rows.collect::<io::Result<_>>()?;
            Ok((nth, budget.keep(made::part(&rows, &mut census, &self.extras))?))
        });
        let parts = parts.collect::<io::Result<_>>()?;
        Ok(Own { census, parts })
    }

    fn made(
        &self,
        parts: impl Iterator<Item = io::Result<(usize, CallPart)>>,
        places: &Places,
    ) -> io::Result<Made> {
        let budget = &self.settings.budget;
        let received = Piles::new(BUCKETS);
        let mut made =
            Made { parts: Vec::new(), folded: 0, later: 0, last_s: 0, sightings: 0, received };
        for part in parts {
            let (nth, mut part) = part?;
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
            made.parts.push((nth, budget.keep(part)?));
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
        parts.sort_unstable_by_key(|(nth, _)| *nth);
        let piles = by_bucket(piles, &self.settings.budget);
        let work: Vec<_> = piles.into_iter().zip(parts).collect();
        let whole = work.into_par_iter().with_max_len(1);
        whole.map(|(piles, (_, part))| self.with_received(piles, part)).collect()
    }

    fn with_received(
        &self,
        piles: BucketPiles<()>,
        kept: Kept<CallPart>,
    ) -> io::Result<Kept<CallPart>> {
        let budget = &self.settings.budget;
        budget.fit(piles.iter().map(|(.., pile)| (pile, self.received.stride())))?;
        let mut blocks = Vec::new();
        for (.., pile) in piles {
            blocks.append(&mut pile.into_blocks(budget)?);
        }
        let mut part = budget.take(kept)?;
        part.inbound = self.received.inbound(&blocks, part.lines().len());
        budget.keep(part)
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

/// What workers make of some work, each of as much as it gets done: none waits for a slower one.
fn by_workers<T: Send, D: Send>(
    work: Vec<T>,
    worker: impl Fn(&mut dyn Iterator<Item = T>) -> io::Result<D> + Sync,
) -> io::Result<Vec<D>> {
    let queue = Mutex::new(work.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let workers = (0..rayon::current_num_threads().max(1)).into_par_iter().with_max_len(1);
    workers.map(|_| worker(&mut std::iter::from_fn(next))).collect()
}
