"""One event as an iCalendar file (RFC 5545), for whoever keeps a calendar on a phone.

Sample: BEGIN:VCALENDAR … DTSTART;VALUE=DATE:20120620 … END:VCALENDAR, lines ended by CRLF and folded at 75 octets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LINE = 75
ZONE = "Asia/Shanghai"
HOURS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar shows. Without `begins` it fills the day; with it, two hours. `stamp` is when it was written (UTC)."""

    uid: str
    on: date
    begins: time | None
    title: str
    place: str
    words: str
    stamp: datetime


def ical(event: Event) -> str:
    """The file of one event."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhize//conference//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{event.stamp:%Y%m%dT%H%M%SZ}",
        *_when(event),
        f"SUMMARY:{escaped(event.title)}",
        f"LOCATION:{escaped(event.place)}",
        f"DESCRIPTION:{escaped(event.words)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _when(event: Event) -> tuple[str, str]:
    if event.begins is None:
        return (
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
        )
    start = datetime.combine(event.on, event.begins)
    return f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={ZONE}:{start + HOURS:%Y%m%dT%H%M%S}"


def escaped(text: str) -> str:
    r"""Text as a value: backslash, comma, semicolon and line break are marked.

    >>> escaped("甲;乙,丙\n丁")
    '甲\\;乙\\,丙\\n丁'
    """
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """A long line over several, each after the first begun by a space; no character of several octets is cut.

    >>> [len(part.encode()) <= 75 for part in folded("SUMMARY:" + "质" * 60).split("\\r\\n")]
    [True, True, True]
    """
    parts, current, room = [], "", LINE
    for character in line:
        if len((current + character).encode()) > room:
            parts.append(current)
            current, room = "", LINE - 1
        current += character
    return "\r\n ".join([*parts, current])
