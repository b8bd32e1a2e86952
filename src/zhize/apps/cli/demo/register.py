"""The documents in force, and the confirmed text of the one we ship."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhize.apps.cli.demo.stage import read_yaml
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import services as register
from zhize.apps.regulations.models import ProposedDuty, RegulationVersion
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
            corrections |= split_as_written(version, folder / "confirmations.yaml", office, now)
            register.version_confirm(version=version, corrections=corrections, actor=office, now=now)
            register.regulation_open(regulation=regulation, public=True, actor=office, now=now)


def split_as_written(
    version: RegulationVersion, path: Path, office: Actor, now: datetime
) -> dict[str, register.Correction]:
    """The segments a person splits in two because they are two duties (`splits`); what the second parts become, by key."""
    found = read_yaml(path)["splits"]
    rows = ProposedDuty.objects.system("demonstration").filter(text_version=version).select_related("clause")
    by_key = {row.key: row for row in rows}
    for key, row in found.items():
        text = by_key[key].text
        register.row_split(
            row=by_key[key], points=[text.index(row["after"]) + len(row["after"])], version=None, actor=office, now=now
        )  # fmt: skip
    return _corrections({row["becomes"]: row["second"] for row in found.values()})


def corrections_read(path: Path) -> dict[str, register.Correction]:
    """confirmations.yaml as the corrections a person would make on the page."""
    return _corrections(read_yaml(path)["confirmations"])


def _corrections(rows: Mapping[str, Any]) -> dict[str, register.Correction]:
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
        for key, row in rows.items()
    }


def _plain(value: Any) -> Any:
    """Dates as ISO text, so that the values fit a JSON column."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value.isoformat() if isinstance(value, date) else value
