//! From the piles of the reading threads to parts: first the calls made, then those received.

use crate::bucket::{BUCKETS, Places};
use crate::column::Extra;
use crate::inbound::ReceivedLayout;
use crate::made::{self, MadeRows};
use crate::names::NameMaps;
use crate::part::CallPart;
use crate::piles::{Pile, Piles};
use crate::shelf::{Budget, Kept};
use crate::store::Settings;
use rayon::prelude::*;
use std::io;

/// What the building of parts goes by.
pub(crate) struct Build<'a> {
    /// The canonical index of each reading thread's names.
    maps: &'a [NameMaps],
    /// The place in its bucket of each line that a reading thread knows.
    own_places: Vec<Vec<u32>>,
    /// Where each line stands.
    places: &'a Places,
    /// How facts are made.
    settings: &'a Settings,
}

/// A bucket's piles: the reading thread, the optional columns of its rows, and the rows.
type BucketPiles = Vec<(usize, Vec<Extra>, Pile)>;

/// What one worker made of a run of buckets: parts with calls made, how many rows were folded, and the calls received, by bucket.
struct Made {
    parts: Vec<Kept<CallPart>>,
    folded: usize,
    received: Piles,
}

impl<'a> Build<'a> {
    /// A building of parts by canonical names, places and settings.
    pub(crate) fn new(maps: &'a [NameMaps], places: &'a Places, settings: &'a Settings) -> Self {
        let own = |maps: &NameMaps| maps.lines.iter().map(|line| places.of(*line).1).collect();
        Self { maps, own_places: maps.iter().map(own).collect(), places, settings }
    }

    /// The parts of all rows, and how many rows repeated another's call.
    pub(crate) fn parts(
        &self,
        rows: Vec<Vec<(Vec<Extra>, Piles)>>,
        lines: Vec<Vec<u32>>,
    ) -> io::Result<(Vec<Kept<CallPart>>, usize)> {
        let budget = &self.settings.budget;
        let has = |extra: &Extra| rows.iter().flatten().any(|(own, _)| own.contains(extra));
        let extras: Vec<Extra> = Extra::ALL.into_iter().filter(has).collect();
        let received = ReceivedLayout::new(&extras);
        let work: Vec<(BucketPiles, Vec<u32>)> =
            by_bucket(rows, budget).into_iter().zip(lines).collect();
        let shares = shared(work).into_par_iter();
        let made = shares.map(|share| self.made(share, &extras, received));
        let made: Vec<Made> = made.collect::<io::Result<_>>()?;
        let folded = made.iter().map(|made| made.folded).sum();
        let mut parts = Vec::with_capacity(BUCKETS);
        let mut piles = Vec::with_capacity(made.len());
        for made in made {
            parts.extend(made.parts);
            piles.push((Vec::new(), made.received));
        }
        let work: Vec<_> = by_bucket(vec![piles], budget).into_iter().zip(parts).collect();
        let shares = shared(work).into_par_iter();
        let whole = shares.map(|share| self.with_received(share, received));
        let whole: Vec<Vec<_>> = whole.collect::<io::Result<_>>()?;
        Ok((whole.into_iter().flatten().collect(), folded))
    }

    fn made(
        &self,
        share: Vec<(BucketPiles, Vec<u32>)>,
        extras: &[Extra],
        received: ReceivedLayout,
    ) -> io::Result<Made> {
        let budget = &self.settings.budget;
        let mut made = Made { parts: Vec::new(), folded: 0, received: Piles::new(BUCKETS) };
        for (piles, lines) in share {
            let rows = piles.into_iter().map(|(reader, extras, pile)| {
                let (maps, places) = (&self.maps[reader], &*self.own_places[reader]);
                Ok(MadeRows { blocks: pile.into_blocks(budget)?, extras, maps, places })
            });
            let rows: Vec<MadeRows<'_>> = rows.collect::<io::Result<_>>()?;
            let mut part = made::part(&rows, lines, extras);
            drop(rows);
            if !self.settings.keep_duplicates {
                made.folded += part.fold_duplicates();
            }
            received.deal(&part, self.places, &mut made.received);
            made.received.relieve(budget)?;
            made.parts.push(budget.keep(part)?);
        }
        Ok(made)
    }

    fn with_received(
        &self,
        share: Vec<(BucketPiles, Kept<CallPart>)>,
        received: ReceivedLayout,
    ) -> io::Result<Vec<Kept<CallPart>>> {
        let budget = &self.settings.budget;
        let whole = share.into_iter().map(|(piles, kept)| {
            let mut blocks = Vec::new();
            for (_, _, pile) in piles {
                blocks.append(&mut pile.into_blocks(budget)?);
            }
            let mut part = budget.take(kept)?;
            part.inbound = received.inbound(&blocks, part.lines().len());
            budget.keep(part)
        });
        whole.collect()
    }
}

/// Turns piles by thread into piles by bucket.
fn by_bucket(rows: Vec<Vec<(Vec<Extra>, Piles)>>, budget: &Budget) -> Vec<BucketPiles> {
    let mut buckets: Vec<BucketPiles> = (0..BUCKETS).map(|_| Vec::new()).collect();
    for (reader, layouts) in rows.into_iter().enumerate() {
        for (extras, piles) in layouts {
            for (bucket, pile) in buckets.iter_mut().zip(piles.into_piles(budget)) {
                bucket.push((reader, extras.clone(), pile));
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
