"""A page's result as one JSON text and back, for a part; the article's text stands beside it.

cattrs writes and reads it, by the types of the dataclasses: no second description of them that
could differ, and unlike pickle nothing in a part is ever run.
"""

from dataclasses import replace
from typing import Any, Final

from cattrs.preconf.json import JsonConverter, make_converter

from pipeline.article import Article
from warehouse.workers import PageJob, PageResult


def _converter() -> JsonConverter:
    made = make_converter()
    # The reader has the job in its hand: that is how it found the result.
    made.register_unstructure_hook(PageJob, lambda _: None)
    made.register_structure_hook(PageJob, lambda value, _: value)
    return made


_CONVERTER: Final = _converter()


def text_of(result: PageResult) -> str | None:
    """Return the text of the article, None where the page was refused."""
    return result.page.text if isinstance(result.page, Article) else None


def to_json(result: PageResult) -> str:
    """Return all of `result` except its job and its text."""
    if isinstance(result.page, Article):
        result = replace(result, page=replace(result.page, text=""))
    return _CONVERTER.dumps(result, ensure_ascii=False)


def from_json(stored: str, text: str | None, job: PageJob) -> PageResult:
    """Return what `to_json` was given.

    Raises:
        ValueError: `stored` is not of its making.
    """
    try:
        cells: dict[str, Any] = _CONVERTER.loads(stored, dict[str, Any])
        result = _CONVERTER.structure(cells | {"job": job}, PageResult)
    except (AttributeError, BaseExceptionGroup, KeyError, TypeError) as error:
        raise ValueError(f"no result of a page: {error}") from error
    if isinstance(result.page, Article):
        return replace(result, page=replace(result.page, text=text or ""))
    return result
