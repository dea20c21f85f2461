//! People who sign in, what they may do where, and who is signed in.

use crate::home::on;
use crate::{Store, StoreError};
use sqlx::Row as _;

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Their name, as the log has it.
    pub name: String,
    /// The hash of their password, in PHC form.
    pub password: String,
    /// Whether they keep the accounts.
    pub is_administrator: bool,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// Until when no password is looked at, microseconds since 1970-01-01 UTC.
    pub locked_until_us: i64,
    /// Whether somebody else knows the password, so that it has to be changed.
    pub must_change: bool,
    /// Whether it was ended: it stays, for what it did.
    pub is_ended: bool,
}

/// A row of accounts: name, password, administrator, failures, lock, must change, ended.
type AccountRow = (String, String, i64, i64, i64, i64, i64);

/// Its columns.
const COLUMNS: &str = "SELECT name, password, administrator, failures, locked_until_us, must_change, ended FROM accounts ";

impl Account {
    fn of(row: AccountRow) -> Result<Self, StoreError> {
        let (name, password, administrator, failures, locked_until_us, must_change, ended) = row;
        Ok(Self {
            name,
            password,
            is_administrator: administrator != 0,
            failures: u32::try_from(failures)?,
            locked_until_us,
            must_change: must_change != 0,
            is_ended: ended != 0,
        })
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Their account.
    pub account: String,
    /// The name of the API token that they came with; `None` in a browser.
    pub token_name: Option<String>,
    /// Until when, microseconds since 1970-01-01 UTC.
    pub until_us: i64,
}

/// What an account may do in a casebook, in a word that the store does not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleOf {
    /// The casebook.
    pub casebook: String,
    /// The account.
    pub account: String,
    /// The role's word.
    pub role: String,
}

impl Store {
    /// Adds an account; `false` where its name is taken. Errors: the database fails.
    pub async fn add_account(&self, account: &Account, at_us: i64) -> Result<bool, StoreError> {
        on!(self, pool => {
            let added = sqlx::query(
                "INSERT INTO accounts VALUES ($1, $2, $3, $4, 0, 0, $5, 0) ON CONFLICT DO NOTHING",
            )
            .bind(&account.name)
            .bind(&account.password)
            .bind(i64::from(account.is_administrator))
            .bind(at_us)
            .bind(i64::from(account.must_change))
            .execute(pool)
            .await?;
            Ok(added.rows_affected() == 1)
        })
    }

    /// All accounts, by name. Errors: the database fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.accounts_like("WHERE name <> $1 ORDER BY name", "").await
    }

    /// One account. Errors: the database fails.
    pub async fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.accounts_like("WHERE name = $1", name).await?.pop())
    }

    async fn accounts_like(&self, which: &str, name: &str) -> Result<Vec<Account>, StoreError> {
        on!(self, pool => {
            let query = sqlx::AssertSqlSafe(format!("{COLUMNS}{which}"));
            let rows: Vec<AccountRow> = sqlx::query_as(query).bind(name).fetch_all(pool).await?;
            rows.into_iter().map(Account::of).collect()
        })
    }

    /// Counts a wrong password: how many there were since the last right one. Errors: the database fails, or there is no such account.
    pub async fn add_failure(&self, name: &str) -> Result<u32, StoreError> {
        const COUNT: &str =
            "UPDATE accounts SET failures = failures + 1 WHERE name = $1 RETURNING failures";
        on!(self, pool => {
            let failures: i64 = sqlx::query_scalar(COUNT).bind(name).fetch_one(pool).await?;
            Ok(u32::try_from(failures)?)
        })
    }

    /// Looks at no password until then, microseconds since 1970-01-01 UTC. Errors: the database fails.
    pub async fn lock_account(&self, name: &str, until_us: i64) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("UPDATE accounts SET locked_until_us = $2 WHERE name = $1")
                .bind(name)
                .bind(until_us)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Forgets wrong passwords. Errors: the database fails.
    pub async fn forget_failures(&self, name: &str) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("UPDATE accounts SET failures = 0, locked_until_us = 0 WHERE name = $1")
                .bind(name)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Gives an account another password (its hash in PHC form) and signs it out everywhere. Errors: the database fails.
    pub async fn set_password(
        &self,
        name: &str,
        password: &str,
        must_change: bool,
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE accounts SET password = $2, must_change = $3, failures = 0, locked_until_us = 0 WHERE name = $1";
        on!(self, pool => {
            sqlx::query(SET)
                .bind(name)
                .bind(password)
                .bind(i64::from(must_change))
                .execute(pool)
                .await?;
        });
        self.end_sessions(name).await
    }

    /// Ends an account: it is signed out, and signs in no more. Errors: the database fails.
    pub async fn end_account(&self, name: &str) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("UPDATE accounts SET ended = 1 WHERE name = $1")
                .bind(name)
                .execute(pool)
                .await?;
        });
        self.end_sessions(name).await
    }

    /// Signs an account out everywhere, its tokens with it. Errors: the database fails.
    async fn end_sessions(&self, account: &str) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("DELETE FROM sessions WHERE account = $1")
                .bind(account)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Lets an account do something in a casebook. Errors: the database fails, or there is no such account.
    pub async fn add_role(&self, role: &RoleOf) -> Result<(), StoreError> {
        self.change_role("INSERT INTO roles VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", role).await
    }

    /// Takes that back. Errors: the database fails.
    pub async fn end_role(&self, role: &RoleOf) -> Result<(), StoreError> {
        const END: &str = "DELETE FROM roles WHERE casebook = $1 AND account = $2 AND role = $3";
        self.change_role(END, role).await
    }

    async fn change_role(&self, change: &'static str, role: &RoleOf) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query(change)
                .bind(&role.casebook)
                .bind(&role.account)
                .bind(&role.role)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// All roles, in order. Errors: the database fails.
    pub async fn roles(&self) -> Result<Vec<RoleOf>, StoreError> {
        self.roles_like("SELECT casebook, account, role FROM roles WHERE account <> $1", "").await
    }

    /// The roles of an account, in order. Errors: the database fails.
    pub async fn roles_of(&self, account: &str) -> Result<Vec<RoleOf>, StoreError> {
        const OWN: &str = "SELECT casebook, account, role FROM roles WHERE account = $1";
        self.roles_like(OWN, account).await
    }

    async fn roles_like(
        &self,
        query: &'static str,
        account: &str,
    ) -> Result<Vec<RoleOf>, StoreError> {
        on!(self, pool => {
            let rows = sqlx::query(query).bind(account).fetch_all(pool).await?;
            let mut roles = rows
                .into_iter()
                .map(|row| {
                    Ok(RoleOf {
                        casebook: row.try_get("casebook")?,
                        account: row.try_get("account")?,
                        role: row.try_get("role")?,
                    })
                })
                .collect::<Result<Vec<_>, StoreError>>()?;
            roles.sort();
            Ok(roles)
        })
    }

    /// Signs somebody in under the seal of a secret. Errors: the database fails, or there is no such account.
    pub async fn add_session(&self, seal: &str, session: &Session) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("INSERT INTO sessions VALUES ($1, $2, $3, $4)")
                .bind(seal)
                .bind(&session.account)
                .bind(&session.token_name)
                .bind(session.until_us)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Who is signed in under a seal at a moment. Errors: the database fails.
    pub async fn session(&self, seal: &str, at_us: i64) -> Result<Option<Session>, StoreError> {
        on!(self, pool => {
            let row = sqlx::query(
                "SELECT account, token_name, until_us FROM sessions WHERE seal = $1 AND until_us > $2",
            )
            .bind(seal)
            .bind(at_us)
            .fetch_optional(pool)
            .await?;
            row.map_or(Ok(None), |row| {
                Ok(Some(Session {
                    account: row.try_get("account")?,
                    token_name: row.try_get("token_name")?,
                    until_us: row.try_get("until_us")?,
                }))
            })
        })
    }

    /// The tokens of an account that hold at a moment, by name: each with its seal. Errors: the database fails.
    pub async fn tokens_of(
        &self,
        account: &str,
        at_us: i64,
    ) -> Result<Vec<(String, Session)>, StoreError> {
        const OWN: &str = "SELECT seal, account, token_name, until_us FROM sessions \
            WHERE account = $1 AND until_us > $2 AND token_name IS NOT NULL ORDER BY token_name, seal";
        on!(self, pool => {
            let rows: Vec<(String, String, Option<String>, i64)> =
                sqlx::query_as(OWN).bind(account).bind(at_us).fetch_all(pool).await?;
            let session = |(seal, account, token_name, until_us)| {
                (seal, Session { account, token_name, until_us })
            };
            Ok(rows.into_iter().map(session).collect())
        })
    }

    /// Signs somebody out, and forgets all whose time is over. Errors: the database fails.
    pub async fn end_session(&self, seal: &str, at_us: i64) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("DELETE FROM sessions WHERE seal = $1 OR until_us <= $2")
                .bind(seal)
                .bind(at_us)
                .execute(pool)
                .await?;
        });
        Ok(())
    }
}
