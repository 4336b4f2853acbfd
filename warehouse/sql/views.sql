-- What analysts query.  Views are code: made again whenever this file changes, and they name no
-- catalog, so that they work under ATTACH with any alias.  An article is a web page here; the
-- article of a statute (条) is article_no.  "Today" is today in Beijing, whatever the session's
-- time zone.

-- An analyst's corrections stand beside what the program found, never in its place: the views put
-- them over it, so that taking one back needs no build of anything.
CREATE OR REPLACE VIEW overrides AS
SELECT line, kind, state, detail, url, words, occurrence, value, note, article_id, citation_id
FROM ops.override;

-- Whoever is freed of its group is named by its own id; where the group has that name, by another.
CREATE OR REPLACE VIEW membership AS
SELECT
    d.article_id,
    CASE
        WHEN o.note IS NULL THEN d.cluster_id
        WHEN d.cluster_id = d.article_id THEN d.article_id || '*'
        ELSE d.article_id
    END AS cluster_id,
    if(o.note IS NULL, d.canonical_id, d.article_id) AS canonical_id,
    CASE
        WHEN o.note IS NOT NULL THEN 'original'
        WHEN d.relation IN ('exact', 'near')
            AND a.article_id <> c.article_id
            AND a.source = c.source
            AND regexp_replace(a.url, '^https?://((www|m|wap|3g|mobile)\.)?', '')
                = regexp_replace(c.url, '^https?://((www|m|wap|3g|mobile)\.)?', '')
            THEN 'mirror'
        ELSE d.relation
    END AS relation,
    if(o.note IS NULL, d.similarity, 1) AS similarity,
    if(o.note IS NULL, d.substitution, NULL) AS substitution,
    o.note AS overridden
FROM core.duplicate AS d
LEFT JOIN core.article AS a ON a.article_id = d.article_id
LEFT JOIN core.article AS c ON c.article_id = d.canonical_id
LEFT JOIN (
    SELECT freed_id, string_agg(note, '; ' ORDER BY line) AS note
    FROM ops.override
    WHERE kind = 'no_repost' AND state = 'applied'
    GROUP BY freed_id
) AS o ON o.freed_id = d.article_id;

-- A page with no row in core.duplicate has not been compared yet: it stands for itself.
CREATE OR REPLACE VIEW articles AS
WITH reposted AS (
    SELECT canonical_id, count(*) AS repost_count
    FROM membership
    WHERE article_id <> canonical_id AND relation NOT IN ('template', 'mirror')
    GROUP BY canonical_id
)
SELECT
    a.article_id,
    a.source,
    a.url,
    v.title,
    v.author,
    v.category,
    coalesce(o.published_on, v.published_on) AS published_on,
    if(o.note IS NULL, v.published_at, NULL) AS published_at,
    if(o.note IS NULL, v.published_precision, 'day') AS published_precision,
    v.published_evidence,
    v.published_place,
    v.publisher,
    v.tags,
    v.origin,
    v.origin_url,
    v.incomplete,
    coalesce(g.pages, 1) AS pages,
    coalesce(q.answers, 0) AS answers,
    a.first_fetched_at,
    a.last_fetched_at,
    a.gone_at,
    v.version_no,
    v.valid_from AS version_since,
    v.char_count,
    coalesce(d.cluster_id, a.article_id) AS cluster_id,
    coalesce(d.canonical_id, a.article_id) = a.article_id AS is_canonical,
    CASE WHEN d.canonical_id <> a.article_id THEN d.canonical_id END AS duplicate_of,
    coalesce(d.relation, 'original') AS relation,
    d.similarity,
    coalesce(r.repost_count, 0) AS repost_count,
    nullif(concat_ws('; ', o.note, d.overridden), '') AS overridden,
    v.text,
    v.text_sha256,
    v.version_id,
    v.fetch_id
FROM core.article AS a
JOIN core.article_version AS v ON v.version_id = a.current_version_id
LEFT JOIN (
    SELECT version_id, count(*) AS pages FROM core.version_page GROUP BY version_id
) AS g ON g.version_id = v.version_id
LEFT JOIN (
    SELECT version_id, count(*) FILTER (WHERE kind = 'answer') AS answers
    FROM core.part
    GROUP BY version_id
) AS q ON q.version_id = v.version_id
LEFT JOIN membership AS d ON d.article_id = a.article_id
LEFT JOIN reposted AS r ON r.canonical_id = a.article_id
LEFT JOIN ops.override AS o
    ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied';

CREATE OR REPLACE VIEW originals AS
SELECT * EXCLUDE (is_canonical, duplicate_of, relation, similarity)
FROM articles
WHERE is_canonical;

CREATE OR REPLACE VIEW versions AS
SELECT
    v.article_id,
    v.version_no,
    v.valid_from,
    v.valid_to,
    v.valid_to IS NULL AS is_current,
    a.source,
    a.url,
    v.title,
    coalesce(o.published_on, v.published_on) AS published_on,
    v.char_count,
    v.char_count - lag(v.char_count) OVER history AS char_change,
    v.text_sha256,
    v.text,
    v.version_id,
    v.fetch_id
FROM core.article_version AS v
JOIN core.article AS a ON a.article_id = v.article_id
LEFT JOIN ops.override AS o
    ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied'
WINDOW history AS (PARTITION BY v.article_id ORDER BY v.version_no);

-- Each page that a version was read from, 1 to n, and where its bytes lie; its words are the
-- characters from start_char on.
CREATE OR REPLACE VIEW version_pages AS
SELECT
    v.version_id,
    v.article_id,
    coalesce(g.page_no, 1) AS page_no,
    coalesce(g.url, a.url) AS url,
    coalesce(g.start_char, 0) AS start_char,
    coalesce(g.end_char, v.char_count) AS end_char,
    coalesce(g.fetch_id, v.fetch_id) AS fetch_id,
    f.run_id,
    f.fetched_at,
    f.archive_file,
    f.archive_offset,
    f.archive_length,
    f.payload_digest,
    v.charset_chosen,
    v.extract_version,
    v.extractor,
    nullif(regexp_extract(v.extractor, '^template:(.+)$', 1), '') AS template
FROM core.article_version AS v
JOIN core.article AS a ON a.article_id = v.article_id
LEFT JOIN core.version_page AS g ON g.version_id = v.version_id
LEFT JOIN ops.fetch AS f ON f.fetch_id = coalesce(g.fetch_id, v.fetch_id);

-- What each person wrote in a thread, as it is now.
CREATE OR REPLACE VIEW posts AS
SELECT
    q.article_id,
    a.source,
    v.title,
    q.part_no,
    q.kind,
    q.author,
    q.published_on,
    q.published_at,
    q.published_precision,
    q.published_evidence,
    q.is_accepted,
    substring(v.text, q.start_char + 1, q.end_char - q.start_char) AS text,
    q.start_char,
    q.end_char,
    a.url,
    q.version_id
FROM core.part AS q
JOIN core.article AS a ON a.current_version_id = q.version_id
JOIN core.article_version AS v ON v.version_id = q.version_id;

-- How each statute stands, a row for each stretch of days on which that is the same; a row's state
-- follows the rules of pipeline.cite.verify that need no statute text.  What no text confirms is
-- never called wrong.  In what is published this is a table: days to come are in it too, so that
-- "today" is a look-up and no reckoning.
CREATE OR REPLACE VIEW statute_states AS
WITH first_version AS (
    SELECT statute_id, arg_min(origin, effective_from) AS origin
    FROM core.statute_version
    GROUP BY statute_id
), turn AS (
    SELECT statute_id, DATE '0001-01-01' AS since FROM core.statute
    UNION
    SELECT statute_id, effective_from FROM core.statute_version
    UNION
    SELECT statute_id, effective_to FROM core.statute_version WHERE effective_to IS NOT NULL
    UNION
    SELECT statute_id, repealed_on FROM core.statute WHERE repealed_on IS NOT NULL
), version_then AS (
    SELECT t.statute_id, t.since, v.effective_from, v.article_count, v.is_confirmed
    FROM turn AS t
    JOIN core.statute_version AS v
        ON v.statute_id = t.statute_id
        AND v.effective_from <= t.since
        AND (v.effective_to IS NULL OR v.effective_to > t.since)
    QUALIFY
        row_number() OVER (PARTITION BY t.statute_id, t.since ORDER BY v.effective_from DESC) = 1
)
SELECT
    s.statute_id,
    t.since,
    lead(t.since) OVER (PARTITION BY s.statute_id ORDER BY t.since) AS until,
    s.short_title,
    s.title,
    s.kind,
    s.document_number,
    CASE
        WHEN s.repealed_on <= t.since THEN if(s.is_confirmed, 'repealed', 'unverifiable')
        WHEN v.effective_from IS NOT NULL THEN 'in_force'
        WHEN s.is_confirmed AND NOT contains(f.origin, 'promulgation') THEN 'not_yet_in_force'
        ELSE 'unverifiable'
    END AS state,
    v.effective_from,
    v.article_count,
    s.repealed_on,
    successor.short_title AS replaced_by,
    s.is_confirmed AND coalesce(v.is_confirmed, TRUE) AS is_confirmed
FROM turn AS t
JOIN core.statute AS s ON s.statute_id = t.statute_id
LEFT JOIN first_version AS f ON f.statute_id = t.statute_id
LEFT JOIN version_then AS v ON v.statute_id = t.statute_id AND v.since = t.since
LEFT JOIN core.statute AS successor ON successor.statute_id = s.replaced_by;

CREATE OR REPLACE VIEW statutes_today AS
SELECT
    statute_id,
    short_title,
    title,
    kind,
    document_number,
    state,
    effective_from,
    article_count,
    repealed_on,
    replaced_by,
    is_confirmed
FROM statute_states
WHERE since <= CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE)
    AND (until IS NULL OR until > CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE));

-- All about a citation that is the same every day; made wide and kept in what is published, where
-- core.citation has these columns (`warehouse/sql/flat`).
CREATE OR REPLACE VIEW cited AS
SELECT
    c.*,
    a.source,
    v.title,
    coalesce(dated.published_on, v.published_on) AS published_on,
    coalesce(d.canonical_id, a.article_id) = a.article_id AS is_canonical,
    coalesce(s.short_title, c.law_title) AS law,
    concat(
        '《', coalesce(s.short_title, c.law_title, '?'), '》',
        '第' || c.article_no || '条',
        '之' || c.article_suffix,
        '至第' || c.article_end || '条',
        '第' || c.paragraph_no || '款',
        '第' || c.item_no || '项',
        '至第' || c.item_end || '项'
    ) AS provision,
    a.url,
    then_in_force.effective_from AS then_from,
    then_in_force.article_count AS then_articles,
    q.part_no,
    q.kind AS part_kind,
    q.author AS part_author,
    o.verdict AS ruled,
    o.note AS ruled_note,
    dated.note AS dated_note
FROM core.citation AS c
JOIN core.article AS a ON a.current_version_id = c.version_id
JOIN core.article_version AS v ON v.version_id = c.version_id
LEFT JOIN core.statute AS s ON s.statute_id = c.statute_id
-- No ASOF join: it would sort all citations, with all that is joined to them.
LEFT JOIN (
    SELECT
        statute_id,
        effective_from,
        article_count,
        lead(effective_from, 1, DATE 'infinity')
            OVER (PARTITION BY statute_id ORDER BY effective_from) AS next_from
    FROM core.statute_version
) AS then_in_force
    ON then_in_force.statute_id = c.statute_id
    AND then_in_force.effective_from <= c.as_of
    AND then_in_force.next_from > c.as_of
LEFT JOIN core.part AS q
    ON q.version_id = c.version_id
    AND q.start_char <= c.start_char
    AND c.start_char < q.end_char
LEFT JOIN membership AS d ON d.article_id = a.article_id
LEFT JOIN ops.override AS o ON o.citation_id = c.citation_id AND o.state = 'applied'
LEFT JOIN ops.override AS dated
    ON dated.article_id = a.article_id AND dated.kind = 'date' AND dated.state = 'applied';

-- Where the version in force then was in force on the page's date too, the verdict stands.
-- Otherwise it is found again from the numbers; which articles were inserted (之一) is not in
-- these tables, nor are 款 and 项, and a document number not verified then cannot be now.
CREATE OR REPLACE VIEW verdict_periods AS
SELECT
    c.citation_id,
    coalesce(t.since, DATE '0001-01-01') AS since,
    t.until,
    CASE
        WHEN c.statute_id IS NULL THEN c.verdict
        WHEN t.state = 'repealed' THEN t.state
        WHEN c.verdict IN ('wrong_document_number', 'wrong_title')
            AND t.repealed_on IS NULL
            THEN c.verdict
        WHEN t.state = 'unverifiable' THEN t.state
        WHEN c.then_from = t.effective_from THEN c.verdict
        WHEN c.verdict = 'unverifiable' AND c.document_number IS NOT NULL THEN c.verdict
        WHEN t.state = 'not_yet_in_force' OR c.article_no IS NULL THEN t.state
        WHEN coalesce(c.article_end, c.article_no) > t.article_count
            THEN if(t.is_confirmed, 'no_such_article', 'unverifiable')
        WHEN t.article_count IS NULL
            OR c.article_suffix IS NOT NULL
            OR c.verdict IN ('wrong_article', 'quote_differs')
            OR (
                c.verdict = 'no_such_article'
                AND coalesce(c.article_end, c.article_no) <= c.then_articles
            )
            THEN 'unverifiable'
        ELSE 'in_force'
    END AS verdict
FROM cited AS c
LEFT JOIN statute_states AS t ON t.statute_id = c.statute_id;

CREATE OR REPLACE VIEW citations AS
WITH judged AS (
    SELECT
        c.* REPLACE (
            coalesce(c.ruled, c.verdict) AS verdict,
            coalesce(c.ruled_note, c.detail) AS detail,
            coalesce(c.ruled_note, c.detail_en) AS detail_en
        ),
        if(p.verdict = c.verdict, coalesce(c.ruled, p.verdict), p.verdict) AS verdict_today
    FROM cited AS c
    LEFT JOIN verdict_periods AS p
        ON p.citation_id = c.citation_id
        AND p.since <= CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE)
        AND (p.until IS NULL OR p.until > CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE))
)
SELECT
    j.citation_id,
    j.article_id,
    j.source,
    j.title,
    j.published_on,
    j.is_canonical,
    j.law,
    j.article_no,
    j.provision,
    j.verdict,
    j.verdict_today,
    j.verdict IN (
        'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article', 'quote_differs',
        'wrong_document_number', 'wrong_title'
    ) AS is_bad,
    j.verdict_today IN (
        'repealed', 'not_yet_in_force', 'no_such_article', 'wrong_article', 'quote_differs',
        'wrong_document_number', 'wrong_title'
    ) AS is_bad_today,
    j.confidence,
    j.detail,
    j.detail_en,
    CASE
        WHEN j.ruled_note IS NULL
            AND (
                coalesce(j.correction_law, j.correction_number) IS NOT NULL
                OR j.correction_article_no IS NOT NULL
            )
        THEN concat(
            '《' || coalesce(j.correction_law, j.law) || '》',
            '第' || j.correction_article_no || '条',
            '之' || j.correction_suffix,
            j.correction_number
        )
    END AS correction,
    nullif(concat_ws('; ', j.ruled_note, j.dated_note), '') AS overridden,
    j.raw_text,
    j.sentence,
    j.url,
    j.statute_id,
    j.law_title,
    j.article_suffix,
    j.article_end,
    j.paragraph_no,
    j.item_no,
    j.item_end,
    j.document_number,
    j.correction_law,
    j.correction_article_no,
    j.correction_suffix,
    j.correction_number,
    j.evidence_table,
    j.evidence_from,
    j.evidence_origin,
    j.evidence_words,
    j.quote_start,
    j.quote_end,
    j.quote_similarity,
    j.form,
    j.is_anaphoric,
    j.as_of,
    j.part_no,
    j.part_kind,
    j.part_author,
    j.start_char,
    j.end_char,
    j.version_id
FROM judged AS j;

CREATE OR REPLACE VIEW statutes AS
SELECT
    t.*,
    coalesce(n.citations, 0) AS citations,
    coalesce(n.articles, 0) AS articles,
    coalesce(n.bad_citations, 0) AS bad_citations,
    names.aliases
FROM statutes_today AS t
LEFT JOIN (
    SELECT
        statute_id,
        count(*) AS citations,
        count(DISTINCT article_id) AS articles,
        count(*) FILTER (WHERE is_bad) AS bad_citations
    FROM citations
    GROUP BY statute_id
) AS n ON n.statute_id = t.statute_id
LEFT JOIN (
    SELECT statute_id, list(alias ORDER BY alias) AS aliases
    FROM core.statute_alias
    GROUP BY statute_id
) AS names ON names.statute_id = t.statute_id;

-- One form letter filled in by two companies is a 'template', one page under two addresses of its
-- site (m. and www., http and https) a 'mirror': nobody reposts anybody there.
CREATE OR REPLACE VIEW reposts AS
SELECT
    d.cluster_id,
    d.article_id AS repost_id,
    repost.source AS repost_source,
    repost_text.title AS repost_title,
    repost.url AS repost_url,
    d.canonical_id AS original_id,
    original.source AS original_source,
    original_text.title AS original_title,
    original.url AS original_url,
    d.relation,
    d.similarity,
    coalesce(repost_date.published_on, repost_text.published_on)
        - coalesce(original_date.published_on, original_text.published_on) AS lag_days,
    repost.first_fetched_at - original.first_fetched_at AS fetch_lag
FROM membership AS d
JOIN core.article AS repost ON repost.article_id = d.article_id
JOIN core.article_version AS repost_text ON repost_text.version_id = repost.current_version_id
JOIN core.article AS original ON original.article_id = d.canonical_id
JOIN core.article_version AS original_text
    ON original_text.version_id = original.current_version_id
LEFT JOIN ops.override AS repost_date
    ON repost_date.article_id = d.article_id
    AND repost_date.kind = 'date'
    AND repost_date.state = 'applied'
LEFT JOIN ops.override AS original_date
    ON original_date.article_id = d.canonical_id
    AND original_date.kind = 'date'
    AND original_date.state = 'applied'
WHERE d.article_id <> d.canonical_id AND d.relation NOT IN ('template', 'mirror');

CREATE OR REPLACE VIEW templates AS
SELECT
    d.cluster_id,
    d.article_id,
    a.source,
    v.title,
    a.url,
    d.canonical_id AS other_id,
    other.source AS other_source,
    other_text.title AS other_title,
    other.url AS other_url,
    d.similarity,
    d.substitution
FROM membership AS d
JOIN core.article AS a ON a.article_id = d.article_id
JOIN core.article_version AS v ON v.version_id = a.current_version_id
JOIN core.article AS other ON other.article_id = d.canonical_id
JOIN core.article_version AS other_text ON other_text.version_id = other.current_version_id
WHERE d.article_id <> d.canonical_id AND d.relation = 'template';

CREATE OR REPLACE VIEW rejections AS
SELECT r.source, r.url, r.reason, r.detail, r.fetched_at, r.fetch_id
FROM core.rejection AS r;

CREATE OR REPLACE VIEW freshness AS
WITH fetched AS (
    SELECT
        source,
        max(fetched_at) FILTER (WHERE error IS NULL AND status < 400) AS last_ok_at,
        max(run_id) AS last_run_id
    FROM ops.fetch
    GROUP BY source
), last_run AS (
    -- As the run itself counts them and says at its end, those for robots.txt among them.
    SELECT r.source, r.requests::BIGINT AS requests, r.errors::BIGINT AS errors
    FROM ops.source_run AS r
    JOIN fetched ON fetched.source = r.source AND fetched.last_run_id = r.run_id
), written AS (
    SELECT
        source,
        count(*) AS articles,
        max(first_fetched_at) AS newest_article_at,
        max(published_on) AS newest_published_on
    FROM articles
    GROUP BY source
)
SELECT
    s.source,
    s.enabled,
    fetched.last_ok_at,
    now() - fetched.last_ok_at AS age,
    written.newest_article_at,
    written.newest_published_on,
    coalesce(written.articles, 0) AS articles,
    fetched.last_run_id,
    coalesce(last_run.requests, 0) AS last_run_requests,
    coalesce(last_run.errors, 0) AS last_run_errors,
    judged.state,
    judged.reason
FROM core.source AS s
LEFT JOIN (
    SELECT source, arg_max(state, run_id) AS state, arg_max(reason, run_id) AS reason
    FROM ops.source_run
    WHERE state IS NOT NULL
    GROUP BY source
) AS judged ON judged.source = s.source
LEFT JOIN fetched ON fetched.source = s.source
LEFT JOIN last_run ON last_run.source = s.source
LEFT JOIN written ON written.source = s.source;

CREATE OR REPLACE VIEW sources AS
WITH pages AS (
    SELECT
        source,
        count(*) AS articles,
        count(*) FILTER (WHERE is_canonical) AS originals,
        count(gone_at) AS gone
    FROM articles
    GROUP BY source
), copied AS (
    SELECT repost_source AS source, count(*) AS reposts
    FROM reposts
    GROUP BY repost_source
), cited AS (
    SELECT source, count(*) AS citations, count(*) FILTER (WHERE is_bad) AS bad_citations
    FROM citations
    GROUP BY source
), refused AS (
    SELECT source, count(*) AS rejections
    FROM core.rejection
    GROUP BY source
)
SELECT
    s.source,
    s.start_url,
    s.enabled,
    s.delay_s,
    coalesce(pages.articles, 0) AS articles,
    coalesce(pages.originals, 0) AS originals,
    coalesce(copied.reposts, 0) AS reposts,
    coalesce(cited.citations, 0) AS citations,
    coalesce(cited.bad_citations, 0) AS bad_citations,
    cited.bad_citations / nullif(cited.citations, 0) AS bad_share,
    coalesce(refused.rejections, 0) AS rejections,
    coalesce(pages.gone, 0) AS gone
FROM core.source AS s
LEFT JOIN pages ON pages.source = s.source
LEFT JOIN copied ON copied.source = s.source
LEFT JOIN cited ON cited.source = s.source
LEFT JOIN refused ON refused.source = s.source;

-- From a citation to the bytes it was read from, also for versions no longer current.
CREATE OR REPLACE VIEW lineage AS
SELECT
    c.citation_id,
    c.raw_text,
    c.start_char,
    c.end_char,
    c.sentence,
    c.article_id,
    a.source,
    a.url,
    v.version_id,
    v.version_no,
    v.title,
    coalesce(g.fetch_id, v.fetch_id) AS fetch_id,
    f.run_id,
    f.url AS fetched_url,
    f.fetched_at,
    f.archive_file,
    f.archive_offset,
    f.archive_length,
    f.payload_digest,
    v.charset_chosen,
    v.extract_version,
    c.cite_version,
    c.registry_version,
    v.extractor,
    nullif(regexp_extract(v.extractor, '^template:(.+)$', 1), '') AS template
FROM core.citation AS c
JOIN core.article_version AS v ON v.version_id = c.version_id
JOIN core.article AS a ON a.article_id = c.article_id
LEFT JOIN core.version_page AS g
    ON g.version_id = c.version_id
    AND g.start_char <= c.start_char
    AND c.start_char < g.end_char
LEFT JOIN ops.fetch AS f ON f.fetch_id = coalesce(g.fetch_id, v.fetch_id);

CREATE OR REPLACE VIEW about AS
WITH meta AS (
    SELECT
        max(value) FILTER (WHERE key = 'schema_version') AS schema_version,
        max(value) FILTER (WHERE key = 'code_version') AS code_version,
        max(value) FILTER (WHERE key = 'registry_version') AS registry_version,
        max(value) FILTER (WHERE key = 'built_at') AS built_at,
        max(value) FILTER (WHERE key = 'published_at') AS published_at,
        max(value) FILTER (WHERE key = 'run_id') AS run_id,
        max(value) FILTER (WHERE key = 'left_out') AS left_out
    FROM ops.meta
)
SELECT
    CAST(meta.schema_version AS INTEGER) AS schema_version,
    meta.code_version,
    meta.registry_version,
    CAST(meta.run_id AS BIGINT) AS run_id,
    CAST(meta.built_at AS TIMESTAMPTZ) AS built_at,
    CAST(meta.published_at AS TIMESTAMPTZ) AS published_at,
    meta.left_out,
    (SELECT max(fetched_at) FROM ops.fetch) AS as_of,
    (SELECT count(*) FROM core.source) AS sources,
    (SELECT count(*) FROM core.article) AS articles,
    (SELECT count(*) FROM originals) AS originals,
    (SELECT count(*) FROM reposts) AS reposts,
    (SELECT count(*) FROM citations) AS citations,
    (SELECT count(*) FROM citations WHERE is_bad) AS bad_citations,
    (SELECT count(*) FROM core.rejection) AS rejections,
    (SELECT count(*) FROM core.statute) AS statutes
FROM meta;
