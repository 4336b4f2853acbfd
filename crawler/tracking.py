"""URL parameters that never choose a page.

They say where a reader came from, who shared the link or which session it
was.  Left in, one article has as many URLs as there were readers.
"""

import re
from typing import Final

_NAMES: Final = """
isappinstalled nsukey pass_ticket wx_header clicktime enterid ascene subscene devicetype
chksm mpshare exportkey winzoom fontgear abtest_cookie nettype session_us ivk_sa ivk_al ivk_sj
share_token share_source share_medium share_plat share_session_id share_tag share_from share_id
sharer_shareid sharer_sharetime sharer_shareinfo wxshare_count vd_source tt_from weibo_id sudaref
tdsourcetag adtag pgv_ref _wv _wwv plg_nld plg_uin plg_auth plg_usr qq-pf-to unique_k
spm_id_from spm scm hmsr hmpl hmcu hmkw hmci bd_vid bd_bxst wfr fr_from hm_tag sf_t qz_gdt gdt_vid
fbclid gclid gbraid wbraid msclkid dclid yclid igshid mc_cid mc_eid _ga _gl _openstat
fromuid fromuser phpsessid jsessionid sessionid session_id aspsessionid cfid cftoken _
replytocom replyto
"""  # By line: WeChat, Baidu's app; shares; QQ; Chinese statistics; others'; Discuz!, sessions;
# and the article with its comment form moved (WordPress, Typecho), which is the same article.
_ALWAYS: Final = frozenset(_NAMES.split())
_PREFIXES: Final = ("utm_", "aspsessionid", "mtm_", "pk_", "share_", "depth_1-utm")

_CLOCK_OR_CHANCE: Final = re.compile(r"\d{10}|\d{13}|0\.\d+")
# Parameters that choose a page, except with values like these.
_BY_VALUE: Final = {
    "fr": re.compile(r"aladdin\d*|(?!\d+$)\w*(?:search|baidu|share)\w*"),  # where Baidu shows it
    "scene": re.compile(r"\d{1,4}"),  # WeChat: from which list; a word would choose something
    "from": re.compile(r"(?!\d+$).*"),  # from=timeline; a number is an offset into a list
    "sid": re.compile(r"(?=.*\d)(?=.*[A-Za-z])\w{6,}"),  # Discuz! session, or a section's number
    "t": _CLOCK_OR_CHANCE,
    "r": _CLOCK_OR_CHANCE,
    "v": _CLOCK_OR_CHANCE,
    "timestamp": _CLOCK_OR_CHANCE,
    "rand": re.compile(r"[\d.]*"),
    "random": re.compile(r"[\d.]*"),
    "extra": re.compile(r"|page(?:%3D|=).*", re.IGNORECASE),  # Discuz!: the list one came from
    "mobile": re.compile(r"1|2|yes|no"),  # Discuz!: the same thread in another template
}


def is_tracking(name: str, value: str) -> bool:
    """Return whether the parameter called `name` (in small letters) can be left out of a URL."""
    if name in _ALWAYS or name.startswith(_PREFIXES):
        return True
    pattern = _BY_VALUE.get(name)
    return pattern is not None and pattern.fullmatch(value) is not None
