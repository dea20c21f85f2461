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
                "INSERT INTO accounts VALUES ($1, $2, $3, $4, 0, 0) ON CONFLICT DO NOTHING",
            )
            .bind(&account.name)
            .bind(&account.password)
            .bind(i64::from(account.is_administrator))
            .bind(at_us)
            .execute(pool)
            .await?;
            Ok(added.rows_affected() == 1)
        })
    }

    /// All accounts, by name. Errors: the database fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        on!(self, pool => {
            let rows = sqlx::query(
                "SELECT name, password, administrator, failures, locked_until_us FROM accounts ORDER BY name",
            )
            .fetch_all(pool)
            .await?;
            rows.into_iter()
                .map(|row| {
                    Ok(Account {
                        name: row.try_get("name")?,
                        password: row.try_get("password")?,
                        is_administrator: row.try_get::<i64, _>("administrator")? != 0,
                        failures: u32::try_from(row.try_get::<i64, _>("failures")?)?,
                        locked_until_us: row.try_get("locked_until_us")?,
                    })
                })
                .collect()
        })
    }

    /// One account. Errors: the database fails.
    pub async fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.accounts().await?.into_iter().find(|account| account.name == name))
    }

    /// Remembers how often a password was wrong, and until when none is looked at. Errors: the database fails.
    pub async fn set_failures(
        &self,
        name: &str,
        failures: u32,
        locked_until_us: i64,
    ) -> Result<(), StoreError> {
        on!(self, pool => {
            sqlx::query("UPDATE accounts SET failures = $2, locked_until_us = $3 WHERE name = $1")
                .bind(name)
                .bind(i64::from(failures))
                .bind(locked_until_us)
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
