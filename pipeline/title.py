"""The title of an article: what the page shows, checked against what it claims."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.body import LINKED
from pipeline.declared import Declared
from pipeline.lines import Line, LineKind, fold, squeeze

MIN_TITLE: Final = 4  # letters; shorter headings are labels

_STRONG_CUT: Final = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—·»«:]+\s+|\s*(?:--|——|::|>>)\s*")
_WEAK_CUT: Final = re.compile(r"\s*[-–—]\s*")
_ANY_CUT: Final = re.compile(rf"{_STRONG_CUT.pattern}|{_WEAK_CUT.pattern}")


def find_title(lines: Sequence[Line], declared: Declared, link_texts: Sequence[str]) -> str | None:
    """Return the article's title without the site's name; None where there is none.

    A heading that the page's claims, or a link that led to it, contain; else a shown line
    that a claim begins with, else the only `<h1>`, else the first claim.
    """
    claims = [
        claim for claim in map(squeeze, (declared.page_title or "", *declared.titles)) if claim
    ]
    found = (
        _heading_within(lines, [*claims, *link_texts], declared.site)
        or _line_opening(lines, claims)
        or _end_of_heading(lines, claims, declared.site)
        or _only_h1(lines, declared.site)
    )
    if found:
        return found
    for claim in reversed(claims):
        title = strip_site(claim, declared.site)
        if len(fold(title)) >= MIN_TITLE:
            return title
    return claims[0] if claims else None


def strip_site(title: str, site: str | None) -> str:
    """Cut the names of site and column off the end of a `<title>`."""
    parts = [part for part in _STRONG_CUT.split(title) if part and part.strip()]
    if len(parts) > 1:
        kept = parts[0]
        if len(fold(kept)) < MIN_TITLE:
            kept = max(parts, key=len)
        return kept.strip()
    parts = _WEAK_CUT.split(title)
    names_site = site is not None and fold(parts[-1]) == fold(site)
    if len(parts) > 1 and (
        names_site
        or re.search(
            r"(?:网|网站|频道|\.com|\.cn|律所|事务所|..(?:律师|咨询|在线|论坛|问答|法务))$",
            parts[-1],
        )
    ):
        return title[: title.rindex(parts[-1])].rstrip(" -–—")
    return title


def _heading_within(lines: Sequence[Line], claims: Sequence[str], site: str | None) -> str | None:
    """Return the longest heading that one of the claims contains."""
    folded = [fold(claim) for claim in claims]
    own = fold(site or "")
    found: list[str] = []
    for line in lines:
        if not _looks_like_title(line):
            continue
        text = fold(line.text)
        if len(text) < MIN_TITLE or text == own:
            continue
        if any(text in claim and _leads(text, claim) for claim in folded):
            found.append(line.text)
    return max(found, key=lambda text: len(fold(text)), default=None)


def _line_opening(lines: Sequence[Line], claims: Sequence[str]) -> str | None:
    """Return the longest shown line that is a claim up to one of its separators."""
    shown = {fold(line.text): line.text for line in reversed(lines) if line.link_share < LINKED}
    for claim in claims:
        cuts = [match.start() for match in _ANY_CUT.finditer(claim)]
        for cut in reversed([*cuts, len(claim)]):
            text = fold(claim[:cut])
            if len(text) >= MIN_TITLE and text in shown:
                return shown[text]
    return None


def _end_of_heading(lines: Sequence[Line], claims: Sequence[str], site: str | None) -> str | None:
    """Return the claim that a heading ends with, after a label: [经验] before a thread's title."""
    headings = [fold(line.text) for line in lines if line.kind is LineKind.HEADING]
    for claim in claims:
        part = strip_site(claim, site)
        own = fold(part)
        if len(own) > MIN_TITLE and any(
            text.endswith(own) and len(own) * 2 > len(text) for text in headings
        ):
            return part
    return None


def _only_h1(lines: Sequence[Line], site: str | None) -> str | None:
    found = [
        line.text
        for line in lines
        if line.element.tag == "h1"
        and line.link_share < LINKED
        and fold(line.text) != fold(site or "")
    ]
    return found[0] if len(found) == 1 and len(fold(found[0])) > MIN_TITLE else None


def _leads(text: str, claim: str) -> bool:
    """Say whether `text` is the title part of `claim`: its beginning, or most of it."""
    return claim.startswith(text) or len(text) * 2 >= len(claim)


def _looks_like_title(line: Line) -> bool:
    if line.kind is LineKind.HEADING:
        return True
    names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}".lower()
    return "title" in names or "headline" in names or "biaoti" in names
