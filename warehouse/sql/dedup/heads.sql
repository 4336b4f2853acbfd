-- The first article of each touched text; a text that no article has any more has none.
CREATE OR REPLACE TEMP TABLE head AS
SELECT
    text_digest,
    arg_min(article_id, (order_key, article_id)) AS head_id,
    min(order_key) AS head_order
FROM core.member
WHERE text_digest IN (FROM touched_text)
GROUP BY text_digest;

-- Touched texts that are stored.
CREATE OR REPLACE TEMP TABLE met AS
SELECT text_no, text_digest, root_no, head_id
FROM core.signature
WHERE text_digest IN (FROM touched_text);

SELECT count(*) FROM met;
