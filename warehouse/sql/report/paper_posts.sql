-- The posts of the articles $ids that are questions or threads, in their order.
SELECT article_id, kind, author, published_on, is_accepted, start_char, end_char
FROM posts
WHERE list_contains($ids, article_id)
ORDER BY article_id, part_no;
