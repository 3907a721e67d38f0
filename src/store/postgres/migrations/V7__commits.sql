-- Tokens of transactions, kept for a day, for clients whose connection was lost while they committed.
CREATE TABLE commits (
    token TEXT PRIMARY KEY,
    -- Seconds since the epoch, by the server's clock.
    at BIGINT NOT NULL,
    -- False: given up by its client before it was committed, which it can no longer be.
    is_committed BOOLEAN NOT NULL
);
