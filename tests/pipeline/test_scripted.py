# ruff: noqa: E501 - the pages are markup with Chinese text, which counts double
"""Pages whose text only a script would bring are refused by that name; no others are."""

import base64

import pytest

from pipeline.article import Article, Page, Rejection, RejectionReason, extract

TITLE = "取保候审期间可以离开所在城市吗"
TEXT = (
    "取保候审期间没有经过批准不能离开所居住的市县，工作需要外出的，应当提前向执行机关提出书面申请，批准以后才能走。"
    * 3
)
NAV = "<div class=nav><a href=/>首页</a><a href=/a>刑事辩护</a><a href=/b>联系我们</a></div>"
FOOT = "<div class=foot>© 2020-2026 北街律师事务所 版权所有 京ICP备00000000号 地址：北街1号</div>"
HEAD = f"<title>{TITLE} - 北街律师</title>"
ESCAPED = TEXT.encode("unicode_escape").decode("ascii")
PERCENT = "".join(f"%u{ord(char):04X}" for char in TEXT)
BASE64 = base64.b64encode(f"<p>{TEXT}</p>".encode()).decode()

SCRIPTED = {
    "vue": f"<html><head>{HEAD}</head><body><div id=app></div><script src=/js/app.js></script></body></html>",
    "vue with a frame": f"<html><head>{HEAD}</head><body>{NAV}<div id='app'><div class='loading'>加载中...</div></div>{FOOT}<script src=/js/app.js></script></body></html>",
    "react": f"<html><head>{HEAD}</head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/m.js></script></body></html>",
    "next": f'<html><head>{HEAD}</head><body><div id=__next></div><script id=__NEXT_DATA__ type=application/json>{{"props":{{"text":"{TEXT}"}}}}</script></body></html>',
    "state": f'<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><div class=article></div>{FOOT}<script>window.__INITIAL_STATE__={{"content":"{ESCAPED}"}}</script></body></html>',
    "noscript in Chinese": f"<html><head>{HEAD}</head><body><h1>{TITLE}</h1><div id=content></div><noscript>您的浏览器禁用了JavaScript，请启用后再浏览本页</noscript><script src=/a.js></script></body></html>",
    "shown notice": f"<html><head>{HEAD}</head><body>请开启浏览器的 JavaScript 后刷新页面<script>go()</script></body></html>",
    "document.write": f"<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><script>document.write('<p>{TEXT}</p>');</script>{FOOT}</body></html>",
    "inner html": f"<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><div id=c></div><script>document.getElementById('c').innerHTML = \"{TEXT}\";</script>{FOOT}</body></html>",
    "base64": f"<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><div id=c></div><script>var s='{BASE64}';$('#c').html(decodeURIComponent(escape(atob(s))))</script>{FOOT}</body></html>",
    "unescape": f"<html><head>{HEAD}</head><body><h1>{TITLE}</h1><script>document.write(unescape('{PERCENT}'))</script></body></html>",
    "placeholder": f"<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><div class=content>正在加载...</div>{FOOT}<script src=/load.js></script></body></html>",
}
SCRIPTS = f"<script>var a='{BASE64}';atob(a)</script><script>document.write('<p>{TEXT}</p>')</script><noscript>请启用JavaScript</noscript>"
ORDINARY = {
    "an article": f"<html><head>{HEAD}</head><body>{NAV}<h1>{TITLE}</h1><div id=app><p>{TEXT}</p><p>{TEXT}</p></div>{SCRIPTS}{FOOT}</body></html>",
    "rendered by the server": f'<html><head>{HEAD}</head><body><div id=__next>{NAV}<h1>{TITLE}</h1><p>{TEXT}</p></div><script id=__NEXT_DATA__ type=application/json>{{"text":"{TEXT}"}}</script></body></html>',
}
OTHERS = {
    "short": (
        f"<html><head>{HEAD}</head><body><h1>{TITLE}</h1><p>不可以。</p><script src=/jquery.js></script><script>var _hmt = [];</script></body></html>",
        RejectionReason.TOO_SHORT,
    ),
    "a list": (
        f"<html><head><title>刑事辩护 - 北街律师</title></head><body>{NAV}<div id=app><ul>{''.join(f'<li><a href=/{n}.html>取保候审的第{n}个常见问题解答</a></li>' for n in range(12))}</ul></div><script src=/app.js></script></body></html>",
        RejectionReason.LISTING,
    ),
    "nothing": (
        "<html><head><title>空白</title></head><body></body></html>",
        RejectionReason.NO_TEXT,
    ),
}


@pytest.mark.parametrize("name", SCRIPTED)
def test_a_page_that_only_a_script_fills_is_refused_by_that_name(name: str) -> None:
    found = extract(Page(html=SCRIPTED[name]))

    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.NEEDS_JAVASCRIPT, found
    assert found.detail


@pytest.mark.parametrize("name", ORDINARY)
def test_a_page_with_its_text_is_an_article_whatever_its_scripts_hold(name: str) -> None:
    found = extract(Page(html=ORDINARY[name]))

    assert isinstance(found, Article), found
    assert TEXT in found.text


@pytest.mark.parametrize("name", OTHERS)
def test_other_refusals_keep_their_names(name: str) -> None:
    html, reason = OTHERS[name]
    found = extract(Page(html=html))

    assert isinstance(found, Rejection)
    assert found.reason is reason, found
