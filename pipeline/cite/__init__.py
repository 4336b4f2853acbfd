"""Statute citations: find them, resolve them, verify them.

`check.cite` is the whole in one call.  Below it, in the order of the flow: `plain` (one
writing), `anchors` and `names` (where a citation can begin), `pinpoint` with `grammar` and
`numerals` (条, 款, 项), `find` (mentions as written), `reproduced`, `context` and `resolve`
(which law is meant), `verify` (is it true on a day).  `titles` compares titles and numbers.
"""
