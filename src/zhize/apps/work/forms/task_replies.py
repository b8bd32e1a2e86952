"""Forms of 任务进展填报: one a task, all on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.work.forms.tasks import figure
from zhize.apps.work.models import Task, TaskReply
from zhize.apps.work.selectors.task_replies import Row
from zhize.apps.work.services.task_replies import Written
from zhize.kit.action_forms import lines
from zhize.kit.forms import DayField, FilesField

FIELDS = ("percent", "value", "is_reached", "nothing", "words", "difficulties", "wanted")
RANGE = _("进度应为 0 至 100")


class ReplyForm(forms.Form):
    """What a unit says of one task; what is missing is told when the answer is handed in."""

    percent = forms.IntegerField(
        label=_("进度（%）"), min_value=0, max_value=100, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": RANGE, "max_value": RANGE},
    )  # fmt: skip
    value = figure(_("完成值"))
    is_reached = forms.TypedChoiceField(
        label=_("是否完成"), choices=[("", _("未说明")), *TaskReply.Reached.choices], required=False,
        coerce=lambda chosen: chosen == "yes", empty_value=None,
    )  # fmt: skip
    nothing = forms.BooleanField(label=_("本期无新进展"), required=False)
    words = lines(_("进展情况"), rows=3, most=2000, required=False)
    difficulties = lines(_("困难和需要协调的问题"), rows=2, required=False)
    wanted = lines(
        _("提请协调"), rows=2, required=False, help_text=_("写明请谁做什么；写了即向办公室提请协调")
    )
    uploads = FilesField(label=_("佐证材料"), required=False)
    dated_on = DayField(label=_("材料日期"), required=False, help_text=_("材料本身的日期；不填按今天"))
    existing = forms.ModelChoiceField(
        label=_("选用已登记的材料"), queryset=Evidence.objects.none(), required=False, empty_label=_("不选")
    )

    def __init__(self, *args: Any, row: Row, own: Sequence[Evidence], evidence: Any, **kwargs: Any) -> None:
        reached = {True: "yes", False: "no"}.get(row.said["is_reached"], "")
        kwargs |= {"prefix": f"t{row.task.pk}", "initial": {**row.said, "is_reached": reached}}
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.row = row
        asked = {
            "percent": row.counts,
            "value": row.leads and row.task.target_kind == Task.TargetKind.FIGURE,
            "is_reached": row.leads and row.task.target_kind == Task.TargetKind.YES_NO,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
        if "value" in self.fields and row.task.target_unit:
            self.fields["value"].label = _("完成值（%(unit)s）") % {"unit": row.task.target_unit}
        chosen = self.fields["existing"]
        chosen.queryset = evidence  # type: ignore[attr-defined]
        chosen.widget.choices = [
            ("", _("不选")), *((one.pk, f"{one.title}（{one.dated_on}）") for one in own)
        ]  # fmt: skip

    def written(self) -> Written:
        """As the service takes it; what is not asked of the row stays as it is."""
        data = self.cleaned_data
        return Written(**{name: data[name] if name in data else self.row.said[name] for name in FIELDS})


@dataclass(slots=True)
class SheetForm:
    """The forms of all rows, by task."""

    forms: dict[int, ReplyForm]

    @classmethod
    def of(cls, rows: Sequence[Row], evidence: Any, request: HttpRequest | None = None) -> SheetForm:
        """Bound to what was posted where a request is given."""
        own = list(evidence[:10])
        post = (request.POST, request.FILES) if request else ()
        return cls({row.task.pk: ReplyForm(*post, row=row, own=own, evidence=evidence) for row in rows})

    def is_valid(self) -> bool:
        return not [form for form in self.forms.values() if not form.is_valid()]

    def errors(self) -> list[tuple[str, str]]:
        """(id of the control, “task”: what is wrong), for the summary."""
        return [
            (form[name].id_for_label, f"{form.row.task.title}：{form.fields[name].label}，{words}")
            for form in self.forms.values()
            for name, found in form.errors.items()
            for words in found
        ]
