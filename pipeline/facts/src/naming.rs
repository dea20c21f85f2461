//! From the dictionaries of the reading threads, and the census of the buckets, to canonical names.

use crate::bucket::Places;
use crate::build::BucketPiles;
use crate::census::{BucketNames, Census};
use crate::lane::Dictionaries;
use crate::names::{Interner, NameMaps, Names, TextMaps, merged_texts};
use crate::row::Layout;
use crate::shelf::Budget;
use crate::store::NameSets;
use rayon::prelude::*;
use std::io;

/// What rows are translated by.
#[derive(Debug)]
pub(crate) struct Naming {
    /// For each reading thread.
    pub(crate) readers: Vec<NameMaps>,
    /// For each bucket.
    pub(crate) buckets: Vec<BucketNames>,
    /// Where each line stands.
    pub(crate) places: Places,
    /// The lines of each bucket, in canonical order.
    pub(crate) lines: Vec<Vec<u32>>,
}

/// The dictionaries of all readers, by what they name.
#[derive(Default)]
struct Sets {
    lines: Vec<Interner>,
    cells: Vec<Interner>,
    handsets: Vec<Interner>,
    sims: Vec<Interner>,
    routes: Vec<Interner>,
    raws: Vec<Interner>,
}

impl Sets {
    fn of(dictionaries: Vec<Dictionaries>) -> Self {
        let mut sets = Self::default();
        for own in dictionaries {
            sets.lines.push(own.lines);
            sets.cells.push(own.cells);
            sets.handsets.push(own.handsets);
            sets.sims.push(own.sims);
            sets.routes.push(own.routes);
            sets.raws.push(own.raws);
        }
        sets
    }
}

/// Names everything in the rows of all buckets. Errors: the shelf fails.
pub(crate) fn names(
    dictionaries: Vec<Dictionaries>,
    buckets: &[BucketPiles<Layout>],
    budget: &Budget,
) -> io::Result<(NameSets, Naming)> {
    let mut readers: Vec<NameMaps> = dictionaries.iter().map(|_| NameMaps::default()).collect();
    let sets = Sets::of(dictionaries);
    let (line_texts, line_maps) = merged_texts(&sets.lines);
    let (handset_texts, handset_maps) = merged_texts(&sets.handsets);
    for (reader, (lines, handsets)) in
        readers.iter_mut().zip(line_maps.into_iter().zip(handset_maps))
    {
        reader.texts = TextMaps { lines, handsets };
    }
    let censuses = buckets.par_iter().map(|piles| census(piles, &readers, budget));
    let censuses: Vec<Census> = censuses.collect::<io::Result<_>>()?;
    let callees = sets.lines.into_iter().zip(&readers);
    let mut line_keys: Vec<_> =
        callees.map(|(own, maps)| own.into_keys(&maps.texts.lines)).collect();
    line_keys.extend(censuses.iter().map(|census| census.callers.keys().to_vec()));
    let handset_keys: Vec<_> =
        censuses.iter().map(|census| census.handsets.keys().to_vec()).collect();
    let ((lines, mut line_indexes), (handsets, handset_indexes)) = rayon::join(
        || Names::of(line_texts, &line_keys),
        || Names::of(handset_texts, &handset_keys),
    );
    let callers = line_indexes.split_off(readers.len());
    let mut merged = |set: Vec<Interner>, place: fn(&mut NameMaps) -> &mut Vec<u32>| {
        let (names, own) = Names::merge(set);
        readers.iter_mut().zip(own).for_each(|(reader, own)| *place(reader) = own);
        names
    };
    let names = NameSets {
        cells: merged(sets.cells, |maps| &mut maps.cells),
        sims: merged(sets.sims, |maps| &mut maps.sims),
        routes: merged(sets.routes, |maps| &mut maps.routes),
        raws: merged(sets.raws, |maps| &mut maps.raws),
        lines,
        handsets,
    };
    readers.iter_mut().zip(line_indexes).for_each(|(reader, own)| reader.lines = own);
    let (places, lines) = Places::new(&names.lines);
    let indexed = censuses.into_iter().zip(callers.into_iter().zip(handset_indexes));
    let buckets = indexed
        .map(|(census, (callers, handsets))| BucketNames::new(census, &callers, handsets, &places))
        .collect();
    Ok((names, Naming { readers, buckets, places, lines }))
}

fn census(
    piles: &BucketPiles<Layout>,
    readers: &[NameMaps],
    budget: &Budget,
) -> io::Result<Census> {
    let mut census = Census::default();
    for (reader, layout, pile) in piles {
        pile.each_block(budget, |block| census.add(block, layout, &readers[*reader].texts))?;
    }
    Ok(census)
}
