"""A blog made by Hexo, a static generator from npm, with its own theme, feed and sitemap."""

import json
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.sites_made.nginx import Site, free_port, served
from tests.sites_made.posts import Post

NEEDS: Final = ("node", "npm", "nginx")
TOLD: Final = "apt-get install nodejs npm nginx-light"
# The versions that the figures in CONTRIBUTING.md were measured with.
_PACKAGES: Final = {
    "hexo": "8.1.2",
    "hexo-theme-landscape": "1.1.0",
    "hexo-renderer-marked": "7.0.1",
    "hexo-renderer-ejs": "2.0.0",
    "hexo-renderer-stylus": "3.0.1",
    "hexo-generator-index": "4.0.0",
    "hexo-generator-archive": "2.0.0",
    "hexo-generator-category": "2.0.0",
    "hexo-generator-tag": "2.0.0",
    "hexo-generator-feed": "3.0.0",
    "hexo-generator-sitemap": "3.0.1",
}
_CONFIG: Final = """
title: 随手法律笔记
language: zh-CN
timezone: Asia/Shanghai
url: {url}
permalink: :year/:month/:day/:title/
theme: landscape
per_page: 10
feed: {{type: atom, path: atom.xml, limit: 20}}
sitemap: {{path: sitemap.xml}}
"""


@contextmanager
def site(folder: Path, posts: list[Post]) -> Generator[Site]:
    """Make the blog of `posts` in `folder`, and serve it."""
    port = free_port()
    (folder / "source" / "_posts").mkdir(parents=True)
    manifest = {"name": "blog", "private": True, "hexo": {}, "dependencies": _PACKAGES}
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
    config = _CONFIG.format(url=f"http://127.0.0.1:{port}")
    (folder / "_config.yml").write_text(config, encoding="utf-8")
    for post in posts:
        file = folder / "source" / "_posts" / f"post-{post.number}.md"
        file.write_text(_markdown(post), encoding="utf-8")
    _run(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error")
    _run(folder, "node_modules/.bin/hexo", "generate")
    shutil.rmtree(folder / "node_modules")
    with served(folder / "web", port, f"root {folder}/public;") as one:
        yield one


def article_paths(folder: Path) -> set[str]:
    """Return where the articles are on the site that was made in `folder`."""
    pages = (folder / "public").glob("*/*/*/post-*/index.html")
    return {f"/{page.parent.relative_to(folder / 'public')}/" for page in pages}


def _markdown(post: Post) -> str:
    tags = "".join(f"  - {tag}\n" for tag in post.tags)
    head = (
        f"title: {post.title}\ndate: {post.published:%Y-%m-%d %H:%M:%S}\n"
        f"categories: {post.category}\ntags:\n{tags}"
    )
    first, *rest = post.paragraphs
    return f"---\n{head}---\n{first}\n<!-- more -->\n\n" + "\n\n".join(rest) + "\n"


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
