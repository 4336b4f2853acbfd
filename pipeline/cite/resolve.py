"""Say which law each mention means: names by the registry, 本法 and the like by what stands before.

An anaphor is bound to the nearest mention that fits its kind (本条例 fits a 条例); where none
fits it stays unbound, which is a result too: refuse rather than guess.
"""

import re
from dataclasses import replace
from typing import Final

from pipeline.cite.anchors import GENERIC, Form
from pipeline.cite.context import Context, Law, Resolved, fits, kind_of, last_article
from pipeline.cite.find import Mention
from pipeline.cite.near import near_title
from pipeline.cite.numerals import MAX_NUMERAL
from pipeline.cite.pinpoint import Pinpoint
from pipeline.cite.plain import plain_text
from pipeline.cite.private import is_among_clauses
from pipeline.cite.reproduced import reproduced_norms
from pipeline.cite.spoken import by_words, is_by_words, norm_by_words
from pipeline.cite.titles import canonical_form, title_key
from pipeline.cite.wording import Wording
from pipeline.statutes import Registry, Statute

# 关于贯彻企业职工患病或非因工负伤医疗期规定的通知 names a norm without its marks.
_ABOUT: Final = re.compile(
    r"(?P<before>.{0,30}关于(?:贯彻执行|贯彻|执行|实施|印发|发布|修改|废止|适用))(?P<inside>[^〈〉]{4,40})"
    r"(?P<after>(?:若干问题)?的(?:通知|决定|意见|规定|解释|批复|复函|说明))$"
)
_ANAPHORIC: Final = frozenset(
    {Form.LIST, Form.CARRY, Form.ANAPHOR_LAW, Form.ANAPHOR_LAW_ONLY, Form.ANAPHOR_SOFT}
)
_SENTENCE_START: Final = re.compile(r"(?:^|[。；;：:！？!?\n“”\"'」』>】])[\s　]*$")
_IS_CITED: Final = re.compile(
    r"(?:依照|按照|根据|依据|违反|适用|参照|符合|涉嫌|所称|[和及与、])\s?$"
)
_NO_HEADING: Final = frozenset("，,。；;、|！!？?")  # after 第一条: it is a word of the sentence
_SENTENCE: Final = 200  # characters, more than most sentences have
_MOST_POINTS: Final = 9  # that a text would count with 条
_AFTER_POINT: Final = frozenset("，,：:、")
_OWN: Final = ("本", "前")
_FULL_TEXT: Final = re.compile(r"\s*[（(]?(?:最新)?(?:全文|条文)[）)]?$")
# A citation that goes on like this is used inside a clause; any other introduces a provision.
_GOES_ON: Final = re.compile(
    r"\s?(?:的|之|所|中|等|和|及|与|或|以|、|情形|至|在内|规定的|规定(?!.{0,4}[：:，,“\"]))"
)


def resolve(
    plain: str,
    mentions: list[Mention],
    registry: Registry,
    *,
    page_title: str | None = None,
    wording: Wording | None = None,
) -> list[Resolved]:
    """Return the mentions with their laws; those that turn out to be no citation are left out.

    What names no law is looked up by its words where `wording` has those of the statutes.
    """
    context = Context(norms=reproduced_norms(plain), titled=_titled(page_title, registry))
    resolved = []
    for mention in mentions:
        if context.enter(mention.start) and wording and context.own and not context.own_law:
            context.own_law = norm_by_words(plain, context.own, wording)
        result = _resolve_one(plain, mention, context, registry)
        if result and wording and is_by_words(mention.form):
            result = by_words(plain, result, context, wording)
        if result and (result.law or not is_among_clauses(plain, mention.start)):
            resolved.append(replace(result, is_in_norm=True) if context.own else result)
            _remember(plain, result, context)
    return resolved


def _titled(page_title: str | None, registry: Registry) -> Law | None:
    """Return the act that a page's title is the name of, None where it says more or less."""
    title = _FULL_TEXT.sub("", plain_text(page_title or "").strip())
    candidates = registry.find(title)
    if len(candidates) != 1:
        return None
    last = last_article(candidates[0], registry)
    return Law(title=candidates[0].title, candidates=candidates, start=0, last_article=last)


def is_anaphoric(resolved: Resolved) -> bool:
    """Say whether the law is named elsewhere; a list item hangs on its head."""
    form = resolved.mention.form
    return form in _ANAPHORIC and (form is not Form.LIST or resolved.antecedent is not None)


def _resolve_one(
    plain: str, mention: Mention, context: Context, registry: Registry
) -> Resolved | None:
    if mention.form is Form.LIST:
        return _list_item(mention, context)
    if mention.form is Form.CARRY:
        return _carried(plain, mention, context)
    if mention.form is Form.ANAPHOR_SOFT:
        return _soft(mention, context)
    if mention.form in {Form.ANAPHOR_LAW, Form.ANAPHOR_LAW_ONLY}:
        return _law_anaphor(mention, context, registry)
    law = _named(mention, context, registry)
    return Resolved(mention=mention, law=law, pinpoint=mention.pinpoint, antecedent=None)


def _named(mention: Mention, context: Context, registry: Registry) -> Law:
    name = mention.name or ""
    known = context.defined.get(title_key(name))
    if known is None and GENERIC.match(name):
        known = context.nearest(kind_of(name))
    if known:
        return replace(known, start=mention.start)
    candidates = registry.find(name)
    near = None if candidates or not _is_marked(mention) else near_title(name, registry)
    if near:
        candidates = (near.statute,)
    candidates = _that_hold(mention.pinpoint, candidates, registry)
    title = candidates[0].title if len(candidates) == 1 else _official(name, registry)
    last = last_article(candidates[0], registry) if len(candidates) == 1 else MAX_NUMERAL
    is_wrong = near.is_wrong if near else registry.is_wrong(name)
    return Law(
        title=title,
        candidates=candidates,
        start=mention.start,
        last_article=last,
        miswritten=canonical_form(name) if is_wrong else None,
    )


def _that_hold(
    pinpoint: Pinpoint, candidates: tuple[Statute, ...], registry: Registry
) -> tuple[Statute, ...]:
    """Leave out of several acts of a name those that never had so many articles."""
    last = pinpoint.article_end or pinpoint.article or 0
    held = tuple(act for act in candidates if last <= last_article(act, registry))
    return held if len(held) == 1 else candidates


def _official(name: str, registry: Registry) -> str:
    """Return an unregistered title with the marks around the registered one inside it."""
    title = canonical_form(name)
    match = _ABOUT.match(title)
    if match is None or not registry.find(match["inside"]):
        return title
    return f"{match['before']}〈{match['inside']}〉{match['after']}"


def _is_marked(mention: Mention) -> bool:
    return mention.form in {Form.TITLE_FULL, Form.TITLE_SHORT, Form.TITLE_ONLY}


def _list_item(mention: Mention, context: Context) -> Resolved | None:
    head = context.by_start.get(mention.head if mention.head is not None else -1)
    if head is None:
        return None
    pinpoint = mention.pinpoint
    if pinpoint.article is None:
        pinpoint = replace(pinpoint, article=head.pinpoint.article, suffix=head.pinpoint.suffix)
    hangs = head.antecedent if head.mention.form in _ANAPHORIC else None
    return Resolved(mention=mention, law=head.law, pinpoint=pinpoint, antecedent=hangs)


def _carried(plain: str, mention: Mention, context: Context) -> Resolved | None:
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


def _named_in_sentence(plain: str, mention: Mention, context: Context) -> Law | None:
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


def _law_anaphor(mention: Mention, context: Context, registry: Registry) -> Resolved | None:
    name = mention.name or ""
    if name.startswith("其"):
        return _of_its_law(mention, name[1:], context, registry)
    if known := context.defined.get(title_key(name)):
        return _bound(mention, known, mention.pinpoint)
    kind = kind_of(name)
    is_own = name.startswith("本")
    if is_own and context.own:
        return _bound(mention, context.own_law, mention.pinpoint)
    host = context.host.law if is_own and context.host else None
    article = mention.pinpoint.article or 0
    is_host = host is not None and fits(host, kind) and host.holds(article)
    law = host if is_host else context.nearest(kind, article)
    is_vague = law is None and mention.pinpoint.article is None and name[0] in "该同上前"
    return None if is_vague else _bound(mention, law, mention.pinpoint)


def _of_its_law(
    mention: Mention, kind: str, context: Context, registry: Registry
) -> Resolved | None:
    """Resolve 《道路交通安全法》及其实施条例 by the title that this makes."""
    if not context.laws:
        return None
    law = context.laws[-1]
    candidates = registry.find(law.title + kind)
    if len(candidates) != 1:
        return None
    title = candidates[0].title
    own = Law(title=title, candidates=candidates, start=law.start)
    return _bound(mention, own, mention.pinpoint)


def _soft(mention: Mention, context: Context) -> Resolved:
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


def _remember(plain: str, result: Resolved, context: Context) -> None:
    mention = result.mention
    context.by_start[mention.start] = result
    if result.law is None:
        return
    if mention.form not in {Form.LIST, Form.ANAPHOR_SOFT}:
        is_here = result.law.start == mention.start
        context.laws.append(result.law if is_here else replace(result.law, start=mention.start))
    if mention.defines:
        context.defined[title_key(mention.defines)] = result.law
    if result.pinpoint.article is None:
        return
    context.last = result
    if context.own is None and _introduces(plain, result, context):
        context.host = result


def _introduces(plain: str, result: Resolved, context: Context) -> bool:
    """Say whether the words of this provision follow, so that 本法 in them means its law."""
    form, end = result.mention.form, result.mention.end
    if form in {Form.LIST, Form.ANAPHOR_LAW, Form.ANAPHOR_SOFT}:
        return False
    if context.host is None:
        return True
    if form is Form.CARRY:
        return _begins_sentence(plain, result.mention)
    return not _GOES_ON.match(plain, end)
