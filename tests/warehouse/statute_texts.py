"""Made-up words of real statutes, for tests of import and of quotations."""

import io
import tarfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.cite.numerals import format_numeral

MARBLE_LAW = "商业特许经营管理条例"  # 34 articles, one version, in force from 2007-05-01


def markdown(title: str, day: str, begins: str, articles: dict[int, str]) -> str:
    """Return a statute in the layout of LawRefBook/Laws."""
    body = "\n\n".join(f"第{format_numeral(n)}条 {words}" for n, words in articles.items())
    head = (
        f"# {title}\n\n{day} 国务院公布\n\n{begins} 施行\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n"
    )
    return head + body + "\n"


def marbles(changed: dict[int, str] | None = None) -> str:
    """Return made-up words, 34 articles, under the title of a real regulation."""
    articles = {n: f"第{n}号玻璃珠应当放在第{n + 3}只木匣里，每日擦拭{n}遍。" for n in range(1, 35)}
    return markdown(MARBLE_LAW, "2007年2月6日", "2007年5月1日", articles | (changed or {}))


def make_tar(path: Path, files: dict[str, str]) -> Path:
    """Write `files` into a .tar.gz."""
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def make_docx(path: Path, lines: list[str]) -> Path:
    """Write a Word file with one paragraph a line."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    xml = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return path


def law_of_cats(day: str = "2007年2月6日") -> str:
    """Return words in which few runs repeat, so that a quotation is one article's."""
    articles = dict(enumerate(CATS, start=1))
    filler = {n: f"第{n}类特许人备案编号为{n * 7919}。" for n in range(len(CATS) + 1, 35)}
    return markdown(MARBLE_LAW, day, "2007年5月1日", articles | filler)


CATS = (
    "为了让猫在每个屋檐下都能安心打盹，维护老鼠的合法权益，制定本条例。",
    "猫每日应当在日出之前舔毛三遍。\n有下列情形之一的，可以少舔一遍：\n（一）昨夜下雨的；\n（二）刚刚洗过澡的。",
    "老鼠借走奶酪的，应当在满月之夜归还，并附上一枚松果作为利息。",
    "麻雀在屋顶开会，须提前七日向看门的黄狗提交书面申请，写明议题和谷粒数目。",
    "违反本条例第三条规定拒不归还奶酪的，由猫没收其尾巴上的蝴蝶结。",
)
