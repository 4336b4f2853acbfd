"""What to fetch, when and why: the SQLite frontier, its schedule, its Scrapy scheduler."""
