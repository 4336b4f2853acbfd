"""How words given as a provision's differ from it, and whether the difference matters.

Commas, 依照 for 依据, an omission: a careless copy, but the law's words.  Another number, another
party, 可以 for 应当, a 不 more or less: another rule.  Only the latter is held against a citation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from unicodedata import normalize

from pipeline.cite.numerals import MAX_NUMERAL, format_numeral


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words that stand for others, without punctuation; one of the two may be empty."""

    given: str
    law: str
    matters: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The comparison of words with the stretch of a provision that they are taken from."""

    # Share of characters in common, 0 to 1; 1: the same but for punctuation.  Longer stretches of
    # the provision that are left out do not count: …… often stands for them.
    similarity: float
    differences: tuple[Difference, ...]


_LISTED: Final = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]|(?<!\d)\d{1,2}[.、．](?!\d)")
_NO_WORDS: Final = re.compile(r"[\W_]+")
_DECIMAL: Final = re.compile(r"\d{1,4}(?!\d)")
_AROUND: Final = 6  # characters next to a change, in which the word that it changes stands
_ANCHOR: Final = 4  # characters in common on either side of a change, that it is one

_BESIDES: Final = 1  # characters of a change beside the word that makes it another rule
_OMITTED: Final = 8  # characters of the law in a row, from which on they are left out, not changed
_DIGITS: Final = "[〇零一二三四五六七八九十百千万亿两]{1,9}"
_NUMBER: Final = re.compile(
    rf"百分之(?P<percent>{_DIGITS})"
    rf"|(?P<number>{_DIGITS})(?P<unit>个?工作日|个月|小时|周岁|日|天|年|周|月|元|倍|次|人|吨|克|级)"
)
_TIMES: Final = frozenset({"工作日", "个工作日", "日", "天", "周", "月", "个月", "年", "小时"})
_SAME_TIME: Final = (
    {("三十", "日"), ("一", "个月")},
    {("三十", "天"), ("一", "个月")},
    {("十二", "个月"), ("一", "年")},
    {("六", "个月"), ("半", "年")},
    {("二十四", "小时"), ("一", "日")},
    {("七", "日"), ("一", "周")},
)
_SAME_UNIT: Final = {"天": "日", "月": "个月"}
# Words of which one in place of another makes another rule; those of one row mean the same.
_RIVALS: Final = (
    (
        ("应当", "必须", "应", "须"),
        ("可以", "有权", "可"),
        ("不得", "不能", "不应", "禁止", "无权", "不"),
    ),
    (("以上", "超过", "不少于", "不低于"), ("以下", "不超过", "不满", "未满", "以内", "之内")),
    (("债权人",), ("债务人",), ("保证人",)),
    (("出借人", "贷款人"), ("借款人",), ("担保人",)),
    (("用人单位",), ("劳动者",), ("用工单位",)),
    (("原告",), ("被告",), ("第三人",)),
    (("出租人",), ("承租人",)),
    (("买受人",), ("出卖人",)),
    (("或者",), ("并且",)),
    (("有效",), ("无效",)),
    (("一般保证",), ("连带责任保证", "连带保证")),
)
_NEGATION: Final = re.compile(r"(?<!是)不得|(?<!是否)[不未无非](?![过仅论管但同断来常])")


def difference(given: str, law: str) -> Diff | None:
    """Compare `given` with the part of the provision `law` it is taken from; None: with none."""
    a, b = _bare(law), _bare(given)
    if not a or not b or b in a:
        return Diff(similarity=1.0, differences=()) if b else None
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    while codes and codes[0][0] == "delete":
        codes = codes[1:]
    while codes and codes[-1][0] == "delete":
        codes = codes[:-1]
    same = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    if not same:
        return None
    left_out = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "delete" and i2 - i1 > _OMITTED)
    total = codes[-1][2] - codes[0][1] - left_out + len(b)
    return Diff(
        similarity=round(2 * same / total, 3),
        differences=tuple(_differences(a, b, codes)),
    )


def _bare(words: str) -> str:
    plain = _LISTED.sub("", normalize("NFKC", words))
    return _NO_WORDS.sub("", _DECIMAL.sub(_in_words, plain))


def _in_words(match: re.Match[str]) -> str:
    value = int(match[0])
    return format_numeral(value) if 1 <= value <= MAX_NUMERAL else match[0]


Code = tuple[str, int, int, int, int]


def _differences(a: str, b: str, codes: Sequence[Code]) -> Iterator[Difference]:
    regions = _regions(codes)
    for at, (tag, i1, i2, j1, j2) in enumerate(regions):
        if tag == "equal" or (j1 == j2 and i2 - i1 > _OMITTED):
            continue
        before, after = _common(regions, at - 1), _common(regions, at + 1)
        matters = min(before, after) >= _ANCHOR and _matters(a, b, i1, i2, j1, j2)
        yield Difference(given=b[j1:j2], law=a[i1:i2], matters=matters)


def _regions(codes: Sequence[Code]) -> list[Code]:
    """Join changes that only a few characters part: 三十日 for 十五日 is one, not two."""
    regions: list[Code] = []
    for at, code in enumerate(codes):
        is_bridge = code[0] == "equal" and code[2] - code[1] < _ANCHOR and 0 < at < len(codes) - 1
        if (code[0] != "equal" or is_bridge) and regions and regions[-1][0] != "equal":
            _, i1, _, j1, _ = regions[-1]
            regions[-1] = ("replace", i1, code[2], j1, code[4])
        else:
            regions.append(code)
    return regions


def _common(codes: Sequence[Code], at: int) -> int:
    """Return how many characters are in common there, 0 beyond the ends."""
    if not 0 <= at < len(codes) or codes[at][0] != "equal":
        return 0
    return codes[at][2] - codes[at][1]


def _matters(a: str, b: str, i1: int, i2: int, j1: int, j2: int) -> bool:
    """Say whether law's a[i1:i2] and the words' b[j1:j2] make two rules."""
    law, given = (a, i1, i2), (b, j1, j2)
    return _other_number(law, given) or _rival(law, given) or _negated(a[i1:i2], b[j1:j2])


Place = tuple[str, int, int]


def _other_number(law: Place, given: Place) -> bool:
    ours, theirs = _number_at(law), _number_at(given)
    if ours is None or theirs is None or ours == theirs:
        return False
    if ours[1] == theirs[1]:
        return True
    return {ours[1], theirs[1]} <= _TIMES and {ours, theirs} not in _SAME_TIME


def _number_at(place: Place) -> tuple[str, str] | None:
    """Return number and unit of the number that a change touches."""
    words, start, end = place
    for match in _NUMBER.finditer(words, max(0, start - _AROUND), end + _AROUND):
        name = "percent" if match["percent"] else "number"
        if match.start(name) <= end and match.end(name) >= start:
            unit = match["unit"] or name
            return match[name].replace("两", "二"), _SAME_UNIT.get(unit, unit)
    return None


def _rival(law: Place, given: Place) -> bool:
    for rows in _RIVALS:
        ours, theirs = _row(rows, law), _row(rows, given)
        if ours is not None and theirs is not None and ours != theirs:
            return True
    return False


def _row(rows: tuple[tuple[str, ...], ...], place: Place) -> int | None:
    """Return which row's word overlaps the change, the longest word first."""
    words, start, end = place
    found: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        for word in row:
            at = words.find(word, max(0, start - len(word) + 1), end + len(word) - 1)
            is_change = end - start <= len(word) + _BESIDES  # not a garbled stretch that has it
            if is_change and 0 <= at < end and at + len(word) > start:
                found.append((len(word), number))
    return max(found)[1] if found else None


def _negated(law: str, given: str) -> bool:
    """Say whether the two differ in a 不 or the like, and in nothing else."""
    bare = _NEGATION.sub("", law), _NEGATION.sub("", given)
    return law != given and bare[0] == bare[1]
