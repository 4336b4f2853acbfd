"""Whether a table holds data or arranges the page."""

from typing import Final

from lxml.html import HtmlElement

MAX_CELL: Final = 80  # characters in a cell on average; longer ones hold paragraphs
MAX_LONGEST_CELL: Final = 150  # characters; a table with a longer cell is for layout
MAX_BREAKS: Final = 3  # line breaks in one cell of a data table; no more than one paragraph
MIN_ROWS: Final = 2  # a table of one row or one column arranges things, it holds no data
MIN_COLUMNS: Final = 2


def is_data_table(table: HtmlElement) -> bool:
    """Say whether a table holds data rather than arranging the page.

    Data: at least two rows and columns, no table or list inside, only short cells.
    """
    if next(table.iterdescendants("table", "form", "ul", "h1", "h2"), None) is not None:
        return False
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    if len(rows) < MIN_ROWS or sorted(rows)[len(rows) // 2] < MIN_COLUMNS:
        return False
    cells = list(table.iter("td", "th"))
    if any(
        len(cell.findall(".//br")) > MAX_BREAKS or len(cell.findall(".//p")) > 1 for cell in cells
    ):
        return False
    lengths = [len("".join(cell.itertext()).strip()) for cell in cells]
    return max(lengths) <= MAX_LONGEST_CELL and sum(lengths) <= MAX_CELL * len(cells)


def _is_broken(cell: HtmlElement) -> bool:
    return len(cell.findall(".//br")) > MAX_BREAKS or len(cell.findall(".//p")) > 1
