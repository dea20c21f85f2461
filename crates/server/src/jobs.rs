//! Long work, each piece in a process of its own: it can be ended, it takes no memory from the pages, and what a crash ended is begun again.

use crate::casebooks::Work;
use crate::memory::exceeded;
use crate::secret::seal;
use crate::{Desk, now_us};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use store::{Job, JobState, StoreError};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::time::timeout;

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
        if self.has_job(casebook, work, |state| state == JobState::Waiting).await? {
            return Ok(());
        }
        let at_us = now_us();
        let job = Job {
            id: id(casebook, at_us),
            casebook: casebook.to_owned(),
            work: text_of(work),
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

    /// Whether such work on a casebook is in such a state. Errors: the store fails.
    pub(crate) async fn has_job(
        &self,
        casebook: &str,
        work: &Work,
        state: impl Fn(JobState) -> bool,
    ) -> Result<bool, StoreError> {
        let work = text_of(work);
        let known = self.casebooks.store().jobs().await?;
        let mut alike = known.iter().filter(|job| job.casebook == casebook && job.work == work);
        Ok(alike.any(|job| state(job.state)))
    }
}

fn text_of(work: &Work) -> String {
    serde_json::to_string(work).unwrap_or_default()
}

/// A name that no other job has: two are not asked for of one casebook in one microsecond.
fn id(casebook: &str, at_us: i64) -> String {
    let mut id = seal(casebook, &at_us.to_string());
    id.truncate(16);
    id
}

/// How long a job is believed to be its owner's, who keeps saying so.
const LEASE: Duration = Duration::from_secs(20);
/// How often an owner says so.
const BEAT: Duration = Duration::from_secs(5);
/// How long a job may take.
const JOB_MAX: Duration = Duration::from_hours(12);
/// How long jobs are remembered.
const REMEMBERED: Duration = Duration::from_hours(24 * 30);

fn us(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Does one job after another, also those that another server was at and is not heard of any more.
pub(crate) async fn run(desk: Arc<Desk>) {
    loop {
        let worked = match next(&desk).await {
            Ok(Some(job)) => done(&desk, &job).await,
            Ok(None) => {
                let _told_or_not = timeout(LEASE, desk.jobs.notified()).await;
                Ok(())
            }
            Err(error) => Err(error),
        };
        if let Err(error) = worked {
            tracing::error!(error = &error as &dyn std::error::Error, "jobs wait for the store");
            tokio::time::sleep(BEAT).await;
        }
    }
}

/// The next job that is this server's to do.
async fn next(desk: &Desk) -> Result<Option<Job>, StoreError> {
    let store = desk.casebooks.store();
    store.forget_jobs(now_us() - us(REMEMBERED)).await?;
    let open = store.jobs().await?.into_iter().filter(|job| job.state.is_open());
    for job in open {
        if desk.casebooks.is_there(&job.casebook) && claimed(desk, &job).await? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

async fn claimed(desk: &Desk, job: &Job) -> Result<bool, StoreError> {
    let at_us = now_us();
    desk.casebooks.store().claim_job(&job.id, &desk.name, at_us, at_us + us(LEASE)).await
}

async fn done(desk: &Desk, job: &Job) -> Result<(), StoreError> {
    let store = desk.casebooks.store();
    let work = serde_json::from_str::<Work>(&job.work);
    let (state, told) = match &work {
        Ok(work) => match worked(desk, job, work).await {
            Some(ended) => ended,
            // Whoever ended it said what there is to say.
            None => return Ok(()),
        },
        Err(_) => (JobState::Failed, "This version does not know such work.".to_owned()),
    };
    store.set_job(&job.id, state, &told, now_us()).await?;
    if let (JobState::Done, Ok(Work::Import { file, .. })) = (state, &work) {
        // What could not be read to its end is kept, to be looked at.
        if !told.starts_with(PROBLEMS) {
            forget(desk, job, file).await;
        }
        desk.add_job(&job.casebook, &job.actor, &Work::Find).await?;
    }
    Ok(())
}

async fn forget(desk: &Desk, job: &Job, file: &str) {
    let (casebooks, casebook, file) =
        (Arc::clone(&desk.casebooks), job.casebook.clone(), file.to_owned());
    let forgotten = tokio::task::spawn_blocking(move || casebooks.forget(&casebook, &file)).await;
    if let Ok(Err(error)) = forgotten {
        tracing::warn!(error = &error as &dyn std::error::Error, "an imported file stays");
    }
}

/// Begins what is told of work that was done and met problems.
const PROBLEMS: &str = "Done, with problems: ";

/// Runs the command of a job to its end; `None` where somebody ended it.
async fn worked(desk: &Desk, job: &Job, work: &Work) -> Option<(JobState, String)> {
    let mut command = tokio::process::Command::from(desk.casebooks.command(&job.casebook, work));
    // Whoever asked for it did it: so the log has it.
    command.env("USER", &job.actor);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    // What ends the server at a keyboard does not end it: it is begun again, and had better not be half told.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Some((JobState::Failed, format!("It could not be started: {error}"))),
    };
    let stderr = child.stderr.take();
    let told = async {
        match stderr {
            Some(stderr) => last_words(stderr).await,
            None => String::new(),
        }
    };
    let too_much = exceeded(child.id(), desk.casebooks.memory_max());
    let ended = async { tokio::join!(told, child.wait()) };
    tokio::select! {
        (told, status) = ended => Some(match status {
            Ok(status) => state_of(status.code(), told),
            Err(error) => (JobState::Failed, error.to_string()),
        }),
        () = lost(desk, job) => None,
        () = too_much => {
            let sentence = "It took more memory than work may take here, and was ended: do it on the command line, or serve with more (--memory).";
            Some((JobState::Failed, sentence.to_owned()))
        }
        () = tokio::time::sleep(JOB_MAX) => {
            Some((JobState::Failed, "It took too long, and was ended.".to_owned()))
        }
    }
}

fn state_of(code: Option<i32>, told: String) -> (JobState, String) {
    match code {
        Some(0) => (JobState::Done, told),
        // The command's own word for it.
        Some(1) => (JobState::Done, format!("{PROBLEMS}{told}")),
        Some(_) => (JobState::Failed, told),
        None => (JobState::Failed, format!("The system ended it. {told}")),
    }
}

/// Keeps saying whose a job is, until it is so no more: somebody ended it.
async fn lost(desk: &Desk, job: &Job) {
    loop {
        tokio::time::sleep(BEAT).await;
        match claimed(desk, job).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a job is not kept");
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_met_problems_is_done_and_says_so() {
        let told = |code| state_of(code, "row 7".to_owned());
        assert_eq!(told(Some(0)), (JobState::Done, "row 7".to_owned()));
        assert_eq!(told(Some(1)), (JobState::Done, "Done, with problems: row 7".to_owned()));
        assert_eq!(told(Some(2)).0, JobState::Failed);
        assert_eq!(told(None), (JobState::Failed, "The system ended it. row 7".to_owned()));
    }
}
