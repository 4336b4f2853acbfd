-- The fragments of new texts.
INSERT INTO core.fragment SELECT fragment, shingle, text_no FROM staged;
