"""One extractor over the development pages: JSON Lines of {id, text, title, date, sec}.

    python tests/shared/peer_run.py NAME < PAGES

Run with the peer's own folder on the path, so that no peer's dependencies meet another's.  PAGES
are JSON Lines of {id, html, url}; `sec` is CPU time.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Read = dict[str, Any]


def trafilatura(**options: Any) -> Callable[[str, str], Read]:
    from trafilatura import bare_extraction

    def read(html: str, url: str) -> Read:
        found = bare_extraction(html, url=url or None, with_metadata=True, **options)
        return {key: getattr(found, key, "") for key in ("text", "title", "date")}

    return read


def readability() -> Callable[[str, str], Read]:
    from lxml import html as parser
    from readability import Document  # type: ignore[import-not-found] # in the peer's own folder

    def read(html: str, _url: str) -> Read:
        document = Document(html)
        tree = parser.fromstring(document.summary(html_partial=True))
        for element in tree.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
            element.tail = "\n" + (element.tail or "")
        return {"text": tree.text_content(), "title": document.short_title()}

    return read


def goose3() -> Callable[[str, str], Read]:
    from goose3 import Goose  # type: ignore[import-not-found] # in the peer's own folder
    from goose3.text import StopWordsChinese  # type: ignore[import-not-found] # in the peer's own folder

    goose = Goose({"stopwords_class": StopWordsChinese, "enable_image_fetching": False})

    def read(html: str, _url: str) -> Read:
        found = goose.extract(raw_html=html)
        return {"text": found.cleaned_text, "title": found.title, "date": found.publish_date}

    return read


def newspaper4k() -> Callable[[str, str], Read]:
    from newspaper import Article  # type: ignore[import-not-found] # in the peer's own folder

    def read(html: str, url: str) -> Read:
        article = Article(url or "http://page.example/", language="zh", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        date = article.publish_date
        return {"text": article.text, "title": article.title, "date": str(date or "")}

    return read


def gne() -> Callable[[str, str], Read]:
    from gne import GeneralNewsExtractor  # type: ignore[import-not-found] # in the peer's own folder

    extractor = GeneralNewsExtractor()

    def read(html: str, _url: str) -> Read:
        found = extractor.extract(html)
        return {
            "text": found["content"],
            "title": found["title"],
            "date": found["publish_time"],
        }

    return read


PEERS: dict[str, Callable[[], Callable[[str, str], Read]]] = {
    "trafilatura": trafilatura,
    "trafilatura precision": lambda: trafilatura(favor_precision=True),
    "readability-lxml": readability,
    "goose3": goose3,
    "newspaper4k": newspaper4k,
    "gne": gne,
}


def main(name: str) -> None:
    """Read the pages and write what the peer makes of them; its errors are empty pages."""
    read, out = PEERS[name](), sys.stdout
    sys.stdout = sys.stderr  # some peers print
    for line in sys.stdin:
        page = json.loads(line)
        started = time.process_time()
        try:
            found = read(page["html"], page["url"])
        except Exception as error:
            print(f"{name}: {page['id']}: {error!r}"[:200], file=sys.stderr)
            found = {}
        row = {"id": page["id"], "sec": time.process_time() - started} | found
        out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
