-- Which provisions stand in originals beside article 675 of the Civil Code?
SELECT other.provision, count(DISTINCT other.article_id) AS articles
FROM cites('民法典', art := 675) AS one
JOIN citations AS other USING (article_id)
WHERE one.is_canonical
    AND (other.statute_id, other.article_no) IS DISTINCT FROM (one.statute_id, one.article_no)
GROUP BY other.provision
ORDER BY articles DESC, other.provision
LIMIT 20;
