"""Names of laws in running text, without book marks: 依照劳动合同法第三十九条.

Names end in few characters (法, 例, 定, 释, …).  So each place where one of these stands is
read backwards through a tree of reversed names: the work is linear in the text and does not
grow with the number of names.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipeline.cite.titles import ISSUERS, STATE

_NOWHERE: Final[dict[str, Any]] = {}
_IS_NAME: Final = ""  # key under which a node of the tree says that a name is complete here
_WINDOW: Final = 70  # characters before a name in which its issuers are looked for

# After these, a word that begins like a law's name is another word: 公司法人, 合同法律关系.
_OTHER_WORD: Final = re.compile(r"法(?:[律人定院官制庭学治务理则警宝盲]|规(?!定))")
# Before these, it is the end of another word: 罪刑法定 begins earlier, 国际私法, 居民通过.
_OTHER_BEGINNING: Final = re.compile(
    r"(?:罪|国际|外国|美国|德国|日本|法国|英国|台湾|香港|澳门|比较|军事)$"
)
_FIELD_OF_LAW: Final = re.compile(
    r"\s?(?:上|领域|学|原理|理论|视角|意义|专业|专家|教授|律师|课|考试|草案|典型)"
)
# 深圳市物业管理条例 is not the national 物业管理条例.
_REGION: Final = re.compile(
    r"[^\W\d_根依据照按在由及和与对反用遵]{2,3}(?:省|市|自治区|自治州|自治县|县|区)(?:人民政府)?$"
)
_LAST_OF_REGIONS: Final = frozenset("省市区州县府")
_SHORT: Final = 2
_MAX_ALONE: Final = frozenset({"宪法", "刑法"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name found, with its half-open span in code points."""

    start: int
    end: int
    text: str


class NameIndex:
    """All names of a registry, ready to be found in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        """Build the tree; `names` in simplified characters with full-width brackets."""
        self._tree: dict[str, Any] = {}  # of dicts of the same kind; see _IS_NAME
        last = set()
        for name in names:
            if len(name) >= _SHORT:
                self._add(name)
                last.add(name[-1])
        self._ends = re.compile(f"[{re.escape(''.join(sorted(last)))}]")

    def _add(self, name: str) -> None:
        node = self._tree
        for character in reversed(name):
            node = node.setdefault(character, {})
        node[_IS_NAME] = {}

    def find(self, plain: str) -> list[Name]:
        """Return the names in `plain` in order, the longest where several overlap."""
        found: list[Name] = []
        for name in sorted(self._candidates(plain), key=lambda name: (name.start, -name.end)):
            if not found or name.start >= found[-1].end:
                found.append(name)
        return found

    def _candidates(self, plain: str) -> Iterator[Name]:
        wide = plain.replace("(", "（").replace(")", "）")
        for match in self._ends.finditer(wide):
            start = self._longest(wide, match.end())
            if start is not None and _is_whole(plain, start, match.end()):
                start = _with_state_and_issuers(plain, start)
                yield Name(start, match.end(), plain[start : match.end()])

    def _longest(self, plain: str, end: int) -> int | None:
        node, at, best = self._tree, end, None
        while at > 0:
            node = node.get(plain[at - 1], _NOWHERE)
            if not node:
                break
            at -= 1
            if _IS_NAME in node:
                best = at
        return best


def is_used_as_law(plain: str, name: Name) -> bool:
    """Say whether a name without an article is the law, not a field of law (婚姻法上)."""
    too_short = name.end - name.start <= _SHORT and name.text not in _MAX_ALONE
    return not too_short and not _FIELD_OF_LAW.match(plain, name.end)


def _is_whole(plain: str, start: int, end: int) -> bool:
    return not _OTHER_WORD.match(plain, end - 1) and not _OTHER_BEGINNING.search(
        plain, max(0, start - 2), start
    )


def _with_state_and_issuers(plain: str, start: int) -> int:
    """Move `start` before 中华人民共和国, before the issuers of a 关于 title, before a region."""
    if plain.startswith(STATE, max(0, start - len(STATE))) and start >= len(STATE):
        return start - len(STATE)
    before = plain[max(0, start - _WINDOW) : start]
    if before[-1:] in _LAST_OF_REGIONS and (match := _REGION.search(before)):
        return start - len(before) + match.start()
    if plain.startswith("关于", start) and (match := ISSUERS.search(before)):
        return start - len(before) + match.start()
    return start
