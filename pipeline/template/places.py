"""Where on a page something stands: places as CSS selectors that a person can read and try.

Only four things are used, so that a place reads as one would write it by hand: a tag, its id, its
classes, and which of its kind it is.

>>> from lxml import html
>>> root = html.fromstring("<body><div id=a><p>甲</p><p class='b c'>乙</p></div></body>")
>>> names = list(candidates(root.find(".//p[2]")))
>>> names[:3]
['p.b.c', 'p.b', 'p.c']
>>> find(root, names[0]).text
'乙'
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from pipeline.lines import path_of

MAX_OUTWARD: Final = 4  # steps outward that a place may name besides its own
MAX_CLASSES: Final = 6  # of one element; frames of utility classes have dozens
_STEP: Final = re.compile(
    r"(?P<tag>[a-z][\w-]*)(?:\#(?P<id>[^\s.:>#]+))?(?P<classes>(?:\.[^\s.:>#]+)*)"
    r"(?::nth-of-type\((?P<nth>\d{1,5})\))?"
)
_LASTING: Final = re.compile(r"[#.](?!\D*\d\D*\d)[A-Za-z_\u0080-\uffff-][\w\u0080-\uffff-]*")
_NAME: Final = re.compile(r"-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*")


def find(root: HtmlElement, place: str) -> HtmlElement | None:
    """Return the first element of the page that stands in `place`, None where none does.

    Raises:
        ValueError: `place` is no selector of this kind; only a hand could have written it.
    """
    return Places((place,)).find(root)[place]


class Places:
    """Places made ready for being found on many pages, all in one pass."""

    def __init__(self, places: Sequence[str]) -> None:
        """Prepare `places`.

        Raises:
            ValueError: one is no selector of this kind; only a hand could have written it.
        """
        self._places = tuple(dict.fromkeys(places))
        self._by_tag: dict[str, list[tuple[str, tuple[_Step, ...]]]] = {}
        for place in self._places:
            steps = _parsed(place)
            self._by_tag.setdefault(steps[-1].tag, []).append((place, steps))

    def find(self, root: HtmlElement) -> dict[str, HtmlElement | None]:
        """Return for each place the first element of the page that stands in it, or None."""
        found: dict[str, HtmlElement | None] = dict.fromkeys(self._places)
        missing = len(found)
        for element in root.iter(*self._by_tag) if missing else ():
            for place, steps in self._by_tag[element.tag]:
                if found[place] is None and _is_at(element, steps, len(steps) - 1):
                    found[place] = element
                    missing -= 1
                    if not missing:
                        return found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One step of a selector."""

    is_child: bool  # stands right in the step before
    tag: str
    id: str | None
    classes: frozenset[str]
    nth: int | None  # of its kind among its siblings, from 1


# lxml's own selectors look at every element of a page; this stops when the last is found, which is
# several times as quick.
@cache
def _parsed(place: str) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    is_child = False
    for word in place.split():
        match = _STEP.fullmatch(word)
        if word == ">":
            is_child = True
        elif match is None:
            raise ValueError(f"not a place: {place!r}")
        else:
            steps.append(
                _Step(
                    is_child=is_child,
                    tag=match["tag"],
                    id=match["id"],
                    classes=frozenset(match["classes"].split(".")[1:]),
                    nth=int(match["nth"]) if match["nth"] else None,
                )
            )
            is_child = False
    if not steps:
        raise ValueError("a place names at least one element")
    return tuple(steps)


def _is_at(element: HtmlElement, steps: Sequence[_Step], last: int) -> bool:
    """Say whether `element` fits the selector's steps up to the one numbered `last`."""
    step = steps[last]
    if not _fits(element, step):
        return False
    if last == 0:
        return True
    outer = element.getparent()
    while outer is not None:
        if _is_at(outer, steps, last - 1):
            return True
        outer = None if step.is_child else outer.getparent()
    return False


def _fits(element: HtmlElement, step: _Step) -> bool:
    if element.tag != step.tag or (step.id is not None and element.get("id") != step.id):
        return False
    if step.classes:
        names = element.get("class")
        if not names or not step.classes.issubset(names.split()):
            return False
    return step.nth is None or step.nth == 1 + sum(
        1 for _ in element.itersiblings(step.tag, preceding=True)
    )


def candidates(element: HtmlElement) -> Iterator[str]:
    """Yield the selectors under which `element` may be found, the simplest first.

    Its own names, then those beneath a named element around it, then its whole path.
    """
    own = list(_steps(element))
    yield from own
    for outer in islice(element.iterancestors(), MAX_OUTWARD):
        for outside in islice(_steps(outer), 2):
            yield from (f"{outside} {step}" for step in own or [element.tag])
            yield f"{outside} > {_below(element, outer)}"
    yield _below(element, None)


def _steps(element: HtmlElement) -> Iterator[str]:
    """Yield the names of one element: by id, by all its classes, by each of them."""
    if element.tag in ("html", "body"):
        return
    name = element.get("id") or ""
    if _NAME.fullmatch(name):
        yield f"{element.tag}#{name}"
    classes = class_names(element)
    if len(classes) > 1:
        yield element.tag + "".join(f".{name}" for name in classes)
    yield from (f"{element.tag}.{name}" for name in classes)


def class_names(element: HtmlElement) -> list[str]:
    """Return the classes of an element that a selector can name."""
    names = dict.fromkeys((element.get("class") or "").split())
    return [name for name in names if _NAME.fullmatch(name)][:MAX_CLASSES]


def _below(element: HtmlElement, outer: HtmlElement | None) -> str:
    """Return the way from `outer`, or from the body, down to `element` by tags and positions."""
    steps: list[str] = []
    for box in path_of(element):
        if box is outer or box.tag == "html":
            break
        same = sum(1 for _ in box.itersiblings(box.tag, preceding=True))
        is_only = not same and next(box.itersiblings(box.tag), None) is None
        steps.append(box.tag if is_only else f"{box.tag}:nth-of-type({same + 1})")
    return " > ".join(reversed(steps))


def inside(element: HtmlElement, container: HtmlElement) -> str:
    """Return the way from `container` to `element` by names, the same for all alike: `ul > li`.

    Names with numbers are left out: they are often of this page alone.
    """
    steps: list[str] = []
    for box in path_of(element):
        if box is container:
            break
        names = [f"#{box.get('id') or ''}", *(f".{name}" for name in class_names(box))]
        steps.append(box.tag + "".join(name for name in names if _LASTING.fullmatch(name)))
    return " > ".join(reversed(steps))


def is_named(path: str) -> bool:
    """Say whether a way inside a container has a name that sets it apart from bare markup."""
    return "." in path or "#" in path


LONG_TEXTS: Final = etree.XPath(
    "descendant::text()[string-length(.) > 40][not(parent::script or parent::style or parent::a"
    " or parent::noscript or parent::textarea or parent::option or parent::title)]",
    smart_strings=False,
)
