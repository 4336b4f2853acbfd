-- The resolved corrections in place of those of the last build.
DELETE FROM ops.override;
INSERT INTO ops.override SELECT * FROM resolved_override;
