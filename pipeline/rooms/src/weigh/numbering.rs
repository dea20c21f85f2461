//! Numbers and dialling.

use super::{Weighed, percent};
use crate::config::NumberingFindings;
use crate::group::GroupFacts;
use domain::Family;

pub(super) fn weigh(facts: &GroupFacts, config: &NumberingFindings, weighed: &mut Weighed) {
    if let Some(batch) = facts.batch_share {
        let several = facts.lines >= config.batch_lines_min;
        weighed.add(Family::Numbering, config.batch.bits(batch).filter(|_| several), || {
            format!("{} of the numbers lie close to another: one batch.", percent(batch))
        });
    }
    if let Some(vacant) = facts.vacant_share {
        weighed.add(Family::Numbering, config.vacant.bits(vacant), || {
            format!(
                "{} of the attempts reach vacant numbers: a list, not an address book.",
                percent(vacant)
            )
        });
    }
    let sequential = facts.sequential_share;
    weighed.add(Family::Numbering, config.sequential.bits(sequential), || {
        format!(
            "Numbers are dialled in rising order ({} of steps): a survey or a test.",
            percent(sequential)
        )
    });
}
