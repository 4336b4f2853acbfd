"""The statements that fill a store with random rows."""

ROWS_SQL = (
    """INSERT INTO core.member
    SELECT printf('%016x', n), printf('%012d', n), printf('%032x', n), printf('%012d', n),
        'site' || n % 50, '2024-01-01', FALSE, [], []
    FROM range(1, $texts + 1) AS t(n)""",
    """INSERT INTO core.signature (text_no, text_digest, head_id, head_order, signature, root_no)
    SELECT n, printf('%032x', n), printf('%016x', n), printf('%012d', n),
        [hash(n, i) FOR i IN range(63)], n
    FROM range(1, $texts + 1) AS t(n)""",
    """INSERT INTO core.band
    SELECT hash(n, i), n FROM range(1, $texts + 1) AS t(n), range(42) AS b(i)""",
    """INSERT INTO core.fragment
    SELECT (hash(n, i, 1) >> 32)::UINTEGER, (hash(n, i, 2) >> 32)::UINTEGER, n
    FROM range(1, $texts + 1) AS t(n), range(90) AS f(i)""",
    """INSERT INTO core.duplicate
    SELECT printf('%016x', n), printf('%016x', n), printf('%016x', n), 'original', 1, 1, NULL,
        NULL, 1
    FROM range(1, $texts + 1) AS t(n)""",
)
