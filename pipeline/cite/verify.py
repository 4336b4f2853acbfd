"""Judge a citation by the registry: in force on a day, repealed, no such article, and so on.

A definite accusation needs confirmed facts; where they are missing the verdict is
`unverifiable`, never a guess.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from pipeline.cite import explain
from pipeline.cite.context import Law
from pipeline.cite.explain import Sentence
from pipeline.cite.finding import (
    Confidence,
    Correction,
    Evidence,
    Finding,
    Table,
    Verdict,
    row_of,
)
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.titles import normalize_number, number_year
from pipeline.statutes import KnownNumber, Place, Registry, Statute, StatuteVersion

_LONGEST_LAW: Final = 24  # of the 350 laws in the registry, one title is longer
_MONTHS_OF_TURN: Final = 4  # an act numbered at the end of a year may appear in the next spring


def verify(
    law: Law | None, pinpoint: Pinpoint, number: str | None, *, day: date, registry: Registry
) -> Finding:
    """Return what the registry says of a citation as of `day`."""
    if law is None:
        return _unverifiable(explain.no_antecedent())
    if not law.candidates:
        return _unknown(law)
    if len(law.candidates) > 1:
        why = explain.ambiguous([statute.title for statute in law.candidates])
        return Finding(verdict=Verdict.AMBIGUOUS, why=why, confidence=Confidence.HIGH)
    statute = law.candidates[0]
    finding = (
        _repealed(statute, pinpoint, day, registry)
        or _wrong_number(statute, number, day, registry)
        or _at(statute, pinpoint, day, registry)
    )
    return _miswritten(law, statute, finding) if law.miswritten else finding


def _unverifiable(why: Sentence, evidence: Evidence | None = None) -> Finding:
    return Finding(verdict=Verdict.UNVERIFIABLE, why=why, evidence=evidence)


def _row(statute: Statute) -> Evidence:
    return Evidence(table=Table.STATUTES, statute_id=statute.statute_id, origin=statute.origin)


def _miswritten(law: Law, statute: Statute, finding: Finding) -> Finding:
    """A wrong title is the verdict unless what it stands for is wrong in itself."""
    meant = explain.did_you_mean(law.miswritten or "", statute.title)
    if finding.verdict not in {Verdict.IN_FORCE, Verdict.UNVERIFIABLE}:
        return replace(finding, why=meant.then(finding.why))
    return Finding(
        verdict=Verdict.WRONG_TITLE,
        why=meant,
        correction=Correction(canonical=statute.title),
        evidence=_row(statute),
        confidence=Confidence.MEDIUM,
    )


def _unknown(law: Law) -> Finding:
    """Laws are nearly all in the registry, other norms are not: only a 法 is called unknown."""
    if _is_national_law(law.title):
        return Finding(verdict=Verdict.UNKNOWN_LAW, why=explain.unknown(law.title))
    return _unverifiable(explain.unregistered(law.title))


def _is_national_law(title: str) -> bool:
    return len(title) <= _LONGEST_LAW and title.endswith("法") and not title.endswith("办法")


def _repealed(
    statute: Statute, pinpoint: Pinpoint, day: date, registry: Registry
) -> Finding | None:
    if statute.repealed_on is None or day < statute.repealed_on:
        return None
    successor = registry.by_id.get(statute.replaced_by) if statute.replaced_by else None
    title = successor.title if successor else None
    why = explain.repealed(statute.title, statute.repealed_on, title)
    if not statute.is_confirmed:
        return _unverifiable(explain.unconfirmed(why), _row(statute))
    correction = Correction(canonical=title) if title else None
    place = _successor(statute, pinpoint, day, registry)
    if correction and place:
        why = why.then(explain.now_at(place))
        correction = replace(correction, article=place[0], article_suffix=place[1] or None)
    return Finding(
        verdict=Verdict.REPEALED,
        why=why,
        correction=correction,
        evidence=_row(statute),
        confidence=Confidence.HIGH,
    )


def _successor(statute: Statute, pinpoint: Pinpoint, day: date, registry: Registry) -> Place | None:
    """Return the article of the act that replaced `statute` which took over the one cited."""
    versions = registry.versions_of(statute.statute_id)
    if not versions or pinpoint.article is None or pinpoint.article_end:
        return None
    place = (pinpoint.article, pinpoint.suffix or 0)
    now = registry.now_at(versions[-1], place, day)
    return now[1] if now and now[0] == statute.replaced_by else None


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
    owner = owners[0].title if owners else None
    why = explain.number_is(statute.title, spelled, number, owner)
    is_same_issue = statute.is_confirmed and number_year(number) in map(number_year, spelled)
    evidence = _number_row(known[0])
    if not (owners or is_same_issue or _year_contradicts(statute, number, registry)):
        return _unverifiable(explain.unconfirmed(why), evidence)
    series = [s for s in spelled if _series(s) == _series(number)]
    correction = Correction(doc_number=_number_on(statute, series, day, registry))
    return Finding(
        verdict=Verdict.WRONG_DOCUMENT_NUMBER,
        why=why,
        correction=correction,
        evidence=evidence,
        confidence=Confidence.HIGH if owners or is_same_issue else Confidence.MEDIUM,
    )


def _number_row(known: KnownNumber) -> Evidence:
    return Evidence(table=Table.NUMBERS, statute_id=known.statute_id, origin=known.origin)


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
        return _unverifiable(explain.no_days(statute.title), _row(statute))
    if version is None:
        return _too_early(statute, versions[0])
    if pinpoint.article is None:
        return _in_force(statute, version)
    coming = next((v for v in versions if _is_coming(v, day)), None)
    return _article(statute, pinpoint, version, coming, day)


def _in_force(statute: Statute, version: StatuteVersion) -> Finding:
    is_sure = statute.is_confirmed and version.is_confirmed
    return Finding(
        verdict=Verdict.IN_FORCE,
        why=explain.since(statute.title, version.effective_from),
        evidence=row_of(version),
        confidence=Confidence.MEDIUM if is_sure else Confidence.LOW,
    )


def _is_coming(version: StatuteVersion, day: date) -> bool:
    """Say whether a version was promulgated, but not in force, on `day`."""
    promulgated = version.promulgated_on
    return promulgated is not None and promulgated <= day < version.effective_from


def _too_early(statute: Statute, first: StatuteVersion) -> Finding:
    why = explain.begins(statute.title, first.effective_from)
    is_sure = statute.is_confirmed and "promulgation" not in first.origin
    if not is_sure:
        return _unverifiable(why, row_of(first))
    return _not_yet(why, first)


def _not_yet(why: Sentence, version: StatuteVersion) -> Finding:
    return Finding(
        verdict=Verdict.NOT_YET_IN_FORCE,
        why=why,
        evidence=row_of(version),
        confidence=Confidence.HIGH if version.is_confirmed else Confidence.MEDIUM,
    )


def _article(
    statute: Statute,
    pinpoint: Pinpoint,
    version: StatuteVersion,
    coming: StatuteVersion | None,
    day: date,
) -> Finding:
    missing = _missing(statute, pinpoint, version, day)
    if missing is None:
        return _in_force(statute, version)
    if missing.verdict is Verdict.NO_SUCH_ARTICLE and coming and _has(pinpoint, coming):
        return _not_yet(missing.why.then(explain.coming(coming.effective_from)), coming)
    return missing


def _has(pinpoint: Pinpoint, version: StatuteVersion) -> bool:
    last = pinpoint.article_end or pinpoint.article or 0
    cited = (pinpoint.article or 0, pinpoint.suffix or 0)
    is_counted = version.article_count is not None and last <= version.article_count
    return is_counted and (not pinpoint.suffix or cited in version.inserted_articles)


def _missing(
    statute: Statute, pinpoint: Pinpoint, version: StatuteVersion, day: date
) -> Finding | None:
    """Return what is wrong with the article, None where the version has it."""
    last = pinpoint.article_end or pinpoint.article or 0
    if version.article_count is None:
        return _unverifiable(explain.uncounted(statute.title, last), row_of(version))
    if _has(pinpoint, version):
        return None
    is_known = statute.is_confirmed and version.is_confirmed and version.is_settled(day)
    if last > version.article_count:
        why = explain.lacks_article(statute.title, version.article_count, last)
    else:
        place = (pinpoint.article or 0, pinpoint.suffix or 0)
        why = explain.lacks_inserted(statute.title, place)
        # Without the version's text, an empty list of inserted articles says nothing.
        is_known &= bool(version.inserted_articles) or "count: text;" in version.origin
    if not is_known:
        return _unverifiable(explain.unconfirmed(why), row_of(version))
    return Finding(
        verdict=Verdict.NO_SUCH_ARTICLE,
        why=why,
        evidence=row_of(version),
        confidence=Confidence.HIGH if "count: text" in version.origin else Confidence.MEDIUM,
    )
