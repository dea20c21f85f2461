//! One look at all lines: who may be worked, and how common cells, handsets and callees are.

use crate::candidate::{CLOSER_LOOK, Candidate, FIRST_LOOK, has_a_life, kind_of};
use crate::config::Config;
use domain::LineKind;
use facts::{Budget, CallPart, Calls, NONE};
use profiles::{Context, Profile, Wanted, profile_part};
use rayon::prelude::*;
use std::io;

/// What a look at all lines gave.
#[derive(Debug, Default)]
pub struct Survey {
    /// Lines that may be worked, in canonical order.
    pub candidates: Vec<Candidate>,
    /// Lines that made a call.
    pub lines: usize,
    /// For each cell, lines that called from it.
    pub cell_lines: Vec<u32>,
    /// For each handset, lines that called with it.
    pub handset_lines: Vec<u32>,
}

/// Looks at all lines. Withheld callers are no line.
///
/// Errors: the shelf that calls are kept on fails.
pub fn survey(calls: &Calls, context: &Context<'_>, config: &Config) -> io::Result<Survey> {
    let names = &calls.names;
    let mut survey = Survey {
        cell_lines: vec![0; names.cells.len()],
        handset_lines: vec![0; names.handsets.len()],
        ..Survey::default()
    };
    let parts = calls.map_parts(|part| look(part, context, config, calls.budget()))?;
    let parts: Vec<PartSurvey> = parts.into_iter().collect::<io::Result<_>>()?;
    for part in &parts {
        survey.lines += part.lines;
        part.cells.iter().for_each(|cell| survey.cell_lines[*cell as usize] += 1);
        part.handsets.iter().for_each(|handset| survey.handset_lines[*handset as usize] += 1);
    }
    survey.candidates = in_order(parts.into_iter().map(|part| part.candidates).collect());
    Ok(survey)
}

/// The candidates of all parts in canonical order; those of each are. Sorting would move each many times.
fn in_order(parts: Vec<Vec<Candidate>>) -> Vec<Candidate> {
    let lines = parts.iter().enumerate().flat_map(|(part, candidates)| {
        candidates.iter().map(move |candidate| (candidate.line, part))
    });
    let mut order: Vec<(u32, usize)> = lines.collect();
    order.par_sort_unstable();
    let mut parts: Vec<_> = parts.into_iter().map(Vec::into_iter).collect();
    order.into_iter().filter_map(|(_, part)| parts[part].next()).collect()
}

#[derive(Default)]
struct PartSurvey {
    candidates: Vec<Candidate>,
    lines: usize,
    cells: Vec<u32>,
    handsets: Vec<u32>,
}

fn look(
    part: &CallPart,
    context: &Context<'_>,
    config: &Config,
    budget: &Budget,
) -> io::Result<PartSurvey> {
    let (mut found, mut candidates) = (PartSurvey::default(), Vec::new());
    let mut buffer = Vec::new();
    let closer = Wanted::with_columns(&CLOSER_LOOK);
    profile_part(part, context, Wanted::with_columns(&FIRST_LOOK), |profile, calls| {
        if context.lines.key(calls.line).kind() == LineKind::Withheld {
            return;
        }
        found.lines += usize::from(!calls.made.callee.is_empty());
        distinct(calls.made.cell, &mut buffer, &mut found.cells);
        distinct(calls.made.handset, &mut buffer, &mut found.handsets);
        let Some(kind) = kind_of(profile, &config.candidate) else { return };
        let profile = Profile::of(calls, context, closer, &mut buffer);
        if !has_a_life(&profile, &config.candidate) {
            candidates.push(Candidate::new(kind, &profile, calls, context, &config.pair, budget));
        }
    });
    found.candidates = candidates.into_iter().collect::<io::Result<_>>()?;
    Ok(found)
}

fn distinct(column: &[u32], buffer: &mut Vec<u32>, into: &mut Vec<u32>) {
    buffer.clear();
    buffer.extend(column.iter().filter(|value| **value != NONE));
    buffer.sort_unstable();
    buffer.dedup();
    into.extend_from_slice(buffer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_ask_for_columns_that_there_are() {
        let known: Vec<_> = Wanted::ALL.columns().map(|field| field.name).collect();
        for column in FIRST_LOOK.iter().chain(&CLOSER_LOOK) {
            assert!(known.contains(column), "{column}");
        }
    }
}
