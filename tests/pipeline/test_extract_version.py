# ruff: noqa: E501 - markup with Chinese text, which counts double
"""Whoever changes what extraction gives must raise its version, so that stale rows are re-made."""

from datetime import UTC, datetime
from hashlib import sha256

from pipeline.article import EXTRACT_VERSION, Page, extract

FETCHED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
LINES = (
    "邻居装修漏水，楼下的天花板和家具都泡坏了，先拍照留证。",
    "找物业一起到场，把漏水点和受损情况写进记录，双方签字。",
    "协商不成，可以申请鉴定，再按《民法典》第二百九十六条主张赔偿。",
)
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
LIST = "<ol><li>照片和录像<li>维修收据<br>注明日期</ol>"
TABLE = "<table><tr><th>项目<th>数额<tr><td>吊顶<td>2600元</table>"
PAGES = (
    (
        f"<title>邻居装修漏水怎么赔 - 南门律师</title><h1>邻居装修漏水怎么赔</h1>"
        f"<div class=info><span class=user>南门律师</span> 3天前 <a class=cate href=/c>相邻关系</a></div>"
        f"<div id=a>{TEXT}{LIST}{TABLE}<p>责任编辑：何平</p></div><p>下一篇：<a href=/2>噪音</a></p>"
    ),
    (
        f"<title>邻居装修漏水怎么赔_南门网</title><table><tr><td>邻居装修漏水怎么赔<tr><td>2011-02-03 04:05"
        f"<tr><td>{'<br>'.join(LINES)}<tr><td>版权声明：不得转载</table>"
    ),
    (  # since version 4
        f"<title>内容页</title><div><a href=/>首页</a> &gt; <a href=/x>相邻关系</a></div>"
        f"<p><b>邻居装修漏水怎么赔</b></p><p>2025-04-05 06:07　作者：民一庭 何平　浏览：9</p><div><div>{'</div><div>'.join(LINES)}</div>"
        f"<div>延伸阅读</div><div><a href=/3>楼上住户养鸽子，味道太大怎么办</a></div><div>广告</div><div>{LINES[0][::-1]}</div>"
        f"<div>- END -</div><div>排版：阿布</div><div>点个“在看”</div></div><ul><li class=tag-item><a href=/t>漏水<i>(3)</i></a></ul>"
    ),
    f"<title>南门网</title><ul>{'<li><a href=/1>邻居的事说不完，一件又一件</a>' * 9}</ul>",
)
GOLDEN = {
    1: "924e199fcef54794",
    2: "1dee2172cc4b1457",
    3: "3dcad3e0651201da",
    4: "18d15f53797e8cce",
}  # of the results, by version


def test_the_output_changes_only_with_the_version() -> None:
    results = [extract(Page(html=html, fetched_at=FETCHED)) for html in PAGES]
    digest = sha256(repr(results).encode()).hexdigest()[:16]

    assert GOLDEN.get(EXTRACT_VERSION) == digest, f"raise EXTRACT_VERSION; then add {digest}"
