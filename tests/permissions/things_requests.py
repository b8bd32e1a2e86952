"""Calls of 兰州市 to its departments, and one of 甘肃省 that 兰州市's office answers for its government."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from tests.permissions.things import NOW, Things

from zhize.apps.orgs.models import Unit
from zhize.apps.requests.models import Call, CallFile, CallUnit, DraftComment, PackFile, PackRun, UnitRequest

FORM = [{"name": "done", "label": "工作情况", "kind": "long"}]
DUE = date(2012, 3, 20)


def make(things: Things) -> dict[str, Model]:
    w = things.world
    made: dict[str, Model] = {}
    city = Unit.objects.system("test").select_related("answers_through").get(pk=w.unit["lz_gov"].pk)
    for prefix, place, unit in (("", "lz", w.unit["lz_zjj"]), ("above_", "gs", city)):
        for name, state in (("call_draft", "draft"), ("call", "issued")):
            call = Call.objects.create(
                jurisdiction=w.jurisdiction[place], year=things[f"{prefix}year"], title="总结", form=FORM, due_on=DUE,
                state=state, issued_at=NOW if state == "issued" else None,
            )  # fmt: skip
            CallUnit.objects.create(call=call, unit=unit)
            made[f"{prefix}{name}"] = call
        rest = {"jurisdiction": call.jurisdiction, "unit": unit, "due_on": DUE}
        made[f"{prefix}request"] = UnitRequest.objects.create(call=call, **rest)
        sent = Call.objects.create(
            jurisdiction=call.jurisdiction, year=call.year, title="数据", form=FORM, due_on=DUE, state="issued", issued_at=NOW
        )  # fmt: skip
        shown = {"answers": {"done": "已做"}, "statement": "", "nil_report": False}
        made[f"{prefix}request_sent"] = UnitRequest.objects.create(
            call=sent, state="submitted", submitted_at=NOW, submitted_by="演示", handed_in=shown, **rest
        )
        run = PackRun.objects.create(
            call=sent, jurisdiction=sent.jurisdiction, state="read", received_on=NOW.date(), by="演示", at=NOW
        )
        PackFile.objects.create(
            run=run, name="演示.xlsx", sha256="0" * 64, size=1, verdict="refused", problems=["演示"]
        )
        made[f"{prefix}pack_run"] = run
    return made | _round(things)


def _round(things: Things) -> dict[str, Model]:
    """A round of comments of 兰州市: one department still writes, another has proposed something."""
    w = things.world
    call = Call.objects.create(
        jurisdiction=w.jurisdiction["lz"], year=things["year"], title="征求意见", content="requests.comments", due_on=DUE,
        state="issued", issued_at=NOW,
    )  # fmt: skip
    rest = {"call": call, "jurisdiction": call.jurisdiction, "due_on": DUE}
    answered = UnitRequest.objects.create(
        unit=w.unit["lz_gsj"], state="submitted", submitted_at=NOW, submitted_by="演示",
        handed_in={"answers": {}, "statement": "", "nil_report": False}, **rest,
    )  # fmt: skip
    return {
        "round": call,
        "round_request": UnitRequest.objects.create(unit=w.unit["lz_zjj"], **rest),
        "round_answered": answered,
        "comment": DraftComment.objects.create(
            request=answered, jurisdiction=call.jurisdiction, unit=answered.unit, number=1, place="第三条", proposed="删去"
        ),
        "call_file": CallFile.objects.create(call=call, evidence=things["evidence"]),
    }  # fmt: skip
