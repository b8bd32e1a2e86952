"""Photographs rendered pages and checks them: width, strict policy, axe."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


class Handler(SimpleHTTPRequestHandler):
    """Static files with the strict policy; silent."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the parent names it)
        return


def look(out: Path, names: list[str], only: str) -> int:
    """Photographs the pages; returns how many faults were found (overflow, CSP, axe)."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    faults = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name in [name for name in names if only in name]:
            for width, scheme in ((1440, "light"), (375, "light"), (1440, "dark"), (375, "dark")):
                page = browser.new_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
                )  # type: ignore[arg-type]
                notes: list[str] = []
                page.on(
                    "console",
                    lambda message, notes=notes: (
                        notes.append(message.text) if message.type == "error" else None
                    ),
                )
                page.on("pageerror", lambda error, notes=notes: notes.append(str(error)))
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}")
                page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
                spill = page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                if spill > 0:
                    notes.append(f"page body is {spill} px wider than the window")
                found = Axe().run(page).response["violations"]
                notes += [
                    f"axe {v['impact']} {v['id']}: {n['html'][:160]} {n['failureSummary'][:200]!r}"
                    for v in found
                    for n in v["nodes"][:3]
                ]
                page.screenshot(
                    path=out / f"{name[:-5]}-{width}-{scheme}.png",
                    full_page=width == 1440 or "showcase" in name,
                )
                if "showcase" in name:  # too long for one picture
                    height = page.evaluate("document.documentElement.scrollHeight")
                    for top in range(0, height, 1600):
                        clip = {"x": 0, "y": top, "width": width, "height": min(1600, height - top)}
                        page.screenshot(
                            path=out / f"{name[:-5]}-{width}-{scheme}-{top // 1600}.png",
                            full_page=True,
                            clip=clip,
                        )  # type: ignore[arg-type]
                if width == 375 and "zh" in name:
                    page.screenshot(path=out / f"{name[:-5]}-{width}-{scheme}-full.png", full_page=True)
                if width == 1440 and scheme == "light":
                    page.pdf(path=out / f"{name[:-5]}.pdf", prefer_css_page_size=True)
                for note in notes:
                    print(f"{name} {width} {scheme}: {note}")
                faults += len(notes)
                page.close()
        browser.close()
    server.shutdown()
    return faults
