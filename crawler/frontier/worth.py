"""What the pages of one making are worth, and when a site's articles are all known.  Pure.

Frugality comes from evidence: pages of one *shape* (`crawler.urls.url_shape`) are of one making,
so after a few of them it is known whether the others are worth a request.

>>> barren = Shape(known=500, fetched=4, barren=4)
>>> shape_class(barren, Site(articles=10, barren=4)).value
'parked'
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Four pages are a sample: a shape that a quarter of its pages would redeem is then missed once in
# three, and each later page of it that does yield makes us more patient.  The longer no listing
# of the whole site has brought anything, the smaller a sample will do.
SAMPLE: Final = 4
SMALLER_SAMPLES: Final = ((16, 1), (8, 2))  # (barren listings of the site in a row, sample)
PATIENCE_LONGEST: Final = 25  # pages in a row; an endless calendar dies after at most so many
SMALL_SHAPE: Final = 6  # a handful of pages (the site's categories) is no trap: fetch them all
ARTICLE_SHARE: Final = 0.25  # from this share on, a shape is one of articles
# Looking into every corner is worth a page for five articles; only beyond does frugality begin.
# Of what links at random reached, the last 4 % stood in 12 of 72 months: four samples miss those.
ALLOWANCE: Final = 0.2
# A third of all articles shown once more by independent lists, and none of them new: what no list
# shows is then, by the rule of three, below 3 in as many as were shown.
RECAPTURED_SHARE: Final = 1 / 3
RECAPTURED_LEAST: Final = 20  # articles; of fewer, a home page alone shows half
RECAPTURED_MOST: Final = 1_000  # below 3 in a thousand is left
DRY_ENOUGH: Final = 12  # dry listings in a row on a complete site; the rest is put off, not dropped
DRY_LEAST: Final = 60  # dry listings in a row on any site: more than its menus name
DRY_MOST: Final = 500
TRUSTED_ARTICLES: Final = 3  # below this the site's articles may not be recognised: park nothing
HOPELESS: Final = 100  # barren pages; where they led to no article, more will not (S13)


class ShapeClass(StrEnum):
    """What the pages of a shape have been so far."""

    UNTRIED = "untried"
    ARTICLE = "article"
    LISTING = "listing"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is known of one shape of one source; counts of pages."""

    known: int = 0
    pagers: int = 0
    fetched: int = 0
    articles: int = 0
    yielding: int = 0
    barren: int = 0  # in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """What the listings of one source brought in this run since one last led to a new article."""

    dry: int = 0  # listings in a row that brought nothing
    recaptured: int = 0  # different articles that lists showed, every one known before


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of all shapes of one source together; counts of pages."""

    articles: int = 0  # fetched
    known: int = 0  # URLs of the shapes that articles have, fetched or not
    barren: int = 0  # fetched, and neither articles nor such as led to new ones
    lately: Lately = Lately()

    @property
    def is_complete(self) -> bool:
        """Whether hardly an article can be left that no list has shown.

        As one counts fish: where hundreds are caught at many places and each bears a mark already,
        few are left without one.
        """
        enough = min(RECAPTURED_SHARE * self.known, RECAPTURED_MOST)
        is_known = self.articles >= TRUSTED_ARTICLES
        return is_known and self.lately.recaptured >= max(enough, RECAPTURED_LEAST)

    @property
    def is_exhausted(self) -> bool:
        """Whether so many listings in a row were dry that all untried ones can wait.

        Sooner where the site is complete; at some point on any site, for what has as many shapes
        as pages (filters that combine) no sample of a shape ever ends.
        """
        if self.is_complete and self.lately.dry >= DRY_ENOUGH:
            return True
        least = DRY_LEAST if self.articles >= TRUSTED_ARTICLES else HOPELESS
        return self.lately.dry >= max(least, min(ALLOWANCE * self.articles, DRY_MOST))


def shape_class(shape: Shape, site: Site) -> ShapeClass:
    """Return what to expect of further pages of `shape`."""
    if shape.articles and shape.articles >= ARTICLE_SHARE * shape.fetched:
        return ShapeClass.ARTICLE
    sample = _sample(site)
    if shape.fetched < sample:
        return ShapeClass.UNTRIED
    is_small = shape.known <= SMALL_SHAPE and 2 * shape.pagers < shape.known
    patience = min(sample + shape.yielding + shape.articles, PATIENCE_LONGEST)
    is_affordable = is_small or site.barren < ALLOWANCE * site.articles
    is_known = site.articles >= TRUSTED_ARTICLES or site.barren >= HOPELESS
    if shape.barren >= patience and is_known and (site.is_complete or not is_affordable):
        return ShapeClass.PARKED
    return ShapeClass.LISTING if shape.yielding else ShapeClass.UNTRIED


def _sample(site: Site) -> int:
    if site.is_complete:
        return 1
    return next((size for after, size in SMALLER_SAMPLES if site.lately.dry >= after), SAMPLE)
