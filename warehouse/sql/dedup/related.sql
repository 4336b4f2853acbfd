-- The texts whose passages are to be sought: judged anew, or regrouped, or related to one that left.
DELETE FROM core.relation
WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

INSERT INTO judged
SELECT text_no FROM affected
UNION ALL
SELECT text_no FROM core.relation WHERE other_no IN (SELECT text_no FROM displaced);

DELETE FROM judged WHERE text_no IN (SELECT text_no FROM displaced WHERE head_id IS NULL);

DELETE FROM core.relation WHERE text_no IN (FROM judged);
