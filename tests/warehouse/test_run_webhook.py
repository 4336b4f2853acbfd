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
        hook(tmp_path, receiver.url)
        done = fatiao(tmp_path, "run", "--for", "20s")
        assert done.returncode == 20, done.stdout + done.stderr
        assert [one["event"] for one in receiver.messages] == ["incident"]
        site.answer = pages({**blog(4), "/robots.txt": Reply(b"")})
        make_due(tmp_path)
        done = fatiao(tmp_path, "run", "--quiet", "--for", "20s")
        assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert [one["event"] for one in receiver.messages] == ["incident", "recovery"]
    assert receiver.messages[0]["project"] == tmp_path.name


def test_a_webhook_that_fails_fails_no_run(
    tmp_path: Path,
) -> None:
    with serve(pages({})) as site, receive() as receiver:
        write_config(
            tmp_path, f'name = "a"\nstart = "{site.url}/"\ndelay = 0\nallow_private = true'
        )
        hook(tmp_path, receiver.url)
        receiver.status = 500
        done = fatiao(tmp_path, "run", "--quiet", "--for", "20s")
        assert done.returncode == 20  # of the source, which is broken
        assert "the webhook took no message" in done.stderr
        assert "secret" not in done.stdout + done.stderr
        site.answer = pages({**blog(4), "/robots.txt": Reply(b"")})
        make_due(tmp_path)
        done = fatiao(tmp_path, "run", "--quiet", "--for", "20s")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert receiver.messages == []  # it was over before anybody could be told


def hook(folder: Path, url: str) -> None:
    file = folder / "fatiao.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[fatiao]\n", f'[fatiao]\nwebhook = "{url}"\n'), encoding="utf-8")


def make_due(folder: Path) -> None:
    import sqlite3

    frontier = sqlite3.connect(folder / "data" / "frontier.sqlite")
    with frontier:
        frontier.execute("UPDATE url SET due_at = 0")
    frontier.close()
