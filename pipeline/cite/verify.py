"""Judge a citation by the registry: in force on a day, repealed, no such article, and so on.

A definite accusation needs confirmed facts; where they are missing the verdict is
`unverifiable`, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pipeline.cite.context import Law
from pipeline.cite.numerals import format_numeral
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.titles import normalize_number, number_year
from pipeline.statutes import Registry, Statute, StatuteVersion


class Verdict(StrEnum):
    """What can be said of a citation on one day."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NO_SUCH_ARTICLE = "no_such_article"
    WRONG_ARTICLE = "wrong_article"  # said only where statute texts were imported
    WRONG_DOCUMENT_NUMBER = "wrong_document_number"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_LAW = "unknown_law"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What should have been cited; None where that is not known."""

    canonical: str | None = None
    article: int | None = None
    article_suffix: int | None = None  # 1 in 第三百八十八条之一
    doc_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A verdict, the sentence that explains it, and the correction."""

    verdict: Verdict
    detail: str
    correction: Correction | None = None


_LONGEST_LAW: Final = 24  # of the 350 laws in the registry, one title is longer
_MONTHS_OF_TURN: Final = 4  # an act numbered at the end of a year may appear in the next spring


def verify(
    law: Law | None, pinpoint: Pinpoint, number: str | None, *, day: date, registry: Registry
) -> Finding:
    """Return what the registry says of a citation as of `day`."""
    if law is None:
        return Finding(verdict=Verdict.UNVERIFIABLE, detail="前文没有指明是哪一部法律")
    if not law.candidates:
        return _unknown(law)
    if len(law.candidates) > 1:
        titles = "、".join(f"《{statute.title}》" for statute in law.candidates[:6])
        return Finding(verdict=Verdict.AMBIGUOUS, detail=f"可能指：{titles}")
    statute = law.candidates[0]
    return (
        _repealed(statute, day, registry)
        or _wrong_number(statute, number, day, registry)
        or _at(statute, pinpoint, day, registry)
    )


def _unknown(law: Law) -> Finding:
    """Laws are nearly all in the registry, other norms are not: only a 法 is called unknown."""
    if _is_national_law(law.title):
        return Finding(verdict=Verdict.UNKNOWN_LAW, detail=f"登记表里没有《{law.title}》")
    return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"登记表里没有《{law.title}》，不能核对")


def _is_national_law(title: str) -> bool:
    return len(title) <= _LONGEST_LAW and title.endswith("法") and not title.endswith("办法")


def _repealed(statute: Statute, day: date, registry: Registry) -> Finding | None:
    if statute.repealed_on is None or day < statute.repealed_on:
        return None
    successor = registry.by_id.get(statute.replaced_by) if statute.replaced_by else None
    detail = f"《{statute.title}》已于{spelled_day(statute.repealed_on)}废止"
    if successor:
        detail += f"，由《{successor.title}》取代"
    if not statute.is_confirmed:
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"{detail}（未经证实）")
    correction = Correction(canonical=successor.title) if successor else None
    return Finding(verdict=Verdict.REPEALED, detail=detail, correction=correction)


def _wrong_number(
    statute: Statute, number: str | None, day: date, registry: Registry
) -> Finding | None:
    if number is None:
        return None
    known = registry.numbers_of(statute.statute_id)
    spelled = [normalize_number(k.document_number) or k.document_number for k in known]
    if number in spelled or not _comparable(number, spelled):
        return None
    owners = [act for act in registry.with_number(number) if act != statute]
    belongs = f"；{number}是《{owners[0].title}》的文号" if owners else ""
    detail = f"《{statute.title}》的文号是{'、'.join(spelled)}，不是{number}{belongs}"
    is_same_issue = statute.is_confirmed and number_year(number) in map(number_year, spelled)
    if not (owners or is_same_issue or _year_contradicts(statute, number, registry)):
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"{detail}（未经证实）")
    series = [s for s in spelled if _series(s) == _series(number)]
    correction = Correction(doc_number=_number_on(statute, series, day, registry))
    return Finding(verdict=Verdict.WRONG_DOCUMENT_NUMBER, detail=detail, correction=correction)


def _comparable(number: str, known: list[str]) -> bool:
    """A decree number and a file number can both be right: compare only numbers of one series."""
    return any(_series(k) == _series(number) for k in known) and "〔" in number


def _series(number: str) -> str:
    return number.split("〔", maxsplit=1)[0]


def _number_on(statute: Statute, numbers: list[str], day: date, registry: Registry) -> str:
    """Return which of the act's numbers the version in force on `day` was issued under.

    Each amendment by decision has its own number, so the numbers of a year go with the versions
    of that year, in order; before the first version and after the last, the nearest.
    """
    ordered = sorted(numbers, key=_issue)
    versions = registry.versions_of(statute.statute_id)
    begun = [v for v in versions if v.effective_from <= day] or list(versions[:1])
    if not begun:
        return ordered[-1]
    issued = [v.promulgated_on or v.effective_from for v in begun]
    year = issued[-1].year
    nth = sum(each.year == year for each in issued)
    if same_year := [n for n in ordered if number_year(n) == year]:
        return same_year[min(nth, len(same_year)) - 1]
    return next((n for n in reversed(ordered) if (number_year(n) or 0) <= year), ordered[0])


def _issue(number: str) -> tuple[int, int]:
    serial = re.search(r"(\d+)号$", number)
    return number_year(number) or 0, int(serial[1]) if serial else 0


def _year_contradicts(statute: Statute, number: str, registry: Registry) -> bool:
    """Say whether the number's year cannot be the year of issue.

    A document number carries the year in which the document was issued.  So the day of
    promulgation is evidence of its own, where the number known agrees with it and the number
    cited does not: an act of April 2018 is not number 10 of 2020.
    """
    versions = registry.versions_of(statute.statute_id)
    issued = {v.promulgated_on for v in versions if v.promulgated_on}
    years = {day.year for day in issued}
    years |= {day.year - 1 for day in issued if day.month <= _MONTHS_OF_TURN - 1}
    known = {number_year(k.document_number) for k in registry.numbers_of(statute.statute_id)}
    cited = number_year(number) or 0
    # An earlier year may be that of a former act of the same title.
    return bool(issued) and min(years) < cited and cited not in years and bool(known & years)


def _at(statute: Statute, pinpoint: Pinpoint, day: date, registry: Registry) -> Finding:
    versions = registry.versions_of(statute.statute_id)
    version = registry.in_force_on(statute.statute_id, day)
    if not versions:
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"《{statute.title}》的施行日期未知")
    if version is None:
        return _too_early(statute, versions[0])
    if pinpoint.article is None:
        return Finding(verdict=Verdict.IN_FORCE, detail=_since(statute, version))
    coming = next((v for v in versions if _is_coming(v, day)), None)
    return _article(statute, pinpoint, version, coming)


def _is_coming(version: StatuteVersion, day: date) -> bool:
    """Say whether a version was promulgated, but not in force, on `day`."""
    promulgated = version.promulgated_on
    return promulgated is not None and promulgated <= day < version.effective_from


def _too_early(statute: Statute, first: StatuteVersion) -> Finding:
    detail = f"《{statute.title}》自{spelled_day(first.effective_from)}起施行"
    is_sure = statute.is_confirmed and "promulgation" not in first.origin
    verdict = Verdict.NOT_YET_IN_FORCE if is_sure else Verdict.UNVERIFIABLE
    return Finding(verdict=verdict, detail=detail)


def _article(
    statute: Statute, pinpoint: Pinpoint, version: StatuteVersion, coming: StatuteVersion | None
) -> Finding:
    missing = _missing(statute, pinpoint, version)
    if missing is None:
        return Finding(verdict=Verdict.IN_FORCE, detail=_since(statute, version))
    if missing.verdict is Verdict.NO_SUCH_ARTICLE and coming and _has(pinpoint, coming):
        detail = f"{missing.detail}；自{spelled_day(coming.effective_from)}起施行的版本才有"
        return Finding(verdict=Verdict.NOT_YET_IN_FORCE, detail=detail)
    return missing


def _has(pinpoint: Pinpoint, version: StatuteVersion) -> bool:
    last = pinpoint.article_end or pinpoint.article or 0
    cited = (pinpoint.article or 0, pinpoint.suffix or 0)
    is_counted = version.article_count is not None and last <= version.article_count
    return is_counted and (not pinpoint.suffix or cited in version.inserted_articles)


def _missing(statute: Statute, pinpoint: Pinpoint, version: StatuteVersion) -> Finding | None:
    """Return what is wrong with the article, None where the version has it."""
    last = pinpoint.article_end or pinpoint.article or 0
    if version.article_count is None:
        detail = f"《{statute.title}》在当日有效版本的条数未知，不能核对第{_numeral(last)}条"
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=detail)
    if _has(pinpoint, version):
        return None
    is_known = statute.is_confirmed and version.is_confirmed
    if last > version.article_count:
        lacks = f"只有{version.article_count}条，没有第{_numeral(last)}条"
    else:
        place = f"第{_numeral(pinpoint.article or 0)}条之{_numeral(pinpoint.suffix or 0)}"
        lacks = f"没有{place}"
        # Without the version's text, an empty list of inserted articles says nothing.
        is_known &= bool(version.inserted_articles) or "count: text;" in version.origin
    detail = f"当日有效的《{statute.title}》{lacks}"
    if not is_known:
        return Finding(verdict=Verdict.UNVERIFIABLE, detail=f"{detail}（未经证实）")
    return Finding(verdict=Verdict.NO_SUCH_ARTICLE, detail=detail)


def _since(statute: Statute, version: StatuteVersion) -> str:
    return f"《{statute.title}》当日有效的版本自{spelled_day(version.effective_from)}起施行"


def spelled_day(day: date) -> str:
    """Return 2021年1月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _numeral(value: int) -> str:
    return format_numeral(value) if value else "零"
