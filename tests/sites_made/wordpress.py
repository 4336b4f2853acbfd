"""Debian's WordPress with MariaDB, behind an nginx that compresses: all private to one folder."""

import json
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from tests.sites_made.nginx import Site, free_port, running, served
from tests.sites_made.posts import Post

_CODE: Final = Path("/usr/share/wordpress")
NEEDS: Final = ("php", "mariadbd", "mariadb-install-db", "nginx", f"{_CODE}/wp-load.php")
TOLD: Final = (
    "apt-get install --no-install-recommends wordpress wordpress-theme-twentytwentyone"
    " php-cli php-mysql mariadb-server nginx-light"
)
_CONFIG: Final = """<?php
define('DB_NAME', 'blog'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', '127.0.0.1:{database}'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $n) {{
    define($n . '_KEY', $n); define($n . '_SALT', $n);
}}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# PHP's own server takes a path with a dot in it for a file.
_ROUTER: Final = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""
_FILL: Final = """<?php
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
wp_install('随手法律笔记', 'admin', 'admin@blog.example', true, '', 'unused-password');
switch_theme('twentytwentyone');
update_option('timezone_string', 'Asia/Shanghai');
update_option('permalink_structure', '/%year%/%monthnum%/%post_id%.html');
update_option('thread_comments', 1);
update_option('rss_use_excerpt', 1);
$GLOBALS['wp_rewrite']->init();
foreach (json_decode(file_get_contents(__DIR__ . '/posts.json'), true) as $post) {
    $id = wp_insert_post([
        'post_title' => $post['title'], 'post_content' => $post['content'],
        'post_status' => 'publish', 'post_date' => $post['date'], 'post_author' => 1,
        'post_category' => [wp_create_category($post['category'])], 'tags_input' => $post['tags'],
    ], true);
    for ($n = 0; $n < $post['comments']; $n++) wp_insert_comment([
        'comment_post_ID' => $id, 'comment_author' => '读者' . $n, 'comment_approved' => 1,
        'comment_content' => '我家也碰到过一样的事，照着写了催告函，第二周就收到钱了。',
    ]);
    $paths[] = parse_url(get_permalink($id), PHP_URL_PATH);
}
flush_rewrite_rules();
file_put_contents(__DIR__ . '/paths.json', json_encode($paths));
"""


@contextmanager
def site(folder: Path, posts: list[Post]) -> Generator[Site]:
    """Install WordPress with `posts` in `folder`, and serve it; "Hello world!" is there too."""
    database, php, port = free_port(), free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    code = folder / "code"
    shutil.copytree(_CODE, code, symlinks=False, ignore_dangling_symlinks=True)
    (code / "wp-config.php").write_text(_CONFIG.format(database=database, url=url))
    (code / "router.php").write_text(_ROUTER, encoding="utf-8")
    (code / "fill.php").write_text(_FILL, encoding="utf-8")
    (code / "posts.json").write_text(json.dumps([_record(post) for post in posts]))
    proxy = f"proxy_pass http://127.0.0.1:{php}; proxy_set_header Host $http_host;"
    server = ["php", "-S", f"127.0.0.1:{php}", "-t", str(code), str(code / "router.php")]
    with ExitStack() as stack:
        stack.enter_context(_database(folder / "mariadb", database))
        fill = ["php", "fill.php"]
        subprocess.run(fill, cwd=code, check=True, capture_output=True, env=_env(url))
        workers = os.environ | {"PHP_CLI_SERVER_WORKERS": "2"}
        stack.enter_context(running(server, php, workers))
        yield stack.enter_context(served(folder / "web", port, f"location / {{ {proxy} }}"))


def article_paths(folder: Path) -> set[str]:
    """Return where the articles are on the site that was made in `folder`."""
    return set(json.loads((folder / "code" / "paths.json").read_text()))


def _record(post: Post) -> dict[str, object]:
    return {
        "title": post.title,
        "content": "\n\n".join(f"<p>{text}</p>" for text in post.paragraphs),
        "date": f"{post.published:%Y-%m-%d %H:%M:%S}",
        "category": post.category,
        "tags": post.tags,
        "comments": post.comments,
    }


def _env(url: str) -> dict[str, str]:
    host = url.removeprefix("http://")
    return os.environ | {"HTTP_HOST": host, "SERVER_NAME": "127.0.0.1", "REQUEST_URI": "/"}


@contextmanager
def _database(folder: Path, port: int) -> Generator[None]:
    folder.mkdir(parents=True)
    user = f"--user={os.environ.get('USER', 'root')}"
    places = ["--no-defaults", f"--datadir={folder}", user]
    install = ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(["mariadb-install-db", *places, *install], check=True, capture_output=True)
    listen = [f"--socket={folder}/socket", "--bind-address=127.0.0.1", f"--port={port}"]
    server = ["mariadbd", *places, *listen, "--innodb-buffer-pool-size=64M"]
    with running(server, port):
        client = ["mariadb", "--no-defaults", f"--socket={folder}/socket", "--user=root", "-e"]
        subprocess.run([*client, "CREATE DATABASE blog CHARACTER SET utf8mb4"], check=True)
        yield
