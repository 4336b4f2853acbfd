"""The document for trafilatura says of each chosen line what it is, and of its boxes the names."""

from lxml import html

from pipeline.document import clean_document, fit
from pipeline.reader import read_lines


def _document(markup: str) -> str:
    root = html.fromstring(f"<div class=whole>{markup}</div>")
    made = clean_document(read_lines(root), root, "房东不退押金")
    article: str = html.tostring(made.body[0], encoding="unicode")
    return article.removeprefix("<article>").removesuffix("</article>")


def test_paragraphs_breaks_headings_and_quotes_are_told_apart() -> None:
    quote = "<blockquote><p>应当退还。</p></blockquote>"
    markup = f"<h1>先看合同</h1>押金是<b>担保</b>。<br>不是房租。{quote}"

    assert _document(markup) == (
        "<h2>先看合同</h2><p>押金是担保。</p><p>不是房租。</p><blockquote>应当退还。</blockquote>"
    )


def test_lists_and_tables_stay_lists_and_tables() -> None:
    markup = (
        "<ul><li>合同<li>收据</ul><ol><li>协商<br>留下记录<li>起诉</ol>"
        "<table><tr><td>押金<td>三千元<tr><td>房租<td>两千元</table>"
    )

    assert _document(markup) == (
        "<ul><li>合同</li><li>收据</li></ul>"
        "<ol><li>协商</li></ol><p>留下记录</p><ol><li>起诉</li></ol>"
        "<table><tr><td>押金</td><td>三千元</td></tr><tr><td>房租</td><td>两千元</td></tr></table>"
    )


def test_a_line_keeps_the_names_of_its_boxes_and_its_share_of_links() -> None:
    markup = "<div class=poster id=p1><p class=tip>扫码<a href=/x>领取海报</a></p></div>"

    assert _document(markup) == '<p class="tip poster" id="p1"><a href="/">扫码领取</a>海报</p>'


def test_a_heading_that_points_at_itself_is_no_link() -> None:
    assert _document("<h2 id=a><a href='#a'>押金的性质</a></h2>") == '<h2 id="a">押金的性质</h2>'


def test_what_xml_cannot_hold_is_left_out_and_entities_are_escaped() -> None:
    assert fit("押金\x00\x0b\ufffe 三千\n元") == "押金 三千 元"
    assert _document("<p>写作 &amp;lt;p&amp;gt;</p>") == "<p>写作 &amp;amp;lt;p&amp;amp;gt;</p>"
