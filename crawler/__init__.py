"""Fetches pages and keeps them: sources, frontier, Scrapy spider, WARC archive."""
