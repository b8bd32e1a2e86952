"""Forms of tasks. Each carries the version the page was opened with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence
from zhize.apps.regulations.models import Duty
from zhize.apps.work.models import PlanItem, Task
from zhize.apps.work.specs.tasks import UNITS, unit_names
from zhize.core.workflow.ladder import Rung
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, FilesField, RefField
from zhize.kit.several import SeveralField

MADE_ELSEWHERE = (
    Task.Source.PLAN, Task.Source.RESOLUTION, Task.Source.FINDING, Task.Source.RESULT, Task.Source.COORDINATION
)  # fmt: skip
SOURCES = [(one.value, one.label) for one in Task.Source if one not in MADE_ELSEWHERE]


def figure(label: Any, **more: Any) -> forms.DecimalField:
    """A figure of a task's target."""
    return forms.DecimalField(label=label, max_digits=18, decimal_places=4, required=False, **more)


class ReasonForm(VersionForm):
    """An action with its reason."""

    reason = lines(_("理由"), error_messages={"required": _("请写明理由：一句话说清情形和依据")})


class HandBackForm(VersionForm):
    """退回交办."""

    reason = lines(
        _("退回理由"),
        help_text=_("写明依据哪项职责分工、应由谁办理"),
        error_messages={"required": _("请写明退回理由：办公室要据此改派")},
    )


class ReportForm(VersionForm):
    """What a unit reports; the same words and materials serve to ask for completion."""

    words = lines(
        _("进展情况"),
        rows=4,
        most=2000,
        help_text=_("一两句话写明做了什么、到哪一步"),
        error_messages={"required": _("请填写进展情况：一两句话写明做了什么、到哪一步")},
    )
    percent = forms.IntegerField(
        label=_("进度（%）"), min_value=0, max_value=100, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": _("进度应为 0 至 100"), "max_value": _("进度应为 0 至 100")},
    )  # fmt: skip
    value = figure(_("完成值"), help_text=_("不填进度的，由完成值折算"))
    is_reached = forms.TypedChoiceField(
        label=_("是否完成"), choices=[("", _("未说明")), ("yes", _("已完成")), ("no", _("未完成"))], required=False,
        coerce=lambda chosen: chosen == "yes", empty_value=None,
    )  # fmt: skip
    difficulties = lines(_("困难和需要协调的问题"), rows=2, required=False)
    uploads = FilesField(label=_("佐证材料"), required=False, help_text=_("可选多个文件；手机可直接拍照上传"))
    dated_on = DayField(label=_("材料日期"), required=False, help_text=_("材料本身的日期；不填按今天"))
    existing = forms.ModelMultipleChoiceField(
        label=_("选用已登记的材料"), queryset=Evidence.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, task: Task, said: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        self.fields["words"].required = not said
        for kind, name in ((Task.TargetKind.FIGURE, "value"), (Task.TargetKind.YES_NO, "is_reached")):
            if task.target_kind != kind:
                del self.fields[name]
        if task.target_unit and "value" in self.fields:
            self.fields["value"].label = _("完成值（%(unit)s）") % {"unit": task.target_unit}
        own = Evidence.objects.visible_to(actor).filter(unit_id=actor.unit_id or 0)
        self.fields["existing"].queryset = own  # type: ignore[attr-defined]
        self.recent = list(own.order_by("-dated_on", "-pk")[:10])
        shown = [(e.pk, f"{e.title}（{e.dated_on}）") for e in self.recent]
        self.fields["existing"].widget.choices = shown

    def clean_words(self) -> str:
        """What was reported last stands where completion is asked for without another word."""
        return str(self.cleaned_data["words"] or self.said)


class CommentForm(VersionForm):
    """The office's word; returning and refusing need it."""

    comment = lines(
        _("审核意见"), rows=2, most=500, required=False, help_text=_("退回或不同意时必须写明理由")
    )


class ExtensionForm(VersionForm):
    """申请延期."""

    new_due_on = DayField(label=_("申请延至"), error_messages={"required": _("请填写新的完成期限")})
    reason = lines(
        _("延期理由"),
        help_text=_("写明卡在哪里、还差什么"),
        error_messages={"required": _("请写明延期理由：办公室要据此审批")},
    )


class ReassignForm(ReasonForm):
    """改派."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RefField(UNITS, actor, label=_("新牵头单位"), empty_label=_("请选择"))
        self.fields = {"lead_unit": field, **self.fields}


class ResumeForm(ReasonForm):
    """恢复办理, perhaps with another date."""

    due_on = DayField(label=_("新的完成期限"), required=False, help_text=_("不填则仍按原期限"))


class RemindForm(VersionForm):
    """督办 one task: the steps that may be taken now."""

    step = forms.ChoiceField(label=_("督办方式"), error_messages={"required": _("请选择督办方式")})
    text = lines(_("督办内容"), rows=2, most=500, required=False, help_text=_("不填则写明期限和逾期天数"))
    signer = forms.CharField(
        label=_("签发人"), max_length=80, required=False, help_text=_("提请督办须写明签发的领导或督查机构")
    )

    def __init__(self, *args: Any, rungs: list[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(rung.key, rung.name) for rung in rungs]  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    """交办 a task by hand."""

    title = forms.CharField(
        label=_("任务"), max_length=120, error_messages={"required": _("请填写任务：一句话说清做什么")}
    )
    source = forms.ChoiceField(label=_("来源"), choices=SOURCES, initial=Task.Source.ASSIGNED)
    basis = forms.CharField(
        label=_("来源依据"), max_length=200, required=False, help_text=_("文号、会议或批示内容")
    )
    due_on = DayField(label=_("完成期限"), required=False, help_text=_("没有期限的长期工作可不填"))
    part = forms.ChoiceField(label=_("板块"), choices=[("", _("未归入")), *PlanItem.Part.choices], required=False, help_text=_("不选则随对应职责"))  # fmt: skip
    goal = lines(_("目标"), rows=2, most=500, required=False)
    measure = lines(_("措施"), rows=3, most=2000, required=False)
    target = forms.CharField(
        label=_("指标要求"), max_length=200, required=False, help_text=_("如：合格率不低于 92%")
    )
    target_kind = forms.ChoiceField(
        label=_("目标形式"), choices=[("", _("只写文字")), *Task.TargetKind.choices], required=False,
        help_text=_("数值或是否完成的，承办单位报告进展时照此填报"),
    )  # fmt: skip
    target_value = figure(_("目标值"))
    target_unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    base_value = figure(_("基期值"), help_text=_("进度由基期值到目标值折算；不填按 0 起算"))
    duty = forms.ModelChoiceField(
        label=_("对应职责"), queryset=Duty.objects.none(), required=False, empty_label=_("不对应职责"),
        help_text=_("办结后自动认定这项职责的履行"),
    )  # fmt: skip
    code = forms.CharField(
        label=_("任务编号"), max_length=40, required=False, help_text=_("不填则由系统顺序编号")
    )

    def __init__(self, *args: Any, actor: Actor, sourced: bool = False, **kwargs: Any) -> None:
        """`sourced`: where it comes from is known and not asked."""
        super().__init__(*args, **kwargs)
        if sourced:
            del self.fields["source"]
        duties = Duty.objects.visible_to(actor).filter(jurisdiction_id=actor.jurisdiction_id or 0)
        self.fields["duty"].queryset = duties.only("pk", "title").order_by("order")  # type: ignore[attr-defined]
        lead = RefField(UNITS, actor, label=_("牵头单位"), empty_label=_("请选择"), error_messages={
            "required": _("请选择牵头单位"),
        })  # fmt: skip
        supports = SeveralField(unit_names(actor), label=_("配合单位"), required=False)
        order = ["title", "source", "basis", "lead_unit", "due_on", "goal", "measure", "target", "target_kind", "target_value", "target_unit", "base_value", "duty", "part", "supports", "code"]  # fmt: skip
        self.fields |= {"lead_unit": lead, "supports": supports}
        self.order_fields(order)
        self._actor = actor

    def support_ids(self) -> list[int]:
        """The chosen supporting units by id, in official order."""
        names = self.cleaned_data["supports"].split("、") if self.cleaned_data["supports"] else []
        return list(UNITS.load(self._actor).filter(name__in=names).values_list("pk", flat=True))


class ChaseForm(forms.Form):
    """一键催办: one text for all that are chosen."""

    step = forms.ChoiceField(label=_("督办方式"), required=False)
    text = lines(_("督办内容"), rows=2, most=500, required=False, help_text=_("不填则各写明期限和逾期天数"))
    signer = forms.CharField(
        label=_("签发人"), max_length=80, required=False, help_text=_("提请督办须写明签发的领导或督查机构")
    )

    def __init__(self, *args: Any, rungs: list[Rung], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(rung.key, rung.name) for rung in rungs]
        self.fields["step"].choices = [("", _("逐级：各按下一级办理")), *steps]  # type: ignore[attr-defined]


class RescheduleForm(forms.Form):
    """调整期限 of many."""

    due_on = DayField(label=_("新的完成期限"), error_messages={"required": _("请填写新的完成期限")})
    reason = lines(
        _("调整理由"), rows=2, error_messages={"required": _("请写明调整理由：期限变动要能说清依据")}
    )
