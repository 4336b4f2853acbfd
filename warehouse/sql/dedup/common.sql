-- What is common in the present epoch.
SELECT shingle FROM core.common_shingle;
