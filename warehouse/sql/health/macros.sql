-- The chance, if nothing has changed, of at least k bad ones among n new observations where
-- usual_n earlier ones held usual_k: the tail of the beta-binomial distribution, with Jeffreys'
-- prior.  It suits small numbers on both sides: how unsure few earlier ones leave us is in it.
CREATE OR REPLACE TEMP MACRO log_choose(n, k) AS lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);

CREATE OR REPLACE TEMP MACRO log_beta(a, b) AS lgamma(a) + lgamma(b) - lgamma(a + b);

CREATE OR REPLACE TEMP MACRO chance_of(k, n, usual_k, usual_n) AS (
    SELECT least(1.0::DOUBLE, coalesce(sum(exp(
        log_choose(n, i)
        + log_beta(i + usual_k + 0.5, n - i + usual_n - usual_k + 0.5)
        - log_beta(usual_k + 0.5, usual_n - usual_k + 0.5)
    )), 0))
    FROM (SELECT unnest(range(k, n + 1)) AS i)
);
