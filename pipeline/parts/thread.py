"""Question-and-answer pages and forum threads: the posts, told apart by what marks them.

What marks a post: Discuz!'s numbered messages, schema.org's Question and Answer (in the markup or
as JSON-LD), boxes that call themselves answers, or a line such as 最佳答案 above it.  Comments
under an article are none of these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from lxml.html import HtmlElement

from pipeline.body import is_prose
from pipeline.dates import parse_stamp
from pipeline.document import fit
from pipeline.lines import Line, fold, path_of
from pipeline.parts.boxes import (
    MAX_POSTS,
    ThreadPage,
    answer_boxes,
    answer_others,
    largest_apart,
    lines_in,
)
from pipeline.parts.letters import letters
from pipeline.parts.posts import Post, is_furniture, read_post
from pipeline.parts.question_data import listed, questions
from pipeline.parts.record import Part, PartKind

MAX_TITLE_LABEL: Final = 6  # letters before a title: 咨询标题
MIN_SEED: Final = 6  # letters by which a declared answer is found on the page
MAX_SEED: Final = 24

_LABEL: Final = re.compile(
    r"^\W*(?:最佳答案|满意(?:回答|答案)|推荐(?:回答|答案)|精选(?:回答|答案)|(?:律师|网友|专家|全部|其他|热心网友|共)\s*\d*\s*条?\s*"
    r"(?:律师)?(?:回答|解答|回复|答案|答复)|(?:回复|答复|办理)(?:内容|意见|结果))\W*(?:[(（]?\d*\s*条?[)）]?)?\W*$"
)
_QUESTION_BOX: Final = re.compile(
    r"(?:^|[-_\s])(?:question|ask|wenti|problem|tiwen)(?:[-_]?(?:cont?|con|detail|desc|info|box|text|body))?(?:$|[-_\s])",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"留言(?:人|时间|内容)|来信(?:人|时间|内容)|提问|咨询(?:者|人|时间|内容|详情)|问题(?:描述|补充|详情)|悬赏|\d\s*(?:个|条|人|位律师)?\s*(?:回答|回复|解答)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A question, or the first post of a thread, and what was answered."""

    text: str
    parts: tuple[Part, ...]


def read_thread(
    root: HtmlElement, lines: Sequence[Line], title: str, fetched_at: datetime | None
) -> Thread | None:
    """Return the posts of a page, None where it is no thread."""
    page = ThreadPage(root, lines, title, fetched_at)
    for find in (_numbered, _marked_up, _declared, _written, _named, _labelled):
        posts = find(page)
        if posts and any(kind is PartKind.ANSWER or find is _numbered for kind, _ in posts):
            return _thread(posts)
    return None


Posts = list[tuple[PartKind, Post]]


def _thread(posts: Posts) -> Thread | None:
    texts: list[str] = []
    parts: list[Part] = []
    at = 0
    for kind, post in posts[:MAX_POSTS]:
        said = "\n".join(post.lines)
        if not said:
            continue
        parts.append(
            Part(
                kind=kind,
                start=at,
                end=at + len(said),
                author=post.author,
                published=post.published,
                is_accepted=kind is PartKind.ANSWER and post.is_accepted,
            )
        )
        texts.append(said)
        at += len(said) + 1
    return Thread(text="\n".join(texts), parts=tuple(parts)) if parts else None


def _numbered(page: ThreadPage) -> Posts:
    """Read Discuz!'s posts: `postmessage_12` within `post_12` or `pid12`."""
    messages = page.root.xpath("//*[starts-with(@id, 'postmessage_')]")
    posts: Posts = []
    for message in messages:
        box = next((one for one in path_of(message) if _is_post(one)), message)
        post = read_post(lines_in(page, box), box, page.fetched_at, text=message)
        posts.append((PartKind.ANSWER if posts else PartKind.QUESTION, post))
    return posts


def _is_post(element: HtmlElement) -> bool:
    return re.fullmatch(r"(?:post_|pid)\d+", element.get("id") or "") is not None


def _marked_up(page: ThreadPage) -> Posts:
    """Read schema.org's Question and Answer from the markup."""
    answers = page.root.xpath("//*[contains(@itemtype, 'schema.org/Answer')]")
    asked = page.root.xpath("//*[contains(@itemtype, 'schema.org/Question')]")
    if not answers or not asked:
        return []
    others = {element for answer in answers for element in answer.iter()}
    own = [line for line in lines_in(page, asked[0]) if line.element not in others]
    text = asked[0].xpath(".//*[@itemprop='text' or @itemprop='articleBody']")
    is_own = bool(text) and text[0] not in others
    question = read_post(
        _below_title(own, page.title), asked[0], page.fetched_at, text=text[0] if is_own else None
    )
    posts = [(PartKind.QUESTION, question)]
    return posts + [(PartKind.ANSWER, _read(page, lines_in(page, box), box)) for box in answers]


def _read(page: ThreadPage, lines: Sequence[Line], box: HtmlElement | None) -> Post:
    text = None
    if box is not None:
        texts = box.xpath(".//*[@itemprop='text' or @itemprop='articleBody']")
        text = texts[0] if texts else None
    return read_post(lines, box, page.fetched_at, text=text)


def _declared(page: ThreadPage) -> Posts:
    """Find the answers that JSON-LD names on the page, by how they begin."""
    question = next(questions(page.root), None)
    if question is None:
        return []
    accepted = listed(question.get("acceptedAnswer"))
    seeds: dict[int, dict[str, Any]] = {}
    for one in [*accepted, *listed(question.get("suggestedAnswer"))]:
        if (at := _seed(page, one.get("text"))) is not None:
            seeds.setdefault(at, one)
    places = sorted(seeds)
    posts = _with_question(page, largest_apart(page, places)) if places else []
    claims = [question, *(seeds[at] for at in places)]
    if len(posts) != len(claims):
        return posts
    return [
        (kind, _claimed(post, claim, page, is_accepted=claim in accepted))
        for (kind, post), claim in zip(posts, claims, strict=True)
    ]


def _claimed(post: Post, claim: dict[str, Any], page: ThreadPage, *, is_accepted: bool) -> Post:
    """Return a post with the author and day that JSON-LD names."""
    author = next(iter(listed(claim.get("author"))), {}).get("name")
    stamp = claim.get("dateCreated") or claim.get("datePublished")
    published = parse_stamp(stamp, page.fetched_at) if isinstance(stamp, str) else None
    return replace(
        post,
        author=fit(author) if isinstance(author, str) and fit(author) else post.author,
        published=replace(published, place="JSON-LD") if published else post.published,
        is_accepted=is_accepted or post.is_accepted,
    )


def _seed(page: ThreadPage, text: object) -> int | None:
    """Return where on the page a declared text begins."""
    wanted = fold(re.sub(r"<[^<>]*>", "", text)) if isinstance(text, str) else ""
    for at, line in enumerate(page.lines):
        own = fold(line.text)
        if len(own) >= MIN_SEED and len(wanted) >= MIN_SEED:
            size = min(len(own), len(wanted), MAX_SEED)
            if own[:size] == wanted[:size]:
                return at
    return None


def _named(page: ThreadPage) -> Posts:
    """Read boxes that call themselves answers; a single one needs a line that says so too."""
    boxes = answer_boxes(page)
    said = any(_LABEL.search(line.text) for line in page.lines) or len(boxes) > 1
    is_asked = said and bool(boxes) and not answer_others(page, boxes)
    return _with_question(page, boxes) if is_asked else []


def _written(page: ThreadPage) -> Posts:
    return letters(page.lines, page.fetched_at)


def _labelled(page: ThreadPage) -> Posts:
    """Read what stands under lines such as 最佳答案, one answer each."""
    labels = [at for at, line in enumerate(page.lines) if _LABEL.search(line.text)]
    labels = [at for at in labels if at + 1 < len(page.lines)]
    if not labels or not any(_ASKED.search(line.text) for line in page.lines[: labels[0]]):
        return []  # an article may have 律师解答 as a heading
    outer = page.lines[labels[0]].element
    while outer.getparent() is not None and len(lines_in(page, outer)) < 2:
        outer = outer.getparent()
    inside = set(outer.iter())
    ends = [*labels[1:], len(page.lines)]
    said = [
        [line for line in page.lines[at + 1 : end] if line.element in inside]
        for at, end in zip(labels, ends, strict=True)
    ]
    posts = [read_post(lines, None, page.fetched_at) for lines in said]
    answers = [(PartKind.ANSWER, post) for post in posts if post.lines]
    return [(PartKind.QUESTION, _question(page, labels[0])), *answers] if answers else []


def _with_question(page: ThreadPage, boxes: Sequence[HtmlElement]) -> Posts:
    answers = [(PartKind.ANSWER, _read(page, lines_in(page, box), box)) for box in boxes]
    answers = [(kind, post) for kind, post in answers if post.lines]
    if not answers:
        return []
    inside = {element for box in boxes for element in box.iter()}
    places = [at for at, line in enumerate(page.lines) if line.element in inside]
    first = places[0]
    between = [line for line in page.lines[first : places[-1]] if line.element not in inside]
    if 2 * sum(map(_asks_or_tells, between)) >= len(boxes):
        return []  # many questions, each with its answer: an article of them
    return [(PartKind.QUESTION, _question(page, first)), *answers]


def _asks_or_tells(line: Line) -> bool:
    if is_furniture(line):
        return False
    return is_prose(line) or line.text.rstrip().endswith(("？", "?"))


def _question(page: ThreadPage, end: int) -> Post:
    """Return the question: what stands between title and line `end`, the first of the answers."""
    before = _below_title(page.lines[:end], page.title)
    asked = next(
        (box for line in before for box in path_of(line.element) if _is_question_box(box)), None
    )
    question = read_post(before, None, page.fetched_at)
    if asked is None:
        return question
    inside = set(asked.iter())
    told = read_post([line for line in before if line.element in inside], asked, page.fetched_at)
    return Post(
        lines=told.lines or question.lines,
        author=told.author or question.author,
        published=told.published or question.published,
    )


def _is_question_box(box: HtmlElement) -> bool:
    names = f"{box.get('class') or ''} {box.get('id') or ''}"
    return box.tag not in ("body", "html") and _QUESTION_BOX.search(names) is not None


def _below_title(lines: Sequence[Line], title: str) -> Sequence[Line]:
    whole = fold(title)
    at = [
        at
        for at, line in enumerate(lines)
        if (own := fold(line.text)).endswith(whole) and len(own) <= len(whole) + MAX_TITLE_LABEL
    ]
    return lines[at[-1] + 1 :] if at else lines
