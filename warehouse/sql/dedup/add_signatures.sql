-- New texts, matched with none so far.
INSERT INTO core.signature (
    text_no, text_digest, head_id, head_order, signature, root_no
)
SELECT text_no, text_digest, head_id, head_order, unhex(signature), text_no
FROM staged;
