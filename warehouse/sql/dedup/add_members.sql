-- New articles; their texts are to be settled.
INSERT INTO core.member
SELECT article_id, order_key, nullif(text_digest, '') FROM staged;

INSERT INTO core.unsettled_text
SELECT DISTINCT text_digest FROM staged WHERE text_digest <> '';
