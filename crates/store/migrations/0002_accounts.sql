-- People who sign in. Passwords are kept as argon2id hashes in PHC form.
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    administrator BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until_us BIGINT NOT NULL
);

-- What an account may do in a casebook.
CREATE TABLE roles (
    casebook TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (name),
    role TEXT NOT NULL,
    PRIMARY KEY (casebook, account, role)
);

-- Who is signed in, in a browser or as a program (an API token): known by the seal of a secret that only they have.
CREATE TABLE sessions (
    seal TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name),
    token_name TEXT,
    until_us BIGINT NOT NULL
);

-- Long work on a casebook.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    casebook TEXT NOT NULL,
    work TEXT NOT NULL,
    actor TEXT NOT NULL,
    state TEXT NOT NULL,
    told TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    changed_us BIGINT NOT NULL
);
