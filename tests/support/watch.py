"""What a walk must not see: CSP violations, console errors, failed requests, foreign hosts, server errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# Runs before the page's own scripts; the browser exempts it from the page's CSP.
REPORT_CSP = """
document.addEventListener('securitypolicyviolation', e =>
  console.error(`CSP violation: ${e.effectiveDirective} blocked ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`));
"""


@dataclass
class Watch:
    """Listens to a page; `problems` are its findings but those a test said it expects."""

    origin: str
    findings: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.add_init_script(REPORT_CSP)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.findings.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._request_failed)
        page.on("response", self._response)

    def expect(self, *fragments: str) -> None:
        """Findings that contain one of these are what the test is about (a refused page: 'status of 403')."""
        self.expected.extend(fragments)

    @property
    def problems(self) -> list[str]:
        return [f for f in self.findings if not any(fragment in f for fragment in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.findings.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme in {"http", "https", "ws", "wss"}
            and f"{parts.scheme}://{parts.netloc}" != self.origin
        ):
            self.findings.append(f"request to another host: {request.url}")

    def _request_failed(self, request: Request) -> None:
        # A navigation or a download ends what was still loading: ERR_ABORTED is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.findings.append(f"failed request: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.findings.append(f"status {response.status}: {response.url}")
