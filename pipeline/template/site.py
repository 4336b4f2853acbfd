"""Pages of one site read together: a template learned from them, then each page read by it."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Article, Page, Rejection, extract
from pipeline.shared_lines import shared_lines, without
from pipeline.template.apply import TemplateReader
from pipeline.template.learn import learn


def extract_site(pages: Sequence[Page]) -> list[Article | Rejection]:
    """Return the articles of pages of one site, in their order, without what the site repeats.

    Too few pages, or pages too unlike each other, teach nothing: then each is read alone.
    """
    template = learn(pages, source="site")
    if template is None:
        return without_shared_lines([extract(page) for page in pages])
    reader = TemplateReader(template)
    return [reader.extract(page) for page in pages]


def without_shared_lines(results: Sequence[Article | Rejection]) -> list[Article | Rejection]:
    """Return the articles of one site without the lines that most of them have."""
    shared = shared_lines([found.text for found in results if isinstance(found, Article)])
    return [
        replace(found, text=without(found.text, shared)) if isinstance(found, Article) else found
        for found in results
    ]
