"""`make demo`: the main job on the practice site, from nothing or again.

python -m tests.practice.demo FOLDER
"""

import subprocess
import sys
from pathlib import Path

from tests.practice.server import DEMO_PORTS, serve

QUESTIONS = {
    "which laws are cited most": (
        "SELECT law, count(*) AS n FROM citations GROUP BY ALL ORDER BY n DESC LIMIT 5"
    ),
    "which citations are bad": (
        "SELECT source, raw_text, verdict, correction FROM citations WHERE is_bad"
    ),
    "who reposts whom": (
        "SELECT repost_source, original_source, lag_days, repost_title FROM reposts"
    ),
}


def main() -> None:
    """Serve the practice sites, run `fatiao run` on them, and say what to look at next."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    folder.mkdir(parents=True, exist_ok=True)
    with serve(ports=DEMO_PORTS) as server:
        config = folder / "fatiao.toml"
        if not config.exists():
            config.write_text(_config(server.sites), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "warehouse.cli",
            "--folder",
            str(folder),
            "run",
            "--for",
            "2m",
        ]
        code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(code)
    print("\nLook next:")
    print(f"  open {folder}/public/report.html")
    for title, sql in QUESTIONS.items():
        print(f'  .venv/bin/fatiao --folder {folder} sql "{sql}"   # {title}')


def _config(sites: dict[str, str]) -> str:
    head = "# Three small practice sites, served on loopback by `make demo`.\n[fatiao]\n"
    head += 'contact = "mailto:demo@fatiao.example"\n'
    return head + "".join(
        f'\n[[source]]\nname = "{name}"\nstart = "{url}/"\ndelay = 0\nallow_private = true\n'
        for name, url in sites.items()
    )


if __name__ == "__main__":
    main()
