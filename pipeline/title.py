"""The title of an article: what the page shows, checked against what it claims."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.body import LINKED, is_prose
from pipeline.declared import Declared
from pipeline.furniture import is_credit, is_info, is_notice
from pipeline.lines import Line, LineKind, fold, squeeze

MIN_TITLE: Final = 4  # letters; shorter headings are labels
MIN_UNCLAIMED: Final = 6  # letters of a title that only its place above date and source tells
MAX_UNCLAIMED: Final = 60  # characters
MAX_CRUMBS: Final = 40  # lines from the top in which the names of columns are linked
NEAR_FACTS: Final = 2  # lines below such a title within which date and source stand
MAX_PROSE: Final = 20  # lines of the text in which a title's words are looked for
MIN_TOLD: Final = 2  # pairs of its characters that the text below has too

_STRONG_CUT: Final = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—·»«:]+\s+|\s*(?:--|——|::|>>)\s*")
_WEAK_CUT: Final = re.compile(r"\s*[-–—]\s*")
_ANY_CUT: Final = re.compile(rf"{_STRONG_CUT.pattern}|{_WEAK_CUT.pattern}")


def find_title(lines: Sequence[Line], declared: Declared, link_texts: Sequence[str]) -> str | None:
    """Return the article's title without the site's name; None where there is none.

    A heading that the page's claims, or a link that led to it, contain; else a shown line
    that a claim begins with, else the only `<h1>`, else the line above date and source if the
    text says more of it than of the claims (some sites give every page one `<title>`), else
    the first claim.
    """
    claims = [
        claim for claim in map(squeeze, (declared.page_title or "", *declared.titles)) if claim
    ]
    found = (
        _heading_within(lines, [*claims, *link_texts], declared.site)
        or _line_opening(lines, claims)
        or _end_of_heading(lines, claims, declared.site)
        or _only_h1(lines, declared.site)
        or _above_facts(lines, claims)
    )
    if found:
        return found
    for claim in reversed(claims):
        title = strip_site(_before_link(claim, lines), declared.site)
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


def _before_link(claim: str, lines: Sequence[Line]) -> str:
    """Cut a claim at the first of its parts that the page's head links to: a column's name."""
    parts = list(_WEAK_CUT.finditer(claim))
    if not parts or len(fold(claim[: parts[0].start()])) < MIN_TITLE:
        return claim
    links = (link for line in lines[:MAX_CRUMBS] for link in line.element.iter("a"))
    linked = {fold("".join(link.itertext())) for link in links}
    ends = [*(match.start() for match in parts[1:]), len(claim)]
    for cut, end in zip(parts, ends, strict=True):
        if fold(claim[cut.end() : end]) in linked:
            return claim[: cut.start()].rstrip(" -–—")
    return claim


def _above_facts(lines: Sequence[Line], claims: Sequence[str]) -> str | None:
    """Return the line above date and source of which the text says more than of any claim."""
    best, most = None, MIN_TOLD - 1
    if _is_shown(claims, lines):
        return None
    for at, line in enumerate(lines):
        if _may_head(line) and any(is_info(near.text) for near in lines[at + 1 :][:NEAR_FACTS]):
            text = _first_text(lines[at + 1 :])
            told = _told(line.text, text)
            if told > max([most, *(_told(claim, text) for claim in claims)]):
                best, most = line.text, told
    return best


def _may_head(line: Line) -> bool:
    if not MIN_UNCLAIMED <= len(fold(line.text)) <= MAX_UNCLAIMED or line.link_share >= LINKED:
        return False
    text = line.text
    return (
        line.kind is not LineKind.ROW
        and "。" not in text
        and not (is_info(text) or is_credit(text) or is_notice(text))
    )


def _is_shown(claims: Sequence[str], lines: Sequence[Line]) -> bool:
    """Say whether one of the claims stands within a line: then it needs no other title."""
    own = [fold(strip_site(_before_link(claim, lines), None)) for claim in claims]
    shown = [fold(line.text) for line in lines]
    return any(len(text) >= MIN_UNCLAIMED and any(text in one for one in shown) for text in own)


def _first_text(lines: Sequence[Line]) -> str:
    """Return the letters of the first prose and of the prose in its box: no footer is in it."""
    prose = [line for line in lines if is_prose(line) and not is_info(line.text)]
    box = prose[0].element.getparent() if prose else None
    inside = set(box.iter()) if box is not None else set()
    return "".join(fold(line.text) for line in prose[:MAX_PROSE] if line.element in inside)


def _told(title: str, text: str) -> int:
    """Return how many pairs of a title's characters a text has."""
    own = fold(title)
    pairs = {own[at : at + 2] for at in range(len(own) - 1)}
    return sum(pair in text for pair in pairs)


def _leads(text: str, claim: str) -> bool:
    """Say whether `text` is the title part of `claim`: its beginning, or most of it."""
    return claim.startswith(text) or len(text) * 2 >= len(claim)


def _looks_like_title(line: Line) -> bool:
    if line.kind is LineKind.HEADING:
        return True
    names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}".lower()
    return "title" in names or "headline" in names or "biaoti" in names
