"""`fatiao pair` and `fatiao cluster`: why two texts are one article, and how copies differ."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import click
import duckdb
import numpy as np

from pipeline.dedup.differences import Change, Piece, differences
from pipeline.dedup.explain import Explanation, describe, explain
from pipeline.dedup.rarity import Rarity, rarity
from warehouse.cli.project import the_project
from warehouse.exits import InputError
from warehouse.public import open_public
from warehouse.store import open_published, read_sql

_NOTHING_COMMON: Final = rarity(0, np.empty(0, dtype=np.uint32))
_CONTEXT: Final = 24  # characters shown around a difference
_LONGEST: Final = 120  # characters of a passage shown

_UNPUBLISHED: Final = "(the text is not published)"

_Row = dict[str, Any]

_RULES: Final = {
    "named": ", as others name it as their source",
    "credited": ", as the others say they were taken from elsewhere",
    "dated": ", by its date",
    "timed": ", by the minute",
    "reputed": ", as its site is more often the original",
    "first": ", as it came first",
}
_FILE: Final = click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A published file elsewhere, instead of the folder's public/fatiao.duckdb.",
)


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    text: str


@click.command()
@click.argument("a")
@click.argument("b")
@_FILE
@click.pass_obj
def pair(folder: Path | None, a: str, b: str, file: Path | None) -> None:
    """Explain how A and B are related: two text files, or two article ids of the published file.

    \b
      fatiao pair ours.txt theirs.txt
      fatiao pair 0b1c…a9 77f2…03        as the column article_id has them

    Shown are the similarity by each measure, the passages they share (as places in either text,
    from 0), the relation of the later to the earlier one, and why.  Of two files A counts as the
    earlier; what is common is not known for them, unless --file names a published file.
    """  # noqa: D301 - \b tells click to keep the lines
    if Path(a).is_file() and Path(b).is_file():
        earlier, later = (_Text(name, _read(Path(name))) for name in (a, b))
        known = _NOTHING_COMMON
        if file:
            with _open(file) as db:
                known = _rarity(db)
    else:
        with _public(folder, file) as db:
            earlier, later = _articles(db, a, b)
            known = _rarity(db)
    _show_pair(earlier, later, explain(earlier.text, later.text, known), known)


@click.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page with the whole texts, differences marked, instead.",
)
@_FILE
@click.pass_obj
def cluster(folder: Path | None, id_: str, html: Path | None, file: Path | None) -> None:
    """Show the duplicate cluster ID, or the one that the article ID is in.

    The original stands first, with what makes it the original; of every other article is told
    what differs from it: [-what the original has-] and {+what this one has instead+}.
    """
    with _public(folder, file) as db:
        result = db.execute(read_sql("pairs/cluster.sql"), {"id": id_})
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    if not rows:
        raise InputError(f"{id_}: no article or cluster has this id")
    if html:
        html.write_text(_page(rows), encoding="utf-8")
        click.echo(f"Written: {html}")
        return
    click.echo("\n\n".join(_member(row, rows[0]) for row in rows))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text: {error.reason}") from error


def _public(folder: Path | None, file: Path | None) -> duckdb.DuckDBPyConnection:
    return _open(file) if file else open_public(the_project(folder))


def _open(file: Path) -> duckdb.DuckDBPyConnection:
    try:
        return open_published(file)
    except duckdb.Error as error:
        raise InputError(f"{file}: cannot be opened: {str(error).splitlines()[0]}") from error


def _rarity(db: duckdb.DuckDBPyConnection) -> Rarity:
    _, size, _ = db.execute(read_sql("dedup/epoch.sql")).fetchall()[0]
    common = db.execute(read_sql("pairs/common.sql")).fetchnumpy()["shingle"]
    return rarity(int(size), np.asarray(common, dtype=np.uint32))


def _articles(db: duckdb.DuckDBPyConnection, *ids: str) -> list[_Text]:
    """Return two articles, the earlier one first."""
    found = []
    for id_ in ids:
        rows = db.execute(read_sql("pairs/article.sql"), {"id": id_}).fetchall()
        if not rows:
            raise InputError(f"{id_}: neither a file here nor an article's id")
        if rows[0][4] is None:
            raise InputError(f"{id_}: its text is not published (publish.text); give text files")
        found.append(rows[0])
    found.sort(key=lambda row: (row[5] or "", row[0]))
    return [_Text(f"{row[0]}  {row[1]}  {row[3]}  {row[2]}", row[4]) for row in found]


def _show_pair(earlier: _Text, later: _Text, found: Explanation, known: Rarity) -> None:
    click.echo(f"{'earlier':<14}{earlier.name} ({len(earlier.text)} characters)")
    click.echo(f"{'later':<14}{later.name} ({len(later.text)} characters)")
    for name, value in describe(found, known):
        click.echo(f"{name:<14}{value}")
    click.echo(f"{'why':<14}{' '.join(found.why)}")
    for passage in found.passages:
        words = later.text[passage.start : passage.end].replace("\n", "⏎")
        click.echo(
            f"{'passage':<14}earlier {passage.other_start}-{passage.other_end},"
            f" later {passage.start}-{passage.end}, {passage.shared} rare 5-grams:"
            f" {_shortened(words, _LONGEST)}"
        )


def _member(row: _Row, original: _Row) -> str:
    head = f"{row['article_id']}  {row['source']}  {row['published_on'] or 'undated'}"
    lines = [f"{head}  {_relation(row)}", f"  {row['title']}", f"  {row['url']}"]
    if row["overridden"]:
        lines.append(f"  corrected: {row['overridden']}")
    if row is not original:
        lines.append(f"  {_differing(row, original)}")
    return "\n".join(lines)


def _differing(row: _Row, original: _Row) -> str:
    if row["text_sha256"] == original["text_sha256"]:
        return "the same to the letter"
    if row["text"] is None:
        return _UNPUBLISHED
    pieces = differences(original["text"], row["text"])
    if len(pieces) == 1:
        return "the same but for what is masked"
    return "".join(_marked(piece) for piece in pieces).replace("\n", "⏎")


def _relation(row: _Row) -> str:
    if row["relation"] == "original":
        why = _RULES.get(row["rule"], "")
        return f"original{why}: {row['evidence']}" if row["evidence"] else f"original{why}"
    return f"{row['relation']} {row['similarity']:.3f} {row['substitution']}".rstrip()


def _marked(piece: Piece) -> str:
    if piece.change is Change.GONE:
        return f"[-{piece.text}-]"
    if piece.change is Change.NEW:
        return f"{{+{piece.text}+}}"
    return _shortened(piece.text, 2 * _CONTEXT)


def _shortened(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    return f"{words[: most // 2]} … {words[-(most // 2) :]}"


def _page(rows: list[_Row]) -> str:
    """Return a page of its own, with nothing to load."""
    articles = "\n".join(_as_html(row, rows[0]) for row in rows)
    return (
        '<!doctype html>\n<html lang="zh-Hans"><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(str(rows[0]['title']))} · {len(rows)}</title>\n"
        "<style>body{font:16px/1.7 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}"
        "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}"
        "article{border-top:1px solid #ccc}h2{font-size:1.2em}small{color:#555}"
        "del{background:#fdd}ins{background:#dfd;text-decoration:none}</style>\n"
        f"<p>{_legend(len(rows))}</p>\n{articles}\n</html>\n"
    )


def _legend(articles: int) -> str:
    if articles == 1:
        return "One article, and no copy of it."
    return (
        f"{articles} articles, the original first.  <del>What only the original has</del>,"
        " <ins>what only the copy has</ins>."
    )


def _as_html(row: _Row, original: _Row) -> str:
    body = _UNPUBLISHED
    if row["relation"] != "original" and row["text"] and row["text"] == original["text"]:
        body = "<i>the same to the letter</i>"
    elif row["text"] is not None:
        body = "".join(_tagged(piece) for piece in differences(original["text"], row["text"]))
    where = f"{row['source']} · {row['published_on'] or 'undated'} · {_relation(row)}"
    if row["overridden"]:
        where += f" · corrected: {row['overridden']}"
    return (
        f"<article><h2>{escape(str(row['title']))}</h2>"
        f"<p><small>{escape(where)}<br>{_linked(row['url'])}<br>{row['article_id']}</small></p>"
        f"<pre>{body}</pre></article>"
    )


def _linked(url: str) -> str:
    shown = escape(url)
    return f'<a href="{shown}">{shown}</a>' if url.startswith(("http://", "https://")) else shown


def _tagged(piece: Piece) -> str:
    tags = {Change.GONE: ("<del>", "</del>"), Change.NEW: ("<ins>", "</ins>")}
    start, end = tags.get(piece.change, ("", ""))
    return f"{start}{escape(piece.text)}{end}"
