"""The shapes of JSON that INTERFACES.md promises, and whether a value has one.

>>> list(misfits({"n": 1, "of": [None]}, {"n": "integer", "of": ["text or null"]}))
[]
>>> sorted(misfits({"n": "1", "more": 0}, {"n": "integer"}))
['$.more: not documented', "$.n: '1' is no integer"]
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

INTERFACES: Final = Path(__file__).parents[2] / "warehouse" / "docs" / "INTERFACES.md"

_KINDS: Final[dict[str, Callable[[Any], bool]]] = {
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "text": lambda value: type(value) is str,
    "true or false": lambda value: type(value) is bool,
    "text or null": lambda value: value is None or type(value) is str,
}


def shape_after(words: str) -> Any:
    """Return the first JSON block of INTERFACES.md that stands below `words`."""
    text = INTERFACES.read_text(encoding="utf-8").partition(words)[2]
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found, words
    return json.loads(found[1])


def misfits(value: Any, shape: Any, place: str = "$") -> Iterator[str]:
    """Yield where `value` is not as `shape` says; `NAME` stands for any key."""
    if isinstance(shape, dict):
        yield from _misfits_of_object(value, shape, place)
    elif isinstance(shape, list):
        for index, one in enumerate(value):
            yield from misfits(one, shape[0], f"{place}[{index}]")
    elif shape in _KINDS:
        if not _KINDS[shape](value):
            yield f"{place}: {value!r} is no {shape}"
    elif value not in shape.split(" | "):
        yield f"{place}: {value!r} is none of {shape}"


def _misfits_of_object(value: Any, shape: dict[str, Any], place: str) -> Iterator[str]:
    if "NAME" in shape:
        shape = dict.fromkeys(value, shape["NAME"])
    for name in value.keys() - shape.keys():
        yield f"{place}.{name}: not documented"
    for name, kind in shape.items():
        if name in value:
            yield from misfits(value[name], kind, f"{place}.{name}")
        else:
            yield f"{place}.{name}: missing"
