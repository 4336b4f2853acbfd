"""What a reader of a text has in mind: laws named, names defined, the provision being quoted."""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from pipeline.cite.find import Mention
from pipeline.cite.numerals import MAX_NUMERAL
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.reproduced import ReproducedNorm, norm_at
from pipeline.statutes import Registry, Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a name stands for."""

    title: str  # official where the registry has it, else as written
    candidates: tuple[Statute, ...]  # one: known; several: ambiguous; none: not in the registry
    start: int  # of the mention that names it
    last_article: int = MAX_NUMERAL  # no version of it counts further
    miswritten: str | None = None  # the wrong title that stands for it

    def holds(self, article: int) -> bool:
        """Say whether the law can have this article."""
        return article <= self.last_article


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention with its law and its numbers complete."""

    mention: Mention
    law: Law | None  # None: an anaphor without antecedent
    pinpoint: Pinpoint
    antecedent: int | None  # start of the mention it hangs on; None where it names its law itself
    is_by_words: bool = False  # no law is named: the words around are that law's
    is_in_norm: bool = False  # it stands in a norm that the text reproduces


_KIND: Final = re.compile(
    r"(法典|法|总则|通则|条例|规定|办法|司法解释|解释|细则|规则|意见|决定|规程|准则|规范|通知|批复|章程|公约|解答|纪要)"
    r"(?:[（(].{1,4}[）)])?$"
)
_LAWS: Final = frozenset({"法", "法典", "总则", "通则"})  # 民法总则 calls itself 本法
_LONGEST_AMENDMENT: Final = 60  # articles; 刑法修正案（九） has 52
_PREAMBLE: Final = 1500  # characters from the title of a norm to its first article
_INTRODUCTION: Final = 80  # characters between a law's name and the provisions set out below it
_NEXT: Final = 5  # articles, from the one cited before to the first of those
_MEMORY: Final = 60  # laws named before, among which an anaphor looks for its own


@dataclass(slots=True)
class Context:
    """What has been read so far."""

    laws: deque[Law] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    defined: dict[str, Law] = field(default_factory=dict)
    host: Resolved | None = None  # the provision whose words are being quoted
    last: Resolved | None = None  # the provision cited last
    by_start: dict[int, Resolved] = field(default_factory=dict)
    norms: list[ReproducedNorm] = field(default_factory=list)
    own: ReproducedNorm | None = None  # the reproduced norm that is being read
    quoted: ReproducedNorm | None = None  # provisions that turned out to be quoted
    own_law: Law | None = None  # what it is called, where the text says so before
    titled: Law | None = None  # the act whose name is the page's title

    def enter(self, position: int) -> bool:
        """Note in which reproduced norm `position` is; say whether it is the first in it."""
        own = norm_at(self.norms, position)
        if own is self.own or own is self.quoted:
            return False
        if own and self._is_titled(own):
            self.own, self.host, self.own_law = own, None, self.titled
            return True
        if own and self._is_quoted(own):
            self.own, self.quoted = None, own
            return False
        self.own, self.host = own, None
        self.own_law = self._name_of(own) if own and own.first_article == 1 else None
        return own is not None

    def _is_titled(self, own: ReproducedNorm) -> bool:
        """Say whether the page's title names the reproduced norm, or the part of it here."""
        titled = self.titled
        is_kind = titled is not None and (not own.kind or fits(titled, kind_of(own.kind)))
        return is_kind and titled is not None and titled.holds(own.last_article)

    def _is_quoted(self, own: ReproducedNorm) -> bool:
        """Say whether provisions that begin lines are set out below the law that is named."""
        if own.first_article == 1:
            return False
        last = self.laws[-1] if self.laws else None
        is_other = bool(own.kind and last and not fits(last, kind_of(own.kind)))
        named = last and not is_other and own.start - last.start <= _INTRODUCTION
        before = self.host.pinpoint.article if self.host else None
        continues = before is not None and before < own.first_article <= before + _NEXT
        return bool(named or continues)

    def _name_of(self, own: ReproducedNorm) -> Law | None:
        """Return the first law of its kind that is named shortly before a reproduced norm."""
        before = (law for law in self.laws if own.start - _PREAMBLE <= law.start < own.start)
        kind = kind_of(own.kind)
        return next((law for law in before if fits(law, kind)), None)

    def nearest(self, kind: str, article: int = 0) -> Law | None:
        """Return the law named last that 本<kind> or 该<kind> with this article can mean."""
        laws = reversed(self.laws)
        return next((law for law in laws if fits(law, kind) and law.holds(article)), None)


def kind_of(name: str) -> str:
    """Return the kind of norm that a title ends in: 条例, 解释; empty where it ends in none."""
    match = _KIND.search(name)
    return match[1] if match else ""


def last_article(statute: Statute, registry: Registry) -> int:
    """Return the highest number of an article that any version of `statute` has."""
    if "修正案" in statute.title:  # its articles change another law's, which 第…条 then means
        return _LONGEST_AMENDMENT
    versions = registry.versions_of(statute.statute_id)
    counts = [version.article_count for version in versions if version.article_count]
    return max(counts, default=MAX_NUMERAL)


def fits(law: Law, kind: str) -> bool:
    """Say whether 本<kind> can mean `law`; 本法 means the Civil Code too, 该解释 a 规定 never."""
    own = kind_of(law.title)
    if kind in _LAWS:
        return own in _LAWS
    return own == kind or {own, kind} == {"解释", "司法解释"}
