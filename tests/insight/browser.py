"""A page in headless Chromium, at widths and in colours of our choosing, without a network."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = "chromium"
# Nothing of the browser's own goes out either: no name is ever resolved.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--enable-logging=stderr",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
SCHEMES = {"dark": 0, "light": 1}

# What the frames of a page look like from outside: the page itself runs no script.
LOOK = """
onload = () => {
  const seen = [...document.querySelectorAll('iframe')].map(frame => {
    const page = frame.contentDocument, view = frame.contentWindow;
    const width = page.documentElement.clientWidth;
    const wide = [...page.querySelectorAll('body *')].filter(
      one => one.getBoundingClientRect().right > width + 0.5);
    return {
      width: width,
      needed: page.documentElement.scrollWidth,
      cut_off: wide.map(one => one.outerHTML.slice(0, 80)),
      ground: view.getComputedStyle(page.body).backgroundColor,
      text: view.getComputedStyle(page.body).color,
      shown: page.body.innerText,
      fetched: view.performance.getEntriesByType('resource').length,
      bars: [...page.querySelectorAll('figure rect')].map(
        one => Math.round(one.getBoundingClientRect().height)),
    };
  });
  document.querySelector('pre').textContent = JSON.stringify(seen);
};
"""


def opened(file: Path, scratch: Path, *, scheme: str = "light") -> tuple[str, list[str]]:
    """The document as the browser has it, and what it said on its console."""
    program = shutil.which(CHROMIUM)
    assert program is not None
    profile = scratch / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    done = subprocess.run(
        [
            program,
            *FLAGS,
            f"--user-data-dir={profile}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    said = done.stderr.decode(errors="replace").splitlines()
    return done.stdout.decode(), [line for line in said if "CONSOLE" in line]


def looked_at(
    page: str, scratch: Path, *, widths: tuple[int, ...], scheme: str = "light"
) -> list[dict[str, Any]]:
    """A page as it looks in frames of these widths, unchanged: each frame is a window to it."""
    frames = "".join(
        f'<iframe width="{width}" height="900" style="border:0" srcdoc="{html.escape(page)}">'
        "</iframe>"
        for width in widths
    )
    around = scratch / "frames.html"
    around.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><script>{LOOK}</script><pre></pre>{frames}",
        encoding="utf-8",
    )
    document, said = opened(around, scratch, scheme=scheme)
    assert said == []
    found = re.search(r"<pre>(.*?)</pre>", document, re.DOTALL)
    assert found is not None
    seen: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    return seen
