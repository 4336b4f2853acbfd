"""A run tells the webhook of the configuration, and never fails by it."""

from pathlib import Path

from tests.crawler.site import Reply, blog, pages, serve
from tests.warehouse.commands import fatiao, write_config
from tests.warehouse.receiver import receive


def test_a_broken_source_is_told_once_by_the_runs_themselves(tmp_path: Path) -> None:
    with serve(pages({})) as site, receive() as receiver:
        write_config(
            tmp_path, f'name = "a"\nstart = "{site.url}/"\ndelay = 0\nallow_private = true'
        )
        file = tmp_path / "fatiao.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("[fatiao]\n", f'[fatiao]\nwebhook = "{receiver.url}"\n'), encoding="utf-8"
        )
        done = fatiao(tmp_path, "run", "--for", "20s")
        assert done.returncode == 20, done.stdout + done.stderr
        assert [one["event"] for one in receiver.messages] == ["incident"]
        site.answer = pages({**blog(4), "/robots.txt": Reply(b"")})
        make_due(tmp_path)
        done = fatiao(tmp_path, "run", "--quiet", "--for", "20s")
        assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert [one["event"] for one in receiver.messages] == ["incident", "recovery"]
    assert receiver.messages[0]["project"] == tmp_path.name


def make_due(folder: Path) -> None:
    import sqlite3

    frontier = sqlite3.connect(folder / "data" / "frontier.sqlite")
    with frontier:
        frontier.execute("UPDATE url SET due_at = 0")
    frontier.close()
