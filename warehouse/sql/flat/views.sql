-- The same views over what was worked out: columns, order and meaning are those of views.sql.
CREATE OR REPLACE VIEW cited AS
SELECT * EXCLUDE (is_current, given, is_bad, today_1, turn_1, today_2, turn_2, today_3)
FROM core.citation
WHERE is_current;

CREATE OR REPLACE VIEW articles AS
SELECT
    article_id,
    source,
    url,
    title,
    author,
    category,
    coalesce(corrected_on, published_on) AS published_on,
    if(corrected_on IS NULL, published_at, NULL) AS published_at,
    if(corrected_on IS NULL, published_precision, 'day') AS published_precision,
    published_evidence,
    published_place,
    publisher,
    tags,
    origin,
    origin_url,
    incomplete,
    pages,
    answers,
    first_fetched_at,
    last_fetched_at,
    gone_at,
    version_no,
    valid_from AS version_since,
    char_count,
    cluster_id,
    canonical_id = article_id AS is_canonical,
    CASE WHEN canonical_id <> article_id THEN canonical_id END AS duplicate_of,
    relation,
    similarity,
    repost_count,
    overridden,
    text,
    text_sha256,
    version_id,
    fetch_id
FROM core.article_version
WHERE is_current;

-- No join, so that a question costs what the columns it names do.
CREATE OR REPLACE VIEW citations AS
SELECT
    citation_id,
    article_id,
    source,
    title,
    published_on,
    is_canonical,
    law,
    article_no,
    provision,
    given AS verdict,
    CASE
        WHEN turn_1 IS NULL OR CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE) < turn_1 THEN today_1
        WHEN turn_2 IS NULL OR CAST(now() AT TIME ZONE 'Asia/Shanghai' AS DATE) < turn_2 THEN today_2
        ELSE today_3
    END AS verdict_today,
    is_bad,
    CASE verdict_today
        WHEN 'repealed' THEN TRUE
        WHEN 'not_yet_in_force' THEN TRUE
        WHEN 'no_such_article' THEN TRUE
        WHEN 'wrong_article' THEN TRUE
        WHEN 'quote_differs' THEN TRUE
        WHEN 'wrong_document_number' THEN TRUE
        WHEN 'wrong_title' THEN TRUE
        ELSE FALSE
    END AS is_bad_today,
    confidence,
    coalesce(ruled_note, detail) AS detail,
    coalesce(ruled_note, detail_en) AS detail_en,
    CASE
        WHEN ruled_note IS NULL
            AND (
                coalesce(correction_law, correction_number) IS NOT NULL
                OR correction_article_no IS NOT NULL
            )
        THEN concat(
            '《' || coalesce(correction_law, law) || '》',
            '第' || correction_article_no || '条',
            '之' || correction_suffix,
            correction_number
        )
    END AS correction,
    nullif(concat_ws('; ', ruled_note, dated_note), '') AS overridden,
    raw_text,
    sentence,
    url,
    statute_id,
    law_title,
    article_suffix,
    article_end,
    paragraph_no,
    item_no,
    item_end,
    document_number,
    correction_law,
    correction_article_no,
    correction_suffix,
    correction_number,
    evidence_table,
    evidence_from,
    evidence_origin,
    evidence_words,
    quote_start,
    quote_end,
    quote_similarity,
    form,
    is_anaphoric,
    as_of,
    part_no,
    part_kind,
    part_author,
    start_char,
    end_char,
    version_id
FROM core.citation
WHERE is_current;

CREATE OR REPLACE VIEW versions AS
SELECT
    article_id,
    version_no,
    valid_from,
    valid_to,
    valid_to IS NULL AS is_current,
    source,
    url,
    title,
    coalesce(corrected_on, published_on) AS published_on,
    char_count,
    char_change,
    text_sha256,
    text,
    version_id,
    fetch_id
FROM core.article_version;

CREATE OR REPLACE VIEW reposts AS FROM core.repost;

CREATE OR REPLACE VIEW statute_states AS FROM core.statute_state;
