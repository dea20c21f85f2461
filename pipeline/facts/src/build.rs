//! From the piles of the reading threads to parts: first the calls made, then those received.

use crate::bucket::BUCKETS;
use crate::column::Extra;
use crate::inbound::ReceivedLayout;
use crate::made::{self, MadeRows};
use crate::naming::Naming;
use crate::part::CallPart;
use crate::piles::{Pile, Piles};
use crate::row::Layout;
use crate::shelf::{Budget, Kept};
use crate::store::Settings;
use rayon::prelude::*;
use std::io;

/// What the building of parts goes by.
pub(crate) struct Build<'a> {
    /// What rows are translated by.
    pub(crate) naming: &'a Naming,
    /// How facts are made.
    pub(crate) settings: &'a Settings,
}

/// A bucket's piles: the thread that filled it, how its rows lie, and the rows.
pub(crate) type BucketPiles<L> = Vec<(usize, L, Pile)>;

/// A bucket's rows, its number and its lines.
type MadeWork = (BucketPiles<Layout>, usize, Vec<u32>);

/// What one worker made of a run of buckets: parts with calls made, how many rows were folded, and the calls received, by bucket.
struct Made {
    parts: Vec<Kept<CallPart>>,
    folded: usize,
    received: Piles,
}

impl Build<'_> {
    /// The parts of all rows, and how many rows repeated another's call. `lines` are those of each bucket, in canonical order.
    pub(crate) fn parts(
        &self,
        buckets: Vec<BucketPiles<Layout>>,
        lines: Vec<Vec<u32>>,
    ) -> io::Result<(Vec<Kept<CallPart>>, usize)> {
        let budget = &self.settings.budget;
        let layouts = || buckets.iter().flatten().flat_map(|(_, layout, _)| &layout.extras);
        let has = |extra: &Extra| layouts().any(|(own, _)| own == extra);
        let extras: Vec<Extra> = Extra::ALL.into_iter().filter(has).collect();
        let received = ReceivedLayout::new(&extras);
        let numbered = buckets.into_iter().enumerate().zip(lines);
        let work = numbered.map(|((bucket, piles), lines)| (piles, bucket, lines)).collect();
        let shares = shared(work).into_par_iter();
        let made = shares.map(|share| self.made(share, &extras, received));
        let made: Vec<Made> = made.collect::<io::Result<_>>()?;
        let folded = made.iter().map(|made| made.folded).sum();
        let mut parts = Vec::with_capacity(BUCKETS);
        let mut piles = Vec::with_capacity(made.len());
        for made in made {
            parts.extend(made.parts);
            piles.push(vec![((), made.received)]);
        }
        let work: Vec<_> = by_bucket(piles, budget).into_iter().zip(parts).collect();
        let shares = shared(work).into_par_iter();
        let whole = shares.map(|share| self.with_received(share, received));
        let whole: Vec<Vec<_>> = whole.collect::<io::Result<_>>()?;
        Ok((whole.into_iter().flatten().collect(), folded))
    }

    fn made(
        &self,
        share: Vec<MadeWork>,
        extras: &[Extra],
        received: ReceivedLayout,
    ) -> io::Result<Made> {
        let budget = &self.settings.budget;
        let mut made = Made { parts: Vec::new(), folded: 0, received: Piles::new(BUCKETS) };
        for (piles, bucket, lines) in share {
            let rows = piles.into_iter().map(|(reader, layout, pile)| {
                let maps = &self.naming.readers[reader];
                Ok(MadeRows { blocks: pile.into_blocks(budget)?, layout, maps })
            });
            let rows: Vec<MadeRows<'_>> = rows.collect::<io::Result<_>>()?;
            let mut part = made::part(&rows, &self.naming.buckets[bucket], lines, extras);
            drop(rows);
            if !self.settings.keep_duplicates {
                made.folded += part.fold_duplicates();
            }
            received.deal(&part, &self.naming.places, &mut made.received);
            made.received.relieve(budget)?;
            made.parts.push(budget.keep(part)?);
        }
        Ok(made)
    }

    fn with_received(
        &self,
        share: Vec<(BucketPiles<()>, Kept<CallPart>)>,
        received: ReceivedLayout,
    ) -> io::Result<Vec<Kept<CallPart>>> {
        let budget = &self.settings.budget;
        let whole = share.into_iter().map(|(piles, kept)| {
            let mut blocks = Vec::new();
            for (.., pile) in piles {
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
