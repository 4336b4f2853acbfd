"""Write the README's answers and the picture anew, from a demo's published file.

    python -m tests.readme DEMO_FOLDER

Between `<!-- NAME -->` and `<!-- end -->` stand the question's SQL and what `fatiao sql` answers.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
PICTURE: Final = ROOT / "warehouse" / "docs" / "report.png"
QUESTIONS: Final = {
    "laws": (
        "SELECT law, count(*) AS citations, count(*) FILTER (WHERE is_bad) AS bad\n"
        "FROM citations GROUP BY ALL ORDER BY citations DESC, law LIMIT 4"
    ),
    "bad": (
        "SELECT raw_text, verdict, correction, published_on, source\n"
        "FROM citations WHERE is_bad ORDER BY published_on DESC LIMIT 4"
    ),
    "reposts": (
        "SELECT repost_source, original_source, relation, lag_days, original_title\n"
        "FROM reposts ORDER BY lag_days LIMIT 4"
    ),
}
_BLOCK: Final = re.compile(r"(<!-- (\w+) -->\n).*?(\n<!-- end -->)", re.DOTALL)


def blocks(readme: str) -> dict[str, str]:
    """Return what stands between the markers, by name."""
    return {found[2]: found[0] for found in _BLOCK.finditer(readme)}


def answered(readme: str, folder: Path) -> str:
    """Return the README with the answers of the published file of `folder`."""

    def answer(found: re.Match[str]) -> str:
        sql = QUESTIONS[found[2]]
        command = [sys.executable, "-m", "warehouse.cli", "--folder", str(folder), "sql", sql]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return f"{found[1]}```sql\n{sql};\n```\n```\n{done.stdout.rstrip()}\n```{found[3]}"

    return _BLOCK.sub(answer, readme)


def main() -> None:
    """Write the answers, and the picture where there is a browser."""
    folder = Path(sys.argv[1])
    README.write_text(answered(README.read_text(encoding="utf-8"), folder), encoding="utf-8")
    page = (folder / "public" / "report.html").resolve().as_uri()
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    browser += ["--window-size=1280,1560", f"--screenshot={PICTURE}", page]
    subprocess.run(browser, check=True, capture_output=True)


if __name__ == "__main__":
    main()
