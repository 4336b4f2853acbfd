# ruff: noqa: E501 - markup with Chinese text, which counts double
"""A question and its answers are one article; each of them is known by who wrote it and when."""

from datetime import UTC, datetime

import pytest

from pipeline.article import Article, Page, extract
from pipeline.explain import explain
from pipeline.parts.record import PartKind
from pipeline.parts.signs import has_signs
from tests.pipeline.threads import ASKED, ONE, THREADS, TITLE, TWO

FETCHED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)


def _article(html: str) -> Article:
    found = extract(Page(html=html, url="https://law.example/ask/1.html", fetched_at=FETCHED))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", THREADS)
def test_each_post_has_its_author_its_day_and_its_place_in_the_text(name: str) -> None:
    html, who, texts = THREADS[name]
    found = _article(html)

    assert found.title == TITLE
    assert [found.text[part.start : part.end] for part in found.parts] == texts
    days = [part.published and part.published.on.isoformat() for part in found.parts]
    assert [(part.author, day) for part, day in zip(found.parts, days, strict=True)] == who


@pytest.mark.parametrize("name", THREADS)
def test_the_text_is_what_people_wrote_and_nothing_of_the_forum(name: str) -> None:
    html, _, texts = THREADS[name]

    assert _article(html).text == "\n".join(texts)


@pytest.mark.parametrize("name", THREADS)
def test_first_the_question_then_the_answers(name: str) -> None:
    kinds = [part.kind for part in _article(THREADS[name][0]).parts]

    assert kinds == [PartKind.QUESTION] + [PartKind.ANSWER] * (len(kinds) - 1)


@pytest.mark.parametrize("name", ["dede", "microdata"])
def test_the_accepted_answer_is_known(name: str) -> None:
    assert [part.is_accepted for part in _article(THREADS[name][0]).parts] == [False, True, False]


def test_an_article_with_the_heading_of_an_answer_stays_whole() -> None:
    html = (
        f"<title>{TITLE}_南湖</title><h1>{TITLE}</h1><p>2025-03-04</p><div><p>{ASKED}</p>"
        f"<p><b>律师解答：</b></p><p>{ONE}</p><p>{TWO}</p></div>"
    )
    found = _article(html)

    assert (found.parts, found.text) == ((), f"{ASKED}\n律师解答：\n{ONE}\n{TWO}")


def test_an_article_of_questions_and_answers_stays_whole() -> None:
    pairs = (("水电费谁来付？", ONE), ("没有写进合同怎么办？", TWO), ("房东可以停电吗？", ASKED))
    items = "".join(f"<dt>{one}</dt><dd class=answer>{other}</dd>" for one, other in pairs)
    found = _article(
        f"<title>{TITLE}_南湖</title><h1>{TITLE}</h1><p>2025-03-04</p><dl>{items}</dl>"
    )

    assert found.parts == ()
    assert found.text.split("\n") == [line for pair in pairs for line in pair]


def test_comments_under_an_article_are_no_answers() -> None:
    comments = "".join(
        f"<div class=comment-reply><b>{who}</b><p>{said}</p></div>"
        for who, said in (
            ("甲", "说得很好，学到了，谢谢分享这么多有用的知识。"),
            ("乙", "请问律师回答要收费吗？"),
        )
    )
    text = "".join(f"<p>{line}</p>" for line in (ASKED, ONE, TWO))
    html = (
        f"<title>{TITLE}_南湖</title><h1>{TITLE}</h1><div class=content>{text}</div>"
        f"<div id=comments>{comments}</div>"
    )
    found = _article(html)

    assert found.parts == ()
    assert found.text == f"{ASKED}\n{ONE}\n{TWO}"


def _beside(label: str, questions: tuple[str, str]) -> str:
    items = "".join(
        f"<li class=item><p class=q><a href=/ask/{at}>{asked}</a></p>"
        f"<div class=answer><a href=/l/{at}>陈明远律师</a>：{said}</div></li>"
        for at, (asked, said) in enumerate(zip(questions, (ONE, TWO), strict=True))
    )
    return (
        f"<title>{TITLE}-南湖法律网</title><h1>{TITLE}</h1><p>2025-03-04 09:00　南湖编辑部</p>"
        f"<div class=text><p>{ASKED}</p><p>{OTHER}</p><p>{OTHER[::-1]}</p></div>"
        f"<div class=hot><h3>{label}</h3><ul>{items}</ul></div><p>3条律师解答</p>"
    )


OTHER = "先看合同里写的是谁交，没有写的，谁用谁交，这是最要紧的一条，别的都好商量。"


@pytest.mark.parametrize(
    ("label", "questions"),
    [
        ("南湖热线", ("室友偷偷把房间转租给别人怎么办", "邻居半夜装修该找谁来管呢")),
        ("相关法律咨询", ("转租", "装修")),
        ("大家都在问", ("转租", "装修")),
    ],
)
def test_answers_to_other_questions_beside_an_article_are_none_of_its_own(
    label: str, questions: tuple[str, str]
) -> None:
    found = _article(_beside(label, questions))

    assert (found.parts, found.text) == ((), f"{ASKED}\n{OTHER}\n{OTHER[::-1]}")


@pytest.mark.parametrize(
    ("markup", "is_sign"),
    [
        ("<div CLASS = 'Lawyer-Answer'>", True),
        ("<div id=huida_3>", True),
        (f"<div class='{'律' * 40} jieda'>", True),
        ("<p>答：<b>律师回复</b></p>", True),
        ("<td id=postmessage_17>", True),
        ("<div itemtype='https://schema.org/Answer'>", True),
        ("<p class=x>answer</p>", False),
        ("<script>var answer = 'postmessage_'</script>", False),
        ("<p>答复、回复、律师</p>", False),
    ],
)
def test_the_signs_of_a_thread_are_seen_at_a_glance(markup: str, is_sign: bool) -> None:
    assert has_signs(f"<html><body>{markup}</body>") is is_sign


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_is_explained_by_what_people_wrote(name: str) -> None:
    found = explain(Page(html=THREADS[name][0], fetched_at=FETCHED))
    assert isinstance(found.result, Article)
    kept = "".join(one.line.text for one in found.lines if one.is_kept)

    assert all(line in kept for line in found.result.text.splitlines())
    assert all(one.is_kept or one.why.startswith("of no question or answer") for one in found.lines)


LETTER = f"""<title>{TITLE}-局长信箱-南湖区政府</title><p><a href=/>首页</a> &gt; <a href=/x>局长信箱</a></p><table border=1>
<tr><th>信件标题</th><td>{TITLE}</td></tr><tr><th>来信人</th><td>李**</td></tr><tr><th>来信时间</th><td>2025-03-04 21:05</td></tr>
<tr><th>来信内容</th><td>{ASKED}</td></tr><tr><th>回复单位</th><td>南湖区住建局</td></tr><tr><th>回复时间</th><td>2025-03-07 09:30</td></tr>
<tr><th>回复内容</th><td>{ONE}</td></tr></table><div>主办：南湖区政府办公室</div>"""
BOARD = f"""<title>留言详情_互动交流_南湖区政府</title><p><a href=/>首页</a> &gt; 留言详情</p><div><h2>{TITLE}</h2>
<ul><li>留言人：李**</li><li>留言时间：2025-03-04 21:05</li><li>状态：已回复</li></ul><div><h4>留言内容</h4><div>{ASKED}</div></div>
<div><h4>回复内容</h4><div>{ONE}</div><p>回复单位：南湖区住建局　回复时间：2025-03-07 09:30</p></div></div>"""


@pytest.mark.parametrize("html", [LETTER, BOARD], ids=["table", "boxes"])
def test_a_letter_to_an_office_and_its_answer_are_a_thread(html: str) -> None:
    found = _article(html)

    assert (found.title, found.text) == (TITLE, f"{ASKED}\n{ONE}")
    days = [part.published and part.published.on.isoformat() for part in found.parts]
    assert days == ["2025-03-04", "2025-03-07"]


def test_a_table_that_answers_nothing_is_data() -> None:
    rows = f"<tr><th>来信内容<td>{ASKED}<tr><th>办理进度<td>正在办理，请耐心等待，预计下周答复。"

    assert (
        _article(f"<title>{TITLE}</title><h1>{TITLE}</h1><table border=1>{rows}</table>").parts
        == ()
    )
