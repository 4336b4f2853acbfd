"""How each source is doing, judged after every run against its own history."""
