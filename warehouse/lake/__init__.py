"""A DuckLake instead of a file: connect, register, deliver, read, tidy."""
