"""People's numbers and addresses in texts, masked character by character.

What is published are other people's pages, and some name their readers.  A masked text is as long
as it was, so citations' offsets still cut the same words out of it.

>>> mask("请拨打138-0013-8000，或写信给 wang.li@example.com")
'请拨打***-****-****，或写信给 *******@example.com'
"""

import re
from typing import Final

# For DuckDB (RE2): texts worth looking at; what matches nothing here has nothing to mask.
CANDIDATE: Final = r"[0-9０-９][0-9０-９ .)）－–—-]{9}|[@＠]|%40"

_DIGIT: Final = r"[0-9０-９]"
_GAP: Final = r"[ －–—-]?"
_NOT_INSIDE: Final = rf"(?<!{_DIGIT})"
_NUMBER: Final = re.compile(
    rf"""{_NOT_INSIDE}
    (?: # resident identity card: region, date of birth, serial number and check character
        {_DIGIT}{{6}} {_GAP} (?:[1１][9９]|[2２][0０]) {_DIGIT}{{2}}
        (?:[0０]{_DIGIT}|[1１][0-2０-２]) [0-3０-３]{_DIGIT} {_GAP} {_DIGIT}{{3}} [0-9０-９XxＸｘ]
      # before 1999: two digits of the year, no check character
      | {_DIGIT}{{8}} (?:[0０]{_DIGIT}|[1１][0-2０-２]) [0-3０-３]{_DIGIT} {_DIGIT}{{3}}
      # mobile: 3, 4 and 4 digits, with or without a country code
      | (?:[8８][6６]{_GAP})? [1１][3-9３-９]{_DIGIT} {_GAP} {_DIGIT}{{4}} {_GAP} {_DIGIT}{{4}}
      | [1１][3-9３-９]{_DIGIT} \. {_DIGIT}{{4}} \. {_DIGIT}{{4}}
      # landline: area code and 7 or 8 digits; hotlines (12348, 400 …) belong to nobody
      | [0０]{_DIGIT}{{2,3}} [)）]? {_GAP} {_DIGIT}{{3,4}} {_GAP} {_DIGIT}{{4}}
    )
    (?!{_DIGIT})""",
    re.VERBOSE,
)
# All that a number is written with: looking only into these runs takes a twentieth of the time.
_RUN: Final = re.compile(rf"{_DIGIT}[0-9０-９XxＸｘ .)）－–—-]{{9,}}")
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}(?=(?:[@＠]|%40)[A-Za-z0-9-]{1,63}\.[A-Za-z])")
# In an address digits are mostly serial numbers, and one that is masked leads nowhere: only what
# says itself that it is a person's.
_IN_URL: Final = re.compile(
    r"""(?<=[?&;/_.-]) (?:tel|phone|mobile|mobi|dianhua|shouji|sjh|call|weixin|wechat|wx)
        [=:/_-] (?:\+?86)? [0-9-]{9,20}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IDENTITY: Final = re.compile(
    r"(?<![0-9])[1-8][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx](?![0-9])"
)
_ANY_DIGIT: Final = re.compile("[0-9]")
_CHARACTER: Final = re.compile(r"[0-9０-９XxＸｘ]")
# Another text of this: what was published by the rules before must be masked again.
RULES: Final = "\n".join(
    (CANDIDATE, *(one.pattern for one in (_RUN, _NUMBER, _MAIL, _IN_URL, _IDENTITY, _CHARACTER)))
)


def mask_url(url: str) -> str:
    """Return `url` with what it says itself to be somebody's number masked, as long.

    >>> mask_url("https://a.example/ask?id=13800138000&tel=13800138000")
    'https://a.example/ask?id=13800138000&tel=***********'
    """
    url = _IN_URL.sub(lambda found: _ANY_DIGIT.sub("*", found[0]), url)
    url = _IDENTITY.sub(lambda found: "*" * len(found[0]), url)
    return _MAIL.sub(lambda found: "*" * len(found[0]), url)


def mask(text: str) -> str:
    """Return `text` with phone numbers, ID-card numbers and mail addresses masked, as long."""
    text = _RUN.sub(lambda run: _NUMBER.sub(_without_digits, run[0]), text)
    if not any(sign in text for sign in ("@", "＠", "%40")):
        return text
    return _MAIL.sub(lambda found: "*" * len(found[0]), text)


def _without_digits(found: re.Match[str]) -> str:
    return _CHARACTER.sub("*", found[0])
