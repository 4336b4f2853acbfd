SELECT signature FROM core.signature WHERE text_no IN (FROM part) ORDER BY text_no;
