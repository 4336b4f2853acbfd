-- Which originals speak of borrowing and of suing, those with the words in the title first?
SELECT title, source, published_on, excerpt, url
FROM search('借款 起诉', most := 20);
