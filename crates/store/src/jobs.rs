//! Long work on casebooks: what is to be done, and how it stands. It is kept so that work which a crash ended is begun again.

use crate::home::on;
use crate::{Store, StoreError};
use sqlx::Row as _;

/// A piece of long work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its name: a word of chance.
    pub id: String,
    /// The casebook.
    pub casebook: String,
    /// What is to be done, in a form that the store does not read.
    pub work: String,
    /// Who asked for it.
    pub actor: String,
    /// How it stands.
    pub state: JobState,
    /// What it last told.
    pub told: String,
    /// When it was asked for, microseconds since 1970-01-01 UTC.
    pub created_us: i64,
    /// When it last changed.
    pub changed_us: i64,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// It waits.
    Waiting,
    /// It runs, or was running when the program ended.
    Running,
    /// It is done.
    Done,
    /// It failed.
    Failed,
}

impl JobState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Done, Self::Failed];

    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Whether it is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

impl Store {
    /// Adds a job. Errors: the database fails.
    pub async fn add_job(&self, job: &Job) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("INSERT INTO jobs VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0)")
                .bind(&job.id)
                .bind(&job.casebook)
                .bind(&job.work)
                .bind(&job.actor)
                .bind(job.state.word())
                .bind(&job.told)
                .bind(job.created_us)
                .bind(job.changed_us)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Says how a job stands now. Errors: the database fails.
    pub async fn set_job(
        &self,
        id: &str,
        state: JobState,
        told: &str,
        at_us: i64,
    ) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("UPDATE jobs SET state = $2, told = $3, changed_us = $4 WHERE id = $1")
                .bind(id)
                .bind(state.word())
                .bind(told)
                .bind(at_us)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Takes a job for an owner until a moment: one that waits, or whose owner is not heard of any more. Of several who ask, one gets it; `false` for the
    /// others. An owner that asks again keeps it longer. Errors: the database fails.
    pub async fn claim_job(
        &self,
        id: &str,
        owner: &str,
        at_us: i64,
        until_us: i64,
    ) -> Result<bool, StoreError> {
        const CLAIM: &str = "UPDATE jobs SET state = 'running', owner = $2, lease_us = $4, changed_us = $3 \
            WHERE id = $1 AND (state = 'waiting' OR (state = 'running' AND (owner = $2 OR lease_us <= $3)))";
        on!(self, pool => {
            let claimed = sqlx::query(CLAIM)
                .bind(id)
                .bind(owner)
                .bind(at_us)
                .bind(until_us)
                .execute(pool)
                .await?;
            Ok(claimed.rows_affected() == 1)
        })
    }

    /// Forgets jobs that ended before a moment. Errors: the database fails.
    pub async fn forget_jobs(&self, before_us: i64) -> Result<(), StoreError> {
        const FORGET: &str =
            "DELETE FROM jobs WHERE state IN ('done', 'failed') AND changed_us < $1";
        on!(self, pool => {
            sqlx::query(FORGET).bind(before_us).execute(pool).await?;
        });
        Ok(())
    }

    /// All jobs, the first asked for first. Errors: the database fails, or a row is no job.
    pub async fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        on!(self, pool => {
            let rows = sqlx::query(
                "SELECT id, casebook, work, actor, state, told, created_us, changed_us FROM jobs \
                 ORDER BY created_us, id",
            )
            .fetch_all(pool)
            .await?;
            rows.into_iter()
                .map(|row| {
                    let state: String = row.try_get("state")?;
                    let known = JobState::ALL.into_iter().find(|known| known.word() == state);
                    Ok(Job {
                        id: row.try_get("id")?,
                        casebook: row.try_get("casebook")?,
                        work: row.try_get("work")?,
                        actor: row.try_get("actor")?,
                        state: known.ok_or(StoreError::State(state))?,
                        told: row.try_get("told")?,
                        created_us: row.try_get("created_us")?,
                        changed_us: row.try_get("changed_us")?,
                    })
                })
                .collect()
        })
    }
}
