-- Near duplicates: what is stored to find and to group them.  Run right after schema.sql.
-- The unit of comparison is the distinct normalised text; articles with one text are its copies.

CREATE TABLE core.member (
    article_id  VARCHAR PRIMARY KEY,
    order_key   VARCHAR NOT NULL,
    text_digest VARCHAR,             -- NULL: nothing is left of the text, it matches none
    seen_key    VARCHAR NOT NULL,    -- sorts as the articles were fetched
    source      VARCHAR NOT NULL,
    day         VARCHAR,             -- the day it is dated to; NULL: none is known
    is_timed    BOOLEAN NOT NULL,    -- whether its date tells the minute
    names       VARCHAR[] NOT NULL,  -- what its site and it may be called by
    credits     VARCHAR[] NOT NULL   -- where it says it was taken from
);

-- Clusters of two articles and more: which is the original, and by what evidence.
CREATE TABLE core.cluster (
    cluster_id   VARCHAR PRIMARY KEY,
    canonical_id VARCHAR NOT NULL,
    rule         VARCHAR NOT NULL CHECK (rule IN (
        'named', 'credited', 'dated', 'timed', 'reputed', 'first')),
    evidence     VARCHAR NOT NULL,
    original_source VARCHAR NOT NULL DEFAULT '',   -- the site of the original
    sources         VARCHAR[] NOT NULL DEFAULT []  -- the sites that have it, sorted
);

-- How often each site had the original, to a tenth, when it was last asked.
CREATE TABLE core.standing (
    source   VARCHAR PRIMARY KEY,
    standing DOUBLE NOT NULL
);

-- Texts that an article left and that nobody has looked at since.
CREATE TABLE core.unsettled_text (
    text_digest VARCHAR NOT NULL
);

CREATE TABLE core.signature (
    text_no      INTEGER NOT NULL,   -- numbered as they came
    text_digest  VARCHAR NOT NULL,
    head_id      VARCHAR NOT NULL,   -- the first of the articles that have this text
    head_order   VARCHAR NOT NULL,
    signature    UBIGINT[] NOT NULL, -- 126 x 32 bits as datasketch.MinHash has them, two a word, the first below
    matched_no   INTEGER,            -- the most similar earlier text; NULL: no other is one article with it
    root_no      INTEGER NOT NULL,   -- where the matches lead to: the canonical text
    relation     VARCHAR,
    jaccard      DOUBLE,
    rare_jaccard DOUBLE,
    substitution VARCHAR
);

CREATE TABLE core.band (
    band    UBIGINT NOT NULL,
    text_no INTEGER NOT NULL
);

CREATE TABLE core.fragment (
    fragment UINTEGER NOT NULL,      -- one 5-gram in 16, by its hash
    shingle  UINTEGER NOT NULL,      -- the 3-gram in its middle, which tells whether it is common
    text_no  INTEGER NOT NULL
);

-- What texts of different clusters have in common, a row a passage.
CREATE TABLE core.relation (
    text_no         INTEGER NOT NULL,   -- the later text
    other_no        INTEGER NOT NULL,
    relation        VARCHAR NOT NULL CHECK (relation IN ('excerpt', 'contains', 'quotes')),
    similarity      DOUBLE NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    start_char      INTEGER NOT NULL,   -- half-open ranges of code points in either text
    end_char        INTEGER NOT NULL CHECK (end_char > start_char),
    other_start     INTEGER NOT NULL,
    other_end       INTEGER NOT NULL CHECK (other_end > other_start),
    other_paragraph INTEGER NOT NULL
);

CREATE TABLE core.common_shingle (
    shingle UINTEGER NOT NULL        -- too common, in the present epoch, to count
);

CREATE TABLE core.epoch (
    epoch           INTEGER PRIMARY KEY,
    size            INTEGER NOT NULL,    -- the first so many texts were counted
    canonical_texts INTEGER NOT NULL,    -- ... of which so many are not copies of another
    bound           INTEGER NOT NULL,    -- a shingle in more canonical texts is common
    common_shingles INTEGER NOT NULL,
    judged_texts    INTEGER NOT NULL,    -- texts that were judged again
    judged_pairs    BIGINT NOT NULL,     -- compared, to count and to judge
    seconds         DOUBLE NOT NULL,     -- to count and to judge
    dedup_version   SMALLINT NOT NULL
);

CREATE TABLE core.duplicate (
    article_id      VARCHAR PRIMARY KEY,
    cluster_id      VARCHAR NOT NULL,
    canonical_id    VARCHAR NOT NULL,
    relation        VARCHAR NOT NULL CHECK (relation IN (
        'original', 'exact', 'near', 'excerpt', 'contains', 'template')),
    similarity      DOUBLE NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    rare_similarity DOUBLE NOT NULL CHECK (rare_similarity BETWEEN 0 AND 1),
    matched_id      VARCHAR,
    substitution    VARCHAR,
    epoch           INTEGER NOT NULL,
    CHECK ((matched_id IS NULL) = (relation = 'original'))
);

CREATE TABLE core.cluster_event (
    epoch      INTEGER NOT NULL,
    what       VARCHAR NOT NULL CHECK (what IN ('merged', 'split', 'moved', 'renamed', 'crowned')),
    cluster_id VARCHAR NOT NULL,
    other_id   VARCHAR NOT NULL,
    articles   INTEGER NOT NULL
);
