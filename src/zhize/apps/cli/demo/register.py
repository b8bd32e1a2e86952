"""The documents in force, and the confirmed text of the one we ship."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhize.apps.cli.demo.stage import read_yaml
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import services as register
from zhize.kit.actor import Actor


def register_documents(folder: Path, jurisdiction: Jurisdiction, office: Actor, now: datetime) -> None:
    """The documents in force, and the confirmed text of the one we ship."""
    for row in read_yaml(folder / "documents.yaml")["documents"]:
        text = row["text"]
        regulation = register.regulation_create(
            jurisdiction=jurisdiction,
            data={
                "code": "main" if text else row["key"],
                "title": row["title"],
                "doc_no": row["number"] or "",
                "issuer": "甘肃省人民政府办公厅" if row["issuer"] == "gs-bgt" else "甘肃省人民政府",
                "issued_on": row["dated"],
                "in_force_from": row["dated"],
                "note": "演示数据。" + (row["why"] or ""),
            },
            actor=office,
            now=now,
        )
        if text:
            version = register.version_read(
                regulation=regulation, text=(folder / text).read_text("utf-8"), actor=office, now=now
            )
            corrections = corrections_read(folder / "confirmations.yaml")
            register.version_confirm(version=version, corrections=corrections, actor=office, now=now)
            register.regulation_open(regulation=regulation, public=True, actor=office, now=now)


def corrections_read(path: Path) -> dict[str, register.Correction]:
    """confirmations.yaml as the corrections a person would make on the page."""
    return {
        key: register.Correction(
            title=row.get("title"),
            nature=row.get("nature"),
            kind=row.get("kind"),
            holders=tuple(row["holders"]) if row.get("holders") else None,
            recurrence=_plain(row.get("recurrence") or {}),
            rule=_plain(row.get("rule") or {}),
            sources=tuple(row.get("sources") or ()),
            keep_flag=True,
        )
        for key, row in read_yaml(path)["confirmations"].items()
    }


def _plain(value: Any) -> Any:
    """Dates as ISO text, so that the values fit a JSON column."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value.isoformat() if isinstance(value, date) else value
