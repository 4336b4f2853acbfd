r"""How one source spells its URLs, as `[source.urls]` in `fatiao.toml` says.

    [source.urls]
    drop = ["sid"]                                       # parameters that choose no page; "*": all
    keep = ["from"]                                      # parameters that do, here
    rewrite = [['^http://m\\.', 'https://www.']]          # regular expression, what it becomes

>>> read_url_rules({"drop": ["SID"]}).drop
('sid',)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

_KEYS: Final = ("drop", "keep", "rewrite")
_PARAMETER: Final = re.compile(r"[^\s=&?#]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlRules:
    """What a source's owner knows of its URLs, beside what holds everywhere."""

    drop: tuple[str, ...] = ()  # parameters, in small letters; "*": all of them
    keep: tuple[str, ...] = ()  # parameters, in small letters, that are left out elsewhere
    rewrite: tuple[tuple[str, str], ...] = ()  # expressions, with what they become, in order


NO_RULES: Final = UrlRules()


def read_url_rules(value: object) -> UrlRules:
    """Return the rules of one source.

    Raises:
        ValueError: what is wrong, and after a semicolon what to write.
    """
    if not isinstance(value, Mapping):
        raise ValueError('must be a table; write [source.urls] and below it drop = ["sid"]')
    for key in value:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KEYS)}"
            raise ValueError(f"has an unknown key {key}; {hint}")
    return UrlRules(
        drop=_parameters("drop", value.get("drop", [])),
        keep=_parameters("keep", value.get("keep", [])),
        rewrite=_rewrites(value.get("rewrite", [])),
    )


def _parameters(key: str, value: object) -> tuple[str, ...]:
    names = [str(name) for name in value] if isinstance(value, list) else [str(value)]
    if not all(map(_PARAMETER.fullmatch, names)):
        raise ValueError(
            f'{key} must list names of parameters, as they stand before "="; write {key} = ["sid"]'
        )
    return tuple(name.lower() for name in names)


def _rewrites(value: object) -> tuple[tuple[str, str], ...]:
    mend = r"write rewrite = [['^http://m\.', 'https://www.']]"
    if not isinstance(value, list):
        raise ValueError(f"rewrite must be a list of pairs; {mend}")
    return tuple(_rewrite(pair, mend) for pair in value)


def _rewrite(pair: object, mend: str) -> tuple[str, str]:
    if (
        not isinstance(pair, list)
        or len(pair) != 2
        or not all(isinstance(one, str) for one in pair)
    ):
        raise ValueError(f"rewrite must be a list of pairs of texts; {mend}")
    pattern, becomes = pair
    try:
        re.compile(pattern).sub(becomes, "http://site.example/")
    except (re.error, IndexError) as error:
        raise ValueError(
            f"rewrite: {pattern!r} to {becomes!r} cannot be done ({error}); {mend}"
        ) from None
    if not pattern:
        raise ValueError(f"rewrite: an empty expression is found everywhere; {mend}")
    return pattern, becomes
