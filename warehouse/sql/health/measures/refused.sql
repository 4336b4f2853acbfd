-- Requests answered with a captcha, a block page, 401, 403, 429 or 451.
SELECT *, is_refused AS is_bad, error AS detail
FROM request;
