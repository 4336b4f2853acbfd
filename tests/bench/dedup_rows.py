"""The statements that fill a store with random rows, a fifth of them reposts.

Each of these is one with the article before it.  Nine originals in ten are told by their date, the
tenth by the standing of its site.
"""

ROWS_SQL = (
    """INSERT INTO core.member
    SELECT printf('%016x', n), printf('%012d', n), printf('%032x', n), printf('%012d', n),
        'site' || n % 53, '2024-01-01', FALSE, [], []
    FROM range(1, $texts + 1) AS t(n)""",
    """INSERT INTO core.signature (
        text_no, text_digest, head_id, head_order, signature, root_no,
        matched_no, relation, jaccard, rare_jaccard
    )
    SELECT n, printf('%032x', n), printf('%016x', n), printf('%012d', n),
        [hash(n, i) FOR i IN range(63)], if(n % 5 = 0, n - 1, n),
        if(n % 5 = 0, n - 1, NULL), if(n % 5 = 0, 'near', NULL),
        if(n % 5 = 0, 0.9, NULL), if(n % 5 = 0, 0.9, NULL)
    FROM range(1, $texts + 1) AS t(n)""",
    """INSERT INTO core.band
    SELECT hash(n, i), n FROM range(1, $texts + 1) AS t(n), range(42) AS b(i)""",
    """INSERT INTO core.fragment
    SELECT (hash(n, i, 1) >> 32)::UINTEGER, (hash(n, i, 2) >> 32)::UINTEGER, n
    FROM range(1, $texts + 1) AS t(n), range(90) AS f(i)""",
    """INSERT INTO core.duplicate
    SELECT printf('%016x', n), printf('%016x', if(n % 5 = 0, n - 1, n)),
        printf('%016x', if(n % 5 = 0, n - 1, n)), if(n % 5 = 0, 'near', 'original'),
        if(n % 5 = 0, 0.9, 1), if(n % 5 = 0, 0.9, 1), if(n % 5 = 0, printf('%016x', n - 1), NULL),
        NULL, 1
    FROM range(1, $texts + 1) AS t(n)""",
    """INSERT INTO core.cluster
    SELECT printf('%016x', n), printf('%016x', n), if(n % 50 = 49, 'first', 'dated'), '',
        'site' || n % 53, list_sort(['site' || n % 53, 'site' || (n + 1) % 53])
    FROM range(4, $texts + 1, 5) AS t(n)
    WHERE n < $texts""",
)
