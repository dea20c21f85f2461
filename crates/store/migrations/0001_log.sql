-- One investigation and the end of its log: the row that writers wait for each other at.
CREATE TABLE casebooks (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    seal TEXT NOT NULL
);

-- What was done, said and decided. Rows are added and never changed, but for a body that is erased.
CREATE TABLE entries (
    casebook TEXT NOT NULL REFERENCES casebooks (id),
    seq BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    actor TEXT NOT NULL,
    purpose TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    body TEXT,
    body_seal TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (casebook, seq)
);
