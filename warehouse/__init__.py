"""The driver, the DuckDB file, the report and the command line."""
