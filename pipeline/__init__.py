"""Pure functions from a raw page to an article, its citations and its near duplicates."""
