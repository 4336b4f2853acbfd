-- The texts of wanted_version in which something was masked, as they are published, and the
-- citations near to it (a sentence reaches 120 characters to either side).  In steps: in one, the
-- optimizer would mask all texts to compare them.  `place`: new rows lie together, and the texts of
-- others are not read.
CREATE OR REPLACE TEMP TABLE masked_text AS
SELECT v.version_id, mask(v.text) AS text
FROM fatiao.core.article_version AS v
JOIN wanted_version AS w ON w.place = v.rowid
WHERE regexp_matches(v.text, $candidate);

CREATE OR REPLACE TEMP TABLE masked_citation AS
SELECT
    c.citation_id,
    substr(m.text, c.start_char + 1, c.end_char - c.start_char) AS raw_text,
    sentence_around(m.text, c.start_char, c.end_char) AS sentence
FROM fatiao.core.citation AS c
JOIN masked_text AS m ON m.version_id = c.version_id
WHERE contains(
    substr(m.text, greatest(c.start_char - 120, 0) + 1, c.end_char - c.start_char + 240), '*'
);
