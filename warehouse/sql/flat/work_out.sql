-- What the views of the private file join at every question, joined once: about each citation of a
-- current text, and each current text.  Words from pages are masked as they are elsewhere.
CREATE OR REPLACE TEMP TABLE flat_citation AS
SELECT
    citation_id,
    TRUE AS is_current,
    source,
    CASE WHEN regexp_matches(title, $candidate) THEN mask(title) ELSE title END AS title,
    published_on,
    is_canonical,
    CASE WHEN regexp_matches(law, $candidate) THEN mask(law) ELSE law END AS law,
    CASE WHEN regexp_matches(provision, $candidate) THEN mask(provision) ELSE provision END AS provision,
    CASE WHEN regexp_matches(url, $candidate) THEN mask_url(url) ELSE url END AS url,
    then_from,
    then_articles,
    part_no,
    part_kind,
    CASE WHEN regexp_matches(part_author, $candidate) THEN mask(part_author) ELSE part_author END AS part_author,
    ruled,
    ruled_note,
    dated_note
FROM private.cited;

CREATE OR REPLACE TEMP TABLE flat_version AS
SELECT
    a.version_id,
    TRUE AS is_current,
    a.source,
    CASE WHEN regexp_matches(a.url, $candidate) THEN mask_url(a.url) ELSE a.url END AS url,
    o.published_on AS corrected_on,
    a.pages,
    a.answers,
    a.first_fetched_at,
    a.last_fetched_at,
    a.gone_at,
    a.cluster_id,
    coalesce(a.duplicate_of, a.article_id) AS canonical_id,
    a.relation,
    a.similarity,
    a.repost_count,
    a.overridden
FROM private.articles AS a
LEFT JOIN private.ops.override AS o
    ON o.article_id = a.article_id AND o.kind = 'date' AND o.state = 'applied';
