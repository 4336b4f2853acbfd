-- What a frontier in Postgres has beside the tables of schema.sql: leases, the numbers of fetches in
-- the order of their commits, and the few functions by which the SQL of both databases is the same.

-- Who may work on what: `source:NAME`, `host:HOST`, and `run:ID` as the sign of life of a worker.
CREATE TABLE lease (
    name   TEXT COLLATE "C" PRIMARY KEY,
    run_id BIGINT,                               -- of the worker; NULL: free
    until  TIMESTAMPTZ NOT NULL                  -- of the lease, or when it was given back
);
CREATE INDEX lease_run ON lease (run_id) WHERE run_id IS NOT NULL;

ALTER TABLE run ADD COLUMN worker TEXT COLLATE "C";  -- machine:folder, for people

CREATE SEQUENCE fetch_number;    -- given at the commit
CREATE SEQUENCE fetch_unsealed;  -- until then; negative, so that no reader takes it for a number
ALTER TABLE "fetch" ALTER COLUMN fetch_id DROP IDENTITY;
ALTER TABLE "fetch" ALTER COLUMN fetch_id SET DEFAULT -nextval('fetch_unsealed');

-- Number the fetches of this transaction.  The lock is held until its commit, so that whoever sees a
-- number sees all lower ones: a build that goes on behind the last one it saw misses none.
CREATE FUNCTION number_fetches() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "fetch" WHERE fetch_id < 0) THEN
        PERFORM pg_advisory_xact_lock(7162, 1);
        UPDATE "fetch" SET fetch_id = batch.number
        FROM (
            SELECT fetch_id, nextval('fetch_number') AS number
            FROM (SELECT fetch_id FROM "fetch" WHERE fetch_id < 0 ORDER BY fetch_id DESC) AS mine
        ) AS batch
        WHERE "fetch".fetch_id = batch.fetch_id;
    END IF;
END $$;

-- End a worker's batch: renew its leases, or undo everything if one of them is another's by now.
CREATE FUNCTION seal(worker BIGINT, held BIGINT, seconds DOUBLE PRECISION)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE renewed BIGINT;
BEGIN
    PERFORM number_fetches();
    UPDATE lease SET until = clock_timestamp() + make_interval(secs => seconds)
    WHERE run_id = worker;
    GET DIAGNOSTICS renewed = ROW_COUNT;
    IF renewed <> held THEN
        RAISE EXCEPTION '% of % leases are another''s', held - renewed, held
            USING ERRCODE = 'FT001';
    END IF;
END $$;

-- As SQLite has them.
CREATE FUNCTION max(DOUBLE PRECISION, DOUBLE PRECISION) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE AS 'SELECT greatest($1, $2)';
CREATE FUNCTION min(DOUBLE PRECISION, DOUBLE PRECISION) RETURNS DOUBLE PRECISION
    LANGUAGE sql IMMUTABLE AS 'SELECT least($1, $2)';
CREATE FUNCTION max(BIGINT, BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE AS 'SELECT greatest($1, $2)';
CREATE FUNCTION min(BIGINT, BIGINT) RETURNS BIGINT
    LANGUAGE sql IMMUTABLE AS 'SELECT least($1, $2)';
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT)
    LANGUAGE sql IMMUTABLE ROWS 8 AS 'SELECT json_array_elements_text(CAST(list AS json))';
