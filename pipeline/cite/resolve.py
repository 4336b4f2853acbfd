"""Say which law each mention means: names by the registry, 本法 and the like by what stands before.

An anaphor is bound to the nearest mention that fits its kind (本条例 fits a 条例); where none
fits it stays unbound, which is a result too: refuse rather than guess.
"""

import re
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.cite.anchors import GENERIC, Form
from pipeline.cite.find import Mention
from pipeline.cite.numerals import MAX_NUMERAL
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.reproduced import ReproducedNorm, norm_at, reproduced_norms
from pipeline.cite.titles import canonical_form, title_key
from pipeline.statutes import Registry, Statute


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a name stands for."""

    title: str  # official where the registry has it, else as written
    candidates: tuple[Statute, ...]  # one: known; several: ambiguous; none: not in the registry
    start: int  # of the mention that names it
    last_article: int = MAX_NUMERAL  # no version of it counts further

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


_ANAPHORIC: Final = frozenset(
    {Form.LIST, Form.CARRY, Form.ANAPHOR_LAW, Form.ANAPHOR_LAW_ONLY, Form.ANAPHOR_SOFT}
)
_KIND: Final = re.compile(
    r"(法典|法|总则|通则|条例|规定|办法|司法解释|解释|细则|规则|意见|决定|规程|准则|规范|通知|批复|章程|公约|解答|纪要)"
    r"(?:[（(].{1,4}[）)])?$"
)
_SENTENCE_START: Final = re.compile(r"(?:^|[。；;：:！？!?\n“”\"'」』>】])[\s　]*$")
_IS_CITED: Final = re.compile(
    r"(?:依照|按照|根据|依据|违反|适用|参照|符合|涉嫌|所称|[和及与、])\s?$"
)
_NO_HEADING: Final = frozenset("，,。；;、|！!？?")  # after 第一条: it is a word of the sentence
_LONGEST_AMENDMENT: Final = 60  # articles; 刑法修正案（九） has 52
_PREAMBLE: Final = 1500  # characters from the title of a norm to its first article
_SENTENCE: Final = 200  # characters, more than most sentences have
_LAWS: Final = frozenset({"法", "法典", "总则", "通则"})  # 民法总则 calls itself 本法
_MOST_POINTS: Final = 9  # that a text would count with 条
_AFTER_POINT: Final = frozenset("，,：:、")
_MEMORY: Final = 60  # laws named before, among which an anaphor looks for its own
_OWN: Final = ("本", "前")
# A citation that goes on like this is used inside a clause; any other introduces a provision.
_GOES_ON: Final = re.compile(
    r"\s?(?:的|之|所|中|等|和|及|与|或|以|、|情形|至|在内|规定的|规定(?!.{0,4}[：:，,“\"]))"
)


@dataclass(slots=True)
class _Context:
    """What has been read so far."""

    laws: deque[Law] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    defined: dict[str, Law] = field(default_factory=dict)
    host: Resolved | None = None  # the provision whose words are being quoted
    last: Resolved | None = None  # the provision cited last
    by_start: dict[int, Resolved] = field(default_factory=dict)
    norms: list[ReproducedNorm] = field(default_factory=list)
    own: ReproducedNorm | None = None  # the reproduced norm that is being read
    own_law: Law | None = None  # what it is called, where the text says so before

    def enter(self, position: int) -> None:
        """Note whether `position` is in a reproduced norm, and in which."""
        own = norm_at(self.norms, position)
        if own is self.own:
            return
        self.own, self.host = own, None
        self.own_law = self._name_of(own) if own else None

    def _name_of(self, own: ReproducedNorm) -> Law | None:
        """Return the first law of its kind that is named shortly before a reproduced norm."""
        before = (law for law in self.laws if own.start - _PREAMBLE <= law.start < own.start)
        kind = _kind(own.kind)
        return next((law for law in before if _fits(law, kind)), None)

    def nearest(self, kind: str) -> Law | None:
        """Return the law named last that 本<kind> or 该<kind> can mean."""
        return next((law for law in reversed(self.laws) if _fits(law, kind)), None)


def resolve(plain: str, mentions: list[Mention], registry: Registry) -> list[Resolved]:
    """Return the mentions with their laws; those that turn out to be no citation are left out."""
    context = _Context(norms=reproduced_norms(plain))
    resolved = []
    for mention in mentions:
        context.enter(mention.start)
        result = _resolve_one(plain, mention, context, registry)
        if result is not None:
            resolved.append(result)
            _remember(plain, result, context)
    return resolved


def is_anaphoric(resolved: Resolved) -> bool:
    """Say whether the law is named elsewhere; a list item hangs on its head."""
    form = resolved.mention.form
    return form in _ANAPHORIC and (form is not Form.LIST or resolved.antecedent is not None)


def _resolve_one(
    plain: str, mention: Mention, context: _Context, registry: Registry
) -> Resolved | None:
    if mention.form is Form.LIST:
        return _list_item(mention, context)
    if mention.form is Form.CARRY:
        return _carried(plain, mention, context)
    if mention.form is Form.ANAPHOR_SOFT:
        return _soft(mention, context)
    if mention.form in {Form.ANAPHOR_LAW, Form.ANAPHOR_LAW_ONLY}:
        return _law_anaphor(mention, context)
    law = _named(mention, context, registry)
    return Resolved(mention=mention, law=law, pinpoint=mention.pinpoint, antecedent=None)


def _named(mention: Mention, context: _Context, registry: Registry) -> Law:
    name = mention.name or ""
    known = context.defined.get(title_key(name))
    if known is None and GENERIC.match(name):
        known = context.nearest(_kind(name))
    if known:
        return replace(known, start=mention.start)
    candidates = registry.find(name)
    title = candidates[0].title if len(candidates) == 1 else canonical_form(name)
    last = _last_article(candidates[0], registry) if len(candidates) == 1 else MAX_NUMERAL
    return Law(title=title, candidates=candidates, start=mention.start, last_article=last)


def _last_article(statute: Statute, registry: Registry) -> int:
    if "修正案" in statute.title:  # its articles change another law's, which 第…条 then means
        return _LONGEST_AMENDMENT
    versions = registry.versions_of(statute.statute_id)
    counts = [version.article_count for version in versions]
    return max((count or MAX_NUMERAL for count in counts), default=MAX_NUMERAL)


def _list_item(mention: Mention, context: _Context) -> Resolved | None:
    head = context.by_start.get(mention.head if mention.head is not None else -1)
    if head is None:
        return None
    pinpoint = mention.pinpoint
    if pinpoint.article is None:
        pinpoint = replace(pinpoint, article=head.pinpoint.article, suffix=head.pinpoint.suffix)
    hangs = head.antecedent if head.mention.form in _ANAPHORIC else None
    return Resolved(mention=mention, law=head.law, pinpoint=pinpoint, antecedent=hangs)


def _carried(plain: str, mention: Mention, context: _Context) -> Resolved | None:
    if context.own and mention.start in context.own.headings:
        context.host = _bound(mention, context.own_law, mention.pinpoint)
        return None
    article = mention.pinpoint.article or 0
    named = _named_in_sentence(plain, mention, context)
    if context.own and named is None and article <= context.own.last_article:
        return _bound(mention, context.own_law, mention.pinpoint)
    is_heading = _begins_sentence(plain, mention)
    hosts = [context.host.law] if is_heading and context.host and context.host.law else []
    hosts = [named] if context.own and named else hosts
    law = next((law for law in (*hosts, *reversed(context.laws)) if law.holds(article)), None)
    is_counting = _counts_points(plain, mention)
    if is_counting or (law is None and not is_heading and not _is_cited(plain, mention)):
        return None
    return _bound(mention, law, mention.pinpoint)


def _counts_points(plain: str, mention: Mention) -> bool:
    """Say whether 第一条，… begins the points that a text makes itself."""
    before = plain[max(0, mention.start - 8) : mention.start]
    starts = not before or _SENTENCE_START.search(before) is not None
    is_small = (
        mention.pinpoint == Pinpoint(article=mention.pinpoint.article)
        and (mention.pinpoint.article or 0) <= _MOST_POINTS
    )
    return starts and is_small and plain[mention.end : mention.end + 1] in _AFTER_POINT


def _named_in_sentence(plain: str, mention: Mention, context: _Context) -> Law | None:
    last = context.laws[-1] if context.laws else None
    if last is None or mention.start - last.start > _SENTENCE:
        return None
    between = plain[last.start : mention.start]
    return None if "。" in between or "\n" in between else last


def _is_cited(plain: str, mention: Mention) -> bool:
    return _IS_CITED.search(plain[max(0, mention.start - 4) : mention.start]) is not None


def _begins_sentence(plain: str, mention: Mention) -> bool:
    before = plain[max(0, mention.start - 8) : mention.start]
    follows = plain[mention.end : mention.end + 1]
    starts = not before or _SENTENCE_START.search(before) is not None
    return starts and follows not in _NO_HEADING


def _law_anaphor(mention: Mention, context: _Context) -> Resolved | None:
    name = mention.name or ""
    if known := context.defined.get(title_key(name)):
        return _bound(mention, known, mention.pinpoint)
    kind = _kind(name)
    is_own = name.startswith("本")
    if is_own and context.own:
        return _bound(mention, context.own_law, mention.pinpoint)
    host = context.host.law if is_own and context.host else None
    law = host if host and _fits(host, kind) else context.nearest(kind)
    is_vague = law is None and mention.pinpoint.article is None and name[0] in "该同上前"
    return None if is_vague else _bound(mention, law, mention.pinpoint)


def _soft(mention: Mention, context: _Context) -> Resolved:
    name = mention.name or ""
    owner = context.host if name.startswith(_OWN) and context.host else context.last
    if owner is None or owner.law is None:
        return _bound(mention, owner.law if owner else None, mention.pinpoint)
    article, suffix = owner.pinpoint.article, owner.pinpoint.suffix
    if name == "前条" and article:
        article, suffix = article - 1, None
    paragraph = owner.pinpoint.paragraph if name in {"该款", "此款", "同款", "该项"} else None
    pinpoint = replace(
        mention.pinpoint,
        article=article,
        suffix=suffix,
        paragraph=mention.pinpoint.paragraph or paragraph,
    )
    return _bound(mention, owner.law, pinpoint, owner.mention.start)


def _bound(
    mention: Mention, law: Law | None, pinpoint: Pinpoint, to: int | None = None
) -> Resolved:
    antecedent = law.start if law and to is None else to
    return Resolved(mention=mention, law=law, pinpoint=pinpoint, antecedent=antecedent)


def _kind(name: str) -> str:
    match = _KIND.search(name)
    return match[1] if match else ""


def _fits(law: Law, kind: str) -> bool:
    """Say whether 本<kind> can mean `law`; 本法 means the Civil Code too, 该解释 a 规定 never."""
    own = _kind(law.title)
    if kind in _LAWS:
        return own in _LAWS
    return own == kind or {own, kind} == {"解释", "司法解释"}


def _remember(plain: str, result: Resolved, context: _Context) -> None:
    mention = result.mention
    context.by_start[mention.start] = result
    if result.law is None:
        return
    if mention.form not in {Form.LIST, Form.ANAPHOR_SOFT}:
        context.laws.append(replace(result.law, start=mention.start))
    if mention.defines:
        context.defined[title_key(mention.defines)] = result.law
    if result.pinpoint.article is None:
        return
    context.last = result
    if context.own is None and _introduces(plain, result, context):
        context.host = result


def _introduces(plain: str, result: Resolved, context: _Context) -> bool:
    """Say whether the words of this provision follow, so that 本法 in them means its law."""
    form, end = result.mention.form, result.mention.end
    if form in {Form.LIST, Form.ANAPHOR_LAW, Form.ANAPHOR_SOFT}:
        return False
    if context.host is None:
        return True
    if form is Form.CARRY:
        return _begins_sentence(plain, result.mention)
    return not _GOES_ON.match(plain, end)
