-- The sources that a machine claims: those it crawls or has crawled.
SELECT source FROM copy.core.source WHERE enabled
UNION
SELECT source FROM copy.ops.fetch
ORDER BY source;
