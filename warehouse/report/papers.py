"""The articles that the report shows whole: a table of them, and each with its citations marked.

The table can be sorted and filtered (script.js).  The words of the filter stand in each row's
`data-words`: `source:NAME`, `in:DAY` (first fetched), `on:MONTH` or quarter or year (published),
`law:TITLE`, `at:PROVISION`, `verdict:NAME`; the charts link to them.  A page of an article is shown
when its address is chosen (`#a-ID`, by style alone): a browser without script has all of it too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.charts import filter_word
from warehouse.report.markup import both, by_hand, day, empty, link, moment, number, section, text
from warehouse.report.queries import Row, ask
from warehouse.report.words import relation_words, verdict_word

MOST_LISTED: Final = 400  # rows of the table; wrong ones first, then the latest
# Bytes of HTML; what all else comes to is known only then, and `without` makes room for it.
MOST_TABLE: Final = 280_000
MOST_WHOLE: Final = 560_000
_INSIDE: Final = 90  # bytes of the link to an article's page here, beside the one to where it was
_TITLE: Final = both("文章", "Articles")
_COLUMNS: Final = (
    ("", both("标题", "Title")),
    ("wide", both("来源", "Source")),
    ("", both("发布日期", "Published")),
    ("n", both("引用", "Citations")),
    ("n", both("有误", "Wrong")),
    ("n wide", both("转载", "Reposts")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The articles that the report shows, in the table's order."""

    rows: Sequence[Row]
    total: int  # articles in the warehouse
    citations: dict[str, list[Row]] = field(default_factory=dict)  # by article
    pages: dict[str, str] = field(default_factory=dict)  # article -> HTML, as many as fit

    def link(self, row: Row) -> str:
        """Return a title as a link to the article's page here, or else to where it was found."""
        if row["article_id"] not in self.pages:
            return link(row["url"], row["title"])
        inside = f'<a href="#a-{text(row["article_id"])}"><bdi>{text(row["title"])}</bdi></a>'
        outside = link(row["url"], "↗")
        return f"<span>{inside}{f'&nbsp;{outside}' if outside.startswith('<a') else ''}</span>"

    def without(self, excess: int) -> "Papers":
        """Return the same with so many bytes of pages less, or with none: the last ones go."""
        pages = dict(self.pages)
        while excess > 0 and pages:
            _, page = pages.popitem()
            excess -= len(page.encode())
        return replace(self, pages=pages)


def choose_papers(connection: DuckDBPyConnection) -> Papers:
    """Return the articles that the report shows: those with wrong citations, then the latest."""
    rows = ask(connection, "papers", most=MOST_LISTED)
    ids = [row["article_id"] for row in rows]
    citations = _asked(connection, "paper_citations", ids)
    papers = Papers(
        rows=_that_fit(rows, citations),
        total=ask(connection, "paper_count")[0]["articles"],
        citations=citations,
    )
    members = _asked(connection, "paper_members", ids, by="cluster_id")
    texts = _asked(connection, "paper_texts", ids)
    posts = _asked(connection, "paper_posts", ids)
    room = MOST_WHOLE
    for row in _weightiest(papers.rows):
        one = row["article_id"]
        body = "".join(_body(texts[one][0]["text"] or "", citations[one], posts[one]))
        page = _page(row, body, members[row["cluster_id"]])
        room -= len(page.encode())
        if room < 0:
            break
        papers.pages[one] = page
    return papers


def _asked(
    connection: DuckDBPyConnection, question: str, ids: Sequence[str], by: str = "article_id"
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in ask(connection, question, ids=ids):
        found[row[by]].append(row)
    return found


def _weightiest(rows: Sequence[Row]) -> list[Row]:
    """Return them in their order, but those with wrong citations before the others."""
    return sorted(rows, key=lambda row: not row["bad_citations"])


def _that_fit(rows: Sequence[Row], citations: dict[str, list[Row]]) -> list[Row]:
    """Return the rows, in their order, that the table has room for."""
    room = MOST_TABLE
    fitting = set()
    for row in _weightiest(rows):
        line = _line(row, Papers(rows=(), total=0, citations=citations))
        room -= len(line.encode()) + _INSIDE
        if room < 0:
            break
        fitting.add(row["article_id"])
    return [row for row in rows if row["article_id"] in fitting]


def papers_section(papers: Papers) -> str:
    """Return the table, and the pages that it leads to."""
    if not papers.rows:
        return section("articles", _TITLE, empty("还没有文章。", "No article yet."))
    head = "".join(f'<th scope="col" class="{css}">{name}</th>' for css, name in _COLUMNS)
    lines = "\n".join(_line(row, papers) for row in papers.rows)
    body = (
        f"{_search()}<div class='scroll'><table class='papers sortable'><thead><tr>{head}</tr>"
        f"</thead><tbody>{lines}</tbody></table></div>{_all(papers)}{_rest(papers)}"
    )
    return section("articles", _TITLE, body) + "".join(papers.pages.values())


def _search() -> str:
    label = both("筛选", "Filter")
    return (
        f'<p class="search" hidden><label for="filter">{label}</label>'
        '<input id="filter" type="search" autocomplete="off" spellcheck="false">'
        '<span id="shown" class="dim" role="status"></span></p>'
    )


def _all(papers: Papers) -> str:
    """Return what shows the rows that script.js keeps back of a long table."""
    count = number(len(papers.rows))
    shown = both(f"显示全部 {count} 篇", f"Show all {count}")
    return f'<button id="all" type="button" hidden>{shown}</button>'


def _rest(papers: Papers) -> str:
    if papers.total <= len(papers.rows) == len(papers.pages):
        return ""
    listed, whole, shown = (number(n) for n in (len(papers.rows), papers.total, len(papers.pages)))
    told = both(
        f"列出 {listed} 篇，共 {whole} 篇；其中 {shown} 篇可在此查看，引用有误的在先。"
        "全部见视图 <code>articles</code>。",
        f"{listed} of {whole} articles are listed and {shown} can be read here, those with wrong "
        "citations first. All are in the view <code>articles</code>.",
    )
    return f'<p class="note">{told}</p>'


def _line(row: Row, papers: Papers) -> str:
    bad = row["bad_citations"]
    words = " ".join(_words(row, papers.citations.get(row["article_id"], [])))
    return (
        f'<tr data-words="{text(words)}"><td class="title">{papers.link(row)}</td>'
        f"<td class='wide'>{text(row['source'])}</td>"
        f"<td class='nowrap'>{day(row['published_on'])}</td>"
        f"<td class='n'>{number(row['citations'])}</td>"
        f"<td class='n{' bad' if bad else ''}'>{number(bad)}</td>"
        f"<td class='n wide'>{number(row['repost_count'])}</td></tr>"
    )


def _words(row: Row, citations: Sequence[Row]) -> Iterator[str]:
    """Yield what the charts and rankings filter an article by."""
    yield filter_word("source", row["source"])
    yield f"in:{row['first_fetched_on']}"
    if on := row["published_on"]:
        yield f"on:{on:%Y-%m} on:{on.year}Q{(on.month + 2) // 3} on:{on.year}"
    named = dict.fromkeys(
        word
        for one in citations
        for word in (
            filter_word("verdict", one["verdict"]),
            filter_word("law", one["law"] or ""),
            filter_word("at", one["label"] or ""),
        )
    )
    yield from named


def _page(row: Row, words: str, members: Sequence[Row]) -> str:
    facts = [
        text(row["source"]),
        *([text(row["author"])] if row["author"] else []),
        f"{both('发布', 'published')} {day(row['published_on'])}",
        f"{both('首次抓取', 'first fetched')} {moment(row['first_fetched_at'])}",
        *(
            [f"{both('不完整', 'incomplete')}: {text(row['incomplete'])}"]
            if row["incomplete"]
            else []
        ),
        *([by_hand(row["overridden"])] if row["overridden"] else []),
    ]
    one = text(row["article_id"])
    return (
        f'<article class="paper" id="a-{one}" aria-labelledby="t-{one}"><p>'
        f'<a href="#articles">← {both("返回文章列表", "Back to the articles")}</a></p>'
        f'<h2 id="t-{one}">{link(row["url"], row["title"])}</h2>'
        f'<p class="dim">{" · ".join(facts)}</p>{_chain(row, members)}'
        f'<div class="body">{words}</div></article>\n'
    )


def _chain(row: Row, members: Sequence[Row]) -> str:
    """Return who has the same text, the original first, then by date."""
    if len(members) < 2:
        return ""
    items = ""
    for one in members:
        title = text(one["title"])
        if one["article_id"] != row["article_id"]:
            title = f'<a href="#a-{text(one["article_id"])}">{title}</a>'
        relation = relation_words("original" if one["is_canonical"] else one["relation"])
        items += (
            f'<li><span class="tag">{relation}</span> {title} <span class="dim">'
            f"{text(one['source'])} · {day(one['published_on'])}</span></li>"
        )
    return f'<div class="chain"><b>{both("转载链", "Reposts")}</b><ol>{items}</ol></div>'


def _body(body: str, citations: Sequence[Row], posts: Sequence[Row]) -> Iterator[str]:
    """Yield an article's text with its citations marked, of a thread post by post."""
    if not body:
        yield from _sentences(citations)
    elif not posts:
        yield from _marked(body, citations, 0, len(body))
    for post in posts if body else ():
        yield _post_head(post)
        yield from _marked(body, citations, post["start_char"], post["end_char"])


def _post_head(post: Row) -> str:
    kind = both("问题", "Question") if post["kind"] == "question" else both("回答", "Answer")
    best = f" · {both('已采纳', 'accepted')}" if post["is_accepted"] else ""
    author = f" · {text(post['author'])}" if post["author"] else ""
    return f"<h3>{kind}{best}{author} · {day(post['published_on'])}</h3>"


def _marked(body: str, citations: Sequence[Row], start: int, end: int) -> Iterator[str]:
    at = start
    for one in citations:
        if not at <= one["start_char"] < end:
            continue  # of another post; or an overlap, which would show words twice
        yield text(body[at : one["start_char"]])
        yield _mark(one, body[one["start_char"] : one["end_char"]])
        at = one["end_char"]
    yield text(body[at:end])


def _sentences(citations: Sequence[Row]) -> Iterator[str]:
    """Yield the sentences of the citations, where texts are not published."""
    yield f'<p class="note">{both("正文未公布，只列出引用。", "The text is not published.")}</p>'
    for one in citations:
        yield f"{text(one['sentence'])} {_mark(one, one['raw_text'])}\n"


def _mark(row: Row, words: str) -> str:
    mend = ""
    if row["correction"]:
        mend = f"<b>{both('应为', 'should be')} {text(row['correction'])}</b>"
    detail = both(text(row["detail"]), text(row["detail_en"]))
    if row["overridden"]:  # a corrected verdict has the note for its detail
        said = "" if row["overridden"] == row["detail"] else detail
        detail = f"{said}<b>{by_hand(row['overridden'])}</b>"
    return (
        f'<mark class="u-{text(row["verdict"])}" tabindex="0">{text(words)}<span class="note">'
        f"<b>{verdict_word(row['verdict']).html}</b>{detail}{mend}</span></mark>"
    )
