"""Templates learned from pages of one site: what they name, what they drop, when they step back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from pipeline.article import Article, Page, extract
from pipeline.template.apply import TemplateReader, was_read_by_template
from pipeline.template.layout import Template, TemplateFormatError, from_json, to_json
from pipeline.template.learn import learn
from pipeline.template.places import Places, find
from pipeline.template.site import extract_site
from tests.pipeline.threads import PORTAL

FETCHED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
TOPICS = ("押金", "彩礼", "工伤", "抚养费", "欠薪", "遗嘱", "车祸", "装修", "借款", "竞业限制")
ADVERT = "想知道您的案子能赔多少，添加律师微信，十分钟内有专人答复。"
LAW = "《民法典》第五百七十七条规定，不履行合同义务的，应当承担违约责任。"
HEADING = "处理办法"


def text(number: int) -> list[str]:
    topic = TOPICS[number % len(TOPICS)]
    return [
        f"关于{topic}的第{number}个问题，先看双方当时是怎么约定的，有没有写在纸上。",
        HEADING,
        f"没有约定的，{topic}要按照当地的习惯来定，证据由主张的一方提供，共{number * 7}份。",
        LAW,
        f"最后提醒一句，{topic}的诉讼时效一般是三年，从知道权利受损之日起算，编号{number}。",
    ]


def page(number: int, box: str = "entry", advert: str = "ad-line", extra: str = "") -> Page:
    title = f"{TOPICS[number % len(TOPICS)]}怎么办，第{number}篇"
    lines = [f"<p>{line}</p>" for line in text(number)]
    lines.insert(3, f"<div class={advert}>{ADVERT}</div>")
    return Page(
        html=(
            f"<title>{title} - 南门法律</title><div class=top><a href=/>首页</a></div>"
            f"<div class=crumb>当前位置：<a href=/>首页</a> &gt; <a href=/c>民事</a></div>"
            f"<h1 class=headline>{title}</h1>"
            f"<div class=meta>作者：何平 2026-02-{number + 1:02} 08:30</div>"
            f"<div class={box}>{''.join(lines)}</div>{extra}<div class=foot>版权所有</div>"
        ),
        url=f"https://law.example/{number}.html",
        fetched_at=FETCHED,
    )


PAGES = [page(number) for number in range(10)]


def learned(pages: list[Page]) -> Template:
    template = learn(pages, source="nanmen")
    assert template is not None
    return template


def test_the_places_of_text_title_date_author_and_category_are_learned() -> None:
    (layout,) = learned(PAGES).layouts

    assert layout.container.selector == "div.entry"
    assert layout.title is not None
    assert layout.title.selector == "h1.headline"
    assert layout.date is not None
    assert layout.date.selector == "div.meta"
    assert layout.author == layout.date
    assert layout.category is not None
    assert layout.category.selector == "div.crumb"
    assert (layout.fit, layout.pages) == (1, 10)
    assert layout.examples[0] == "https://law.example/0.html"


def test_a_line_that_the_site_repeats_is_dropped_and_what_authors_repeat_is_not() -> None:
    template = learned(PAGES)

    assert [line.text for line in template.layouts[0].repeated] == [ADVERT]
    found = TemplateReader(template).extract(page(11))
    assert isinstance(found, Article)
    assert found.text.splitlines() == text(11)
    assert found.extractor == "template:nanmen@1"


SET_OUT = (
    "《民法典》第六百七十五条 借款人应当按照约定的期限返还借款。",
    "对借款期限没有约定的，借款人可以随时返还，贷款人可以催告其在合理期限内返还。",
    "（一）另有约定；",
)
BY_NAME = ("《劳动合同法》规定，用人单位应当按照约定按时支付劳动报酬。",)


@pytest.mark.parametrize("said", [SET_OUT, BY_NAME])
@pytest.mark.parametrize("at", [2, 9])
@pytest.mark.parametrize("share", [2, 3, 20])
def test_the_words_of_a_statute_stay_however_often_they_recur(
    said: tuple[str, ...], at: int, share: int
) -> None:
    def quoting(number: int) -> Page:
        lines = [one for one in text(number) if one != LAW]
        lines[at:at] = said if number % share else ()
        body = "".join(f"<p>{line}</p>" for line in [*lines, ADVERT])
        old = page(number)
        head, _, rest = old.html.partition("<div class=entry>")
        markup = f"{head}<div class=entry>{body}</div>{rest[rest.index('<div class=foot>') :]}"
        return replace(old, html=markup)

    found = TemplateReader(learned([quoting(number) for number in range(20)])).extract(quoting(41))

    assert isinstance(found, Article)
    assert was_read_by_template(found.extractor)
    assert [line for line in found.text.splitlines() if line in said] == list(said)
    assert ADVERT not in found.text


def test_an_advert_in_a_paragraph_like_any_other_goes_once_most_pages_have_it() -> None:
    pages = [Page(html=p.html.replace(f"<div class=ad-line>{ADVERT}</div>", f"<p>{ADVERT}"))
             for p in PAGES]  # fmt: skip

    found = extract_site(pages)

    for number, one in enumerate(found):
        assert isinstance(one, Article)
        assert one.text.splitlines() == text(number)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_pages_teach_nothing(count: int) -> None:
    assert learn(PAGES[:count], source="nanmen") is None


def test_five_pages_are_enough() -> None:
    assert learned(PAGES[:5]).layouts[0].container.selector == "div.entry"


def test_a_page_without_the_container_is_read_alone_and_says_so() -> None:
    other = page(12, box="story")

    found = TemplateReader(learned(PAGES)).extract(other)

    alone = extract(other)
    assert isinstance(found, Article)
    assert isinstance(alone, Article)
    assert found.text == alone.text
    assert found.extractor.endswith(", not nanmen@1: no container")
    assert not was_read_by_template(found.extractor)


def test_a_container_that_has_become_a_summary_is_not_believed() -> None:
    whole = "".join(f"<p>{line}第{n}段的说明还要更长一些，写满一行才好。</p>"
                    for n in range(4) for line in text(13))  # fmt: skip
    changed = page(13, extra=f"<div class=full>{whole}</div>").html
    start, end = changed.index("<p>没有约定的"), changed.index("</div><div class=full>")
    summary = Page(html=changed[:start] + changed[end:])

    found = TemplateReader(learned(PAGES)).extract(summary)

    assert isinstance(found, Article)
    assert "第3段" in found.text
    assert not was_read_by_template(found.extractor)


def test_two_kinds_of_pages_are_two_layouts() -> None:
    mixed = [page(n, box="entry" if n % 2 else "qa-text") for n in range(12)]

    template = learned(mixed)

    boxes = {layout.container.selector for layout in template.layouts}
    assert boxes == {"div.entry", "div.qa-text"}
    reader = TemplateReader(template)
    for number, one in enumerate(mixed):
        found = reader.extract(one)
        assert isinstance(found, Article)
        assert found.text.splitlines() == text(number)


def test_pages_that_have_nothing_in_common_teach_nothing() -> None:
    tags = ("div", "section", "article", "main", "td", "dd")
    pages = [
        Page(html=page(n).html.replace("<div class=entry>", f"<{tags[n]} id=x{n}>")
             .replace("</div><div class=foot>", f"</{tags[n]}><div class=foot>"))
        for n in range(6)
    ]  # fmt: skip

    template = learn(pages, source="nanmen")

    assert template is None or template.layouts[0].fit >= 0.8


def test_the_same_pages_teach_the_same_and_it_is_stored_as_it_is() -> None:
    template = learned(PAGES)

    assert learned(PAGES) == template
    assert from_json(to_json(template)) == template
    with pytest.raises(TemplateFormatError):
        from_json(to_json(template).replace('"format": 1', '"format": 99'))
    with pytest.raises(TemplateFormatError):
        from_json("{")


def test_a_page_that_is_no_page_is_refused_as_without_a_template() -> None:
    reader = TemplateReader(learned(PAGES))

    for markup in ("", "plain", "<div class=entry>", "<rss></rss>", "\x00<" * 50):
        assert reader.extract(Page(html=markup)) == extract(Page(html=markup))


def test_a_question_with_answers_is_told_on_a_site_that_had_none() -> None:
    template = learned(PAGES)
    markup = PORTAL.replace("q-title", "headline")
    for before, after in (("q-detail", "entry'><div class='q-detail"), ("rel", "x'></div><div '")):
        markup = markup.replace(f'<div class="{before}">', f"<div class='{after}'>")
    asked = Page(html=markup, url="https://law.example/ask/1.html", fetched_at=FETCHED)

    found = TemplateReader(template).extract(asked)

    assert isinstance(found, Article)
    assert [part.kind for part in found.parts] == ["question", "answer", "answer"]


def test_places_found_in_one_pass_are_those_found_one_by_one() -> None:
    root = html.fromstring(
        "<body><div class='a b'><p>甲</p></div><div id=x class=b><p>乙</p><p class=c>丙</p></div>"
    )
    named = ("div.b", "div#x > p.c", "p", "div#x p", "div > p:nth-of-type(2)", "h1", "div.a.c")

    found = Places(named).find(root)

    assert found == {place: find(root, place) for place in named}
    assert [one is not None and one.text_content() for one in found.values()] == [
        "甲", "丙", "甲", "乙", "丙", False, False,
    ]  # fmt: skip
