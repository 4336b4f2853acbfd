-- The chance, if nothing has changed, of at least k bad ones among n new observations where usual_n
-- earlier ones held usual_k: Fisher's exact test, one-sided.  It suits small numbers on both sides.
CREATE OR REPLACE TEMP MACRO log_choose(n, k) AS lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);

CREATE OR REPLACE TEMP MACRO chance_of(k, n, usual_k, usual_n) AS (
    SELECT least(1.0, sum(exp(
        log_choose(n, i)
        + log_choose(usual_n, k + usual_k - i)
        - log_choose(n + usual_n, k + usual_k)
    )))
    FROM (SELECT unnest(range(k, least(n, k + usual_k) + 1)) AS i)
);
