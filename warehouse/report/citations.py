"""What was cited, and what was cited wrongly: each bad citation with its sentence and its page."""

from collections.abc import Sequence
from typing import Final

from duckdb import DuckDBPyConnection

from warehouse.report.charts import Segment, bar, filter_word, to_articles
from warehouse.report.markup import (
    both,
    by_hand,
    day,
    empty,
    link,
    number,
    percent,
    section,
    text,
)
from warehouse.report.papers import Papers
from warehouse.report.queries import Row, ask
from warehouse.report.words import VERDICTS, Word, verdict_word

MOST_BAD: Final = 40  # cards; more make the page heavy and nobody reads on
MOST_OF_ONE: Final = 3  # cards of one article: a repealed statute posted whole has dozens
MOST_UNKNOWN: Final = 12
MOST_CHARS: Final = 220  # of a sentence; a longer one is cut around the citation
_NONE_YET: Final = ("还没有发现法条引用。", "No citation found yet.")


_COUNTED: Final = both(
    "为有误的引用；转载只随原文计一次。", "wrong; reposts count once, with their original."
)


def verdicts_section(connection: DuckDBPyConnection) -> str:
    """Return the share of each verdict as one bar, and what each means."""
    rows = {row["verdict"]: row for row in ask(connection, "verdicts")}
    total = sum(row["citations"] for row in rows.values())
    if not total:
        return section("verdicts", both("引用核查", "Verdicts"), empty(*_NONE_YET))
    ordered = [v for v in VERDICTS if v in rows] + [v for v in rows if v not in VERDICTS]
    segments = [
        Segment(
            value=rows[verdict]["citations"],
            css=f"v-{verdict}" if verdict in VERDICTS else "dim",
            label=f"{verdict_word(verdict).name} {verdict}: {rows[verdict]['citations']}",
            words=f"verdict:{verdict}",
        )
        for verdict in ordered
    ]
    items = "\n".join(_verdict_item(verdict, rows[verdict], total) for verdict in ordered)
    body = f'{bar(segments, total, "bar thick")}<ul class="verdicts">{items}</ul>'
    return section("verdicts", both("引用核查", "Verdicts"), body)


def _verdict_item(verdict: str, row: Row, total: int) -> str:
    word = verdict_word(verdict)
    css = f"v-{verdict}" if verdict in VERDICTS else "dim"
    pages = number(row["articles"])
    counted = f"({pages} {'article' if pages == '1' else 'articles'})"
    return (
        f'<li><i class="{text(css)}"></i><b>{to_articles(f"verdict:{verdict}", word.html)}</b>'
        f'<span class="n">{number(row["citations"])}</span>'
        f'<span class="dim">{percent(row["citations"], total)}</span>'
        f"<p>{word.meaning_html} {both(f'（{pages} 篇文章）', counted)}</p></li>"
    )


def most_cited_section(connection: DuckDBPyConnection) -> str:
    """Return the laws and the provisions cited most, the wrong ones marked."""
    laws, provisions = ask(connection, "laws"), ask(connection, "provisions")
    body = empty(*_NONE_YET)
    if laws:
        body = (
            f'<div class="pair"><figure><figcaption>{both("法律", "Laws")}</figcaption>'
            f"{_ranking(laws, 'law')}</figure>"
            f"<figure><figcaption>{both('条文', 'Provisions')}</figcaption>"
            f"{_ranking(provisions, 'at')}</figure></div>"
            f'<p class="note"><i class="bad"></i>{_COUNTED}</p>'
        )
    return section("cited", both("引用最多的法律与条文", "Most cited"), body)


def _ranking(rows: Sequence[Row], prefix: str) -> str:
    """Return the rows as bars; `prefix` and the label filter the articles that cite it."""
    if not rows:
        return empty("还没有写明条号的引用。", "No citation names an article yet.")
    whole = rows[0]["citations"]
    items = ""
    for row in rows:
        bad, good = row["bad"], row["citations"] - row["bad"]
        segments = [
            Segment(value=good, css="fill", label=f"无误 not wrong: {good}"),
            Segment(value=bad, css="bad", label=f"有误 wrong: {bad}"),
        ]
        items += (
            f'<li><span class="name" title="{text(row["label"])}">'
            f"{to_articles(filter_word(prefix, row['label']), text(row['label']))}</span>"
            f'<span class="n">{number(row["citations"])}</span>{bar(segments, whole)}</li>'
        )
    return f'<ol class="ranking">{items}</ol>'


def bad_section(connection: DuckDBPyConnection, papers: Papers) -> str:
    """Return a card for each bad citation, and the titles that no registry knows."""
    rows = ask(connection, "bad", most=MOST_BAD, each=MOST_OF_ONE)
    count = ask(connection, "bad_count")[0]["citations"]
    body = "\n".join(_card(row, papers) for row in rows) or empty(
        "没有发现有误的引用。", "No wrong citation found."
    )
    if count > len(rows):
        shown, whole = number(len(rows)), number(count)
        rest = both(
            f"这里列出 {shown} 条，共 {whole} 条，新近的文章在先，每篇至多 {MOST_OF_ONE} 条；"
            "全部见视图 <code>citations</code> 中 <code>is_bad</code> 的各行。",
            f"{shown} of {whole}, the latest articles first, {MOST_OF_ONE} of one at most; "
            "all are in the view <code>citations</code>, rows with <code>is_bad</code>.",
        )
        body += f'<p class="note">{rest}</p>'
    return section("bad", both("有误的引用", "Bad citations"), body + _unknown(connection))


def _card(row: Row, papers: Papers) -> str:
    word = verdict_word(row["verdict"])
    copies = row["repost_count"]
    notes = [f"<span>{text(row['source'])}</span>", f"<span>{day(row['published_on'])}</span>"]
    if copies:
        times = both(f"被转载 {number(copies)} 次", f"copied {number(copies)} times")
        notes.append(f'<span class="warn">{times}</span>')
    if row["overridden"]:
        notes.append(f'<span class="warn">{by_hand(row["overridden"])}</span>')
    if row["in_article"] > row["place"] == MOST_OF_ONE:
        more = number(row["in_article"] - MOST_OF_ONE)
        notes.append(f"<span>{both(f'同文另有 {more} 条', f'{more} more in this article')}</span>")
    return (
        f'<article class="card"><header><span class="badge {word.tone}">{word.html}</span>'
        f"<b>{text(row['provision'])}</b>{_mend(row)}</header>"
        f"<blockquote>{_sentence(row)}</blockquote>"
        f'<p class="why">{both(text(row["detail"]), text(row["detail_en"]))}</p>{_law(row)}'
        f"<footer>{papers.link(row)}{''.join(notes)}</footer></article>"
    )


def _law(row: Row) -> str:
    """Return the law's own words, where the verdict rests on them."""
    words = row["evidence_words"]
    if not words:
        return ""
    heading = both("条文原文：", "The law's words: ")
    return f'<p class="why dim">{heading}{text(" ".join(words.split()))}</p>'


def _mend(row: Row) -> str:
    parts = ""
    if row["correction"]:
        meant = both("应为", "should be")
        parts += f'<span class="mend">{meant} {text(row["correction"])}</span>'
    today: Word = verdict_word(row["verdict_today"])
    if row["verdict_today"] != row["verdict"]:
        parts += f'<span class="today">{both("今天：", "today: ")}{today.html}</span>'
    return parts


def _sentence(row: Row) -> str:
    """Return the sentence with the cited words marked, cut around them where it is long."""
    sentence, raw = row["sentence"], row["raw_text"]
    start = _place(sentence, raw, row["before"] or "")
    if start < 0:
        return text(sentence[:MOST_CHARS])
    end = start + len(raw)
    room = max(0, MOST_CHARS - len(raw)) // 2
    left, right = max(0, start - room), min(len(sentence), end + room)
    head = ("…" if left else "") + sentence[left:start]
    tail = sentence[end:right] + ("…" if right < len(sentence) else "")
    return f"{text(head)}<mark>{text(raw)}</mark>{text(tail)}"


def _place(sentence: str, raw: str, before: str) -> int:
    """Return where in `sentence` the citation begins: the one whose left context is `before`."""
    place = sentence.find(raw)
    fitting = place
    while place >= 0:
        left = sentence[:place]
        if before.endswith(left) or (before and left.endswith(before)):
            fitting = place  # the longest context that fits decides
        place = sentence.find(raw, place + 1)
    return fitting


def _unknown(connection: DuckDBPyConnection) -> str:
    rows = ask(connection, "unknown", most=MOST_UNKNOWN)
    if not rows:
        return ""
    items = "\n".join(
        f"<li><b>《{text(row['title'])}》</b> <span class='dim'>{_often(row)}</span> "
        f"{link(row['url'], row['page'])}</li>"
        for row in rows
    )
    note = both(
        "登记库中没有这些名称：可能是杜撰或误写，也可能尚未收录，因此不计入有误。",
        "The registry has no such titles: invented, misspelt, or missing there; "
        "so they don't count as wrong.",
    )
    return (
        f"<h3>{both('查无此法', 'Unknown titles')}</h3>"
        f'<p class="note">{note}</p><ul class="unknown">{items}</ul>'
    )


def _often(row: Row) -> str:
    times, pages = number(row["citations"]), number(row["articles"])
    return both(f"{times} 次，{pages} 篇，例如", f"{times} times on {pages} pages, such as")
