"""Articles that are more than one text on one page: questions with answers, and split articles."""
