-- What the newly matched texts are to their matches.
UPDATE core.signature
SET relation = staged.relation, substitution = nullif(staged.substitution, '')
FROM staged
WHERE staged.text_no = signature.text_no;
