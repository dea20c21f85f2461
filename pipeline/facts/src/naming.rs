//! From the dictionaries of the reading threads to canonical names of all but lines and handsets; those are told bucket by bucket.

use crate::column::{Extra, NameSet};
use crate::lane::Dictionaries;
use crate::names::{Interner, Names};
use crate::store::NameSets;
use crate::texts::{Texts, merged};

/// What a reader's own names are called canonically.
#[derive(Debug, Default)]
pub(crate) struct NameMaps {
    cells: Vec<u32>,
    sims: Vec<u32>,
    routes: Vec<u32>,
    raws: Vec<u32>,
    /// Its texts of lines, among all of them.
    pub(crate) line_texts: Vec<u32>,
    /// Its texts of handsets, among all of them.
    pub(crate) handset_texts: Vec<u32>,
}

impl NameMaps {
    /// The canonical indexes of an optional column's names; handsets have none.
    pub(crate) fn of(&self, extra: Extra) -> &[u32] {
        match extra.names() {
            NameSet::Handsets => &[],
            NameSet::Cells => &self.cells,
            NameSet::Sims => &self.sims,
            NameSet::Routes => &self.routes,
            NameSet::Raws => &self.raws,
        }
    }
}

/// Names from the reading, in canonical order.
#[derive(Debug)]
pub(crate) struct Naming {
    /// What each reader's own are called.
    pub(crate) readers: Vec<NameMaps>,
    /// All but lines and handsets.
    pub(crate) names: NameSets,
    /// All texts of lines.
    pub(crate) line_texts: Vec<Box<str>>,
    /// All texts of handsets.
    pub(crate) handset_texts: Vec<Box<str>>,
}

impl Naming {
    /// Merges the dictionaries of all readers.
    pub(crate) fn of(dictionaries: &[Dictionaries]) -> Self {
        let texts = |own: fn(&Dictionaries) -> &Texts| merged(dictionaries.iter().map(own));
        let (line_texts, line_maps) = texts(|own| &own.lines);
        let (handset_texts, handset_maps) = texts(|own| &own.handsets);
        let maps = line_maps.into_iter().zip(handset_maps);
        let mut readers: Vec<_> = maps
            .map(|(line_texts, handset_texts)| NameMaps {
                line_texts,
                handset_texts,
                ..NameMaps::default()
            })
            .collect();
        let mut named = |own: fn(&Dictionaries) -> &Interner,
                         place: fn(&mut NameMaps) -> &mut Vec<u32>| {
            let (names, indexes) = Names::merge(&dictionaries.iter().map(own).collect::<Vec<_>>());
            readers.iter_mut().zip(indexes).for_each(|(maps, indexes)| *place(maps) = indexes);
            names
        };
        let names = NameSets {
            cells: named(|own| &own.cells, |maps| &mut maps.cells),
            sims: named(|own| &own.sims, |maps| &mut maps.sims),
            routes: named(|own| &own.routes, |maps| &mut maps.routes),
            raws: named(|own| &own.raws, |maps| &mut maps.raws),
            ..NameSets::default()
        };
        Self { readers, names, line_texts, handset_texts }
    }
}
