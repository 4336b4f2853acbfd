"""Pages worked on elsewhere and ahead of the build: on the other cores, or on a Ray cluster.

One piece of work is one archive segment, or as much of it as `unit.PAGES`; it becomes one Parquet
part.  The build reads the parts in place of working on the pages itself, so it makes the same rows,
in the same order, whoever worked on them.
"""
