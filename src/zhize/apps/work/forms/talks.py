"""The form of a 约谈."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models import Task
from zhize.apps.work.specs.tasks import UNITS
from zhize.kit.action_forms import lines
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, RefField


class TalkForm(forms.Form):
    """What was said to which unit, by whom, about which of its tasks."""

    held_on = DayField(label=_("约谈日期"), error_messages={"required": _("请填写约谈日期")})
    leader = forms.CharField(
        label=_("约谈人"), max_length=80, help_text=_("职务和姓名，如“领导小组副组长 某某”"),
        error_messages={"required": _("请填写约谈人")},
    )  # fmt: skip
    present = forms.CharField(label=_("参加人员"), max_length=300, required=False)
    words = lines(
        _("约谈内容"), rows=4, most=2000, help_text=_("指出的问题和提出的要求"),
        error_messages={"required": _("请填写约谈内容")},
    )  # fmt: skip
    promise = lines(_("整改承诺"), rows=3, required=False, help_text=_("被约谈单位的表态和整改措施"))
    due_on = DayField(label=_("整改期限"), required=False)
    scan = forms.FileField(label=_("约谈记录扫描件"), required=False, help_text=_("双方签字的约谈记录"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, tasks: list[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = RefField(
            UNITS, actor, label=_("被约谈单位"), error_messages={"required": _("请选择被约谈单位")}
        )
        about = forms.TypedMultipleChoiceField(
            label=_("涉及任务"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(task.pk, f"{task.code} {task.title}") for task in tasks],
        )  # fmt: skip
        self.fields = {"unit": unit, **({"tasks": about} if tasks else {}), **self.fields}

    def task_ids(self) -> list[int]:
        return list(self.cleaned_data.get("tasks") or [])
