//! Long work, each piece in a process of its own: it can be ended, it takes no memory from the pages, and what a crash ended is begun again.

use crate::casebooks::Work;
use crate::secret::seal;
use crate::{Desk, now_us};
use std::process::Stdio;
use std::sync::Arc;
use store::{Job, JobState, StoreError};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};

/// Letters that are kept of what a job last told.
const TOLD_MAX: usize = 2_000;

impl Desk {
    /// Asks for work on a casebook; what waits already is not asked for twice. Errors: the store fails.
    pub(crate) async fn add_job(
        &self,
        casebook: &str,
        actor: &str,
        work: &Work,
    ) -> Result<(), StoreError> {
        let at_us = now_us();
        let work = serde_json::to_string(work).unwrap_or_default();
        let known = self.casebooks.store().jobs().await?;
        let waits = known.iter().any(|job| {
            job.state == JobState::Waiting && job.casebook == casebook && job.work == work
        });
        if waits {
            return Ok(());
        }
        let job = Job {
            id: id(casebook, at_us),
            casebook: casebook.to_owned(),
            work,
            actor: actor.to_owned(),
            state: JobState::Waiting,
            told: String::new(),
            created_us: at_us,
            changed_us: at_us,
        };
        self.casebooks.store().add_job(&job).await?;
        self.jobs.notify_one();
        Ok(())
    }
}

/// A name that no other job has: two are not asked for of one casebook in one microsecond.
fn id(casebook: &str, at_us: i64) -> String {
    let mut id = seal(casebook, &at_us.to_string());
    id.truncate(16);
    id
}

/// Does one job after another, those first that were running when the program last ended.
pub(crate) async fn run(desk: Arc<Desk>) {
    loop {
        match next(&desk).await {
            Ok(Some(job)) => {
                if let Err(error) = done(&desk, &job).await {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a job's state is not kept"
                    );
                    return;
                }
            }
            Ok(None) => desk.jobs.notified().await,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "jobs cannot be read");
                return;
            }
        }
    }
}

async fn next(desk: &Desk) -> Result<Option<Job>, StoreError> {
    Ok(desk.casebooks.store().jobs().await?.into_iter().find(|job| job.state.is_open()))
}

async fn done(desk: &Desk, job: &Job) -> Result<(), StoreError> {
    let store = desk.casebooks.store();
    store.set_job(&job.id, JobState::Running, "", now_us()).await?;
    let work = serde_json::from_str::<Work>(&job.work);
    let (state, told) = match &work {
        Ok(work) => worked(desk, job, work).await,
        Err(_) => (JobState::Failed, "This version does not know such work.".to_owned()),
    };
    if let (JobState::Done, Ok(Work::Import { file, .. })) = (state, &work) {
        if let Err(error) = desk.casebooks.forget(&job.casebook, file) {
            tracing::warn!(error = &error as &dyn std::error::Error, "an imported file stays");
        }
        desk.add_job(&job.casebook, &job.actor, &Work::Find).await?;
    }
    store.set_job(&job.id, state, &told, now_us()).await
}

/// Runs the command of a job to its end.
async fn worked(desk: &Desk, job: &Job, work: &Work) -> (JobState, String) {
    let mut command = tokio::process::Command::from(desk.casebooks.command(&job.casebook, work));
    // Whoever asked for it did it: so the log has it.
    command.env("USER", &job.actor);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return (JobState::Failed, format!("It could not be started: {error}")),
    };
    let told = match child.stderr.take() {
        Some(stderr) => last_words(stderr).await,
        None => String::new(),
    };
    match child.wait().await {
        Ok(status) if status.success() => (JobState::Done, told),
        Ok(_) => (JobState::Failed, told),
        Err(error) => (JobState::Failed, error.to_string()),
    }
}

/// The last of what a command says.
async fn last_words(stderr: impl AsyncRead + Unpin) -> String {
    let mut told = String::new();
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        told.push_str(&line);
        told.push('\n');
        if let Some(from) = told.len().checked_sub(TOLD_MAX) {
            let from = (from..told.len()).find(|at| told.is_char_boundary(*at)).unwrap_or(0);
            told.drain(..from);
        }
    }
    told
}
