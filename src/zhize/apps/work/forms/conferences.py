"""Forms of conferences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics.selectors import cards_listed
from zhize.apps.work.models import Conference, ConferenceUnit, Resolution
from zhize.apps.work.specs.tasks import UNITS, YEARS, unit_names
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.actor import Actor
from zhize.kit.fields import Ref
from zhize.kit.forms import DayField, RefField
from zhize.kit.several import SeveralField, parts

CARDS = Ref(
    load=lambda actor: cards_listed(actor).filter(is_retired=False).order_by("order", "code"),
    key="code",
    label="name",
)


class ConferenceForm(forms.Form):
    """A conference and who is called."""

    kind = forms.ChoiceField(label=_("会议类别"), choices=Conference.Kind.choices)
    title = forms.CharField(
        label=_("会议名称"), max_length=120, error_messages={"required": _("请填写会议名称")},
        help_text=_("如：2012年全省质量振兴联席会议"),
    )  # fmt: skip
    held_on = DayField(label=_("会期"), error_messages={"required": _("请填写会期")})
    begins = forms.TimeField(
        label=_("开始时间"), required=False, input_formats=["%H:%M", "%H：%M", "%H.%M"], help_text=_("如 9:00；不填为全天"),
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "9:00"}),
        error_messages={"invalid": _("请按 9:00 的格式填写时间")},
    )  # fmt: skip
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    chair = forms.CharField(
        label=_("主持人"), max_length=80, required=False, help_text=_("写职务，如“分管副省长”")
    )
    agenda = lines(_("议程"), rows=4, most=2000, required=False, help_text=_("一行一项"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, choose_units: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        if choose_units:
            self.fields["units"] = SeveralField(unit_names(actor), label=_("参会单位"), required=False)

    def unit_ids(self) -> list[int] | None:
        """The chosen units by id; None where they could not be chosen."""
        if "units" not in self.fields:
            return None
        names = parts(self.cleaned_data["units"])
        return list(UNITS.load(self._actor).filter(name__in=names).values_list("pk", flat=True))


class ReplyForm(forms.Form):
    """参会回执."""

    reply = forms.ChoiceField(
        label=_("参会回执"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in ConferenceUnit.Reply if one is not ConferenceUnit.Reply.WAITING],
        error_messages={"required": _("请选择参会、代会或请假")},
    )  # fmt: skip
    attendee = forms.CharField(
        label=_("参会人"), max_length=80, required=False, help_text=_("写职务和姓名；代会的写代会人")
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False, help_text=_("请假的写明事由"))


class HoldForm(VersionForm):
    """Which of the units called came."""

    def __init__(self, *args: Any, rows: list[ConferenceUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = (ConferenceUnit.Reply.WILL, ConferenceUnit.Reply.PROXY)
        self.fields["attended"] = forms.TypedMultipleChoiceField(
            label=_("到会单位"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(row.unit_id, f"{row.unit.name}（{row.get_reply_display()}）") for row in rows],
            initial=[row.unit_id for row in rows if row.reply in coming and row.leave in ("", "granted")],
        )  # fmt: skip


class ProblemsForm(VersionForm):
    """The state of quality and its main problems, in four dimensions (一（二）)."""

    product = lines(_("产品质量"), most=2000, required=False)
    engineering = lines(_("工程质量"), most=2000, required=False)
    service = lines(_("服务质量"), most=2000, required=False)
    environment = lines(_("环境质量"), most=2000, required=False)


class PaperForm(forms.Form):
    """提交会议材料."""

    file = forms.FileField(label=_("文件"), error_messages={"required": _("请选择文件")})
    title = forms.CharField(
        label=_("材料名称"), max_length=120, required=False, help_text=_("不填则用文件名")
    )


class ResolutionForm(forms.Form):
    """One decision."""

    text = lines(_("决定事项"), rows=3, error_messages={"required": _("请填写决定事项：一句话说清做什么")})
    due_on = DayField(label=_("完成期限"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = RefField(
            UNITS,
            actor,
            label=_("牵头单位"),
            required=False,
            empty_label=_("不指定"),
            help_text=_("有牵头单位的才转为任务"),
        )
        supports = SeveralField(unit_names(actor), label=_("配合单位"), required=False)
        self.fields |= {"lead_unit": lead, "supports": supports}
        self.order_fields(["text", "lead_unit", "due_on", "supports"])


class CallOffForm(VersionForm):
    """取消会议."""

    reason = lines(_("理由"), rows=2, error_messages={"required": _("请写明取消的理由，或另行通知的安排")})


class PapersForm(VersionForm):
    """布置会议材料: which of the units called owe one, by when."""

    due_on = DayField(label=_("材料提交期限"), error_messages={"required": _("请填写材料提交期限")})

    def __init__(self, *args: Any, rows: list[ConferenceUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = forms.TypedMultipleChoiceField(
            label=_("须交材料的单位"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(row.unit_id, row.unit.name) for row in rows],
            initial=[row.unit_id for row in rows if row.owes_paper],
        )  # fmt: skip


class RecordForm(VersionForm):
    """会议记录."""

    record = lines(_("会议记录"), rows=8, most=20000, required=False)


class WordForm(forms.Form):
    """One of two answers with a word to it: 同意 or 不同意, 列入 or 不列入."""

    yes = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
    word = forms.CharField(label=_("意见"), max_length=200, required=False)


class WordingForm(forms.Form):
    """写入纪要: which item, and how it reads."""

    resolution = forms.TypedChoiceField(
        label=_("写入哪一项"), coerce=int, error_messages={"required": _("请选择写入哪一项")}
    )
    words = lines(
        _("商定文字"), rows=3, most=2000, help_text=_("写完整的一项，不是修改意见"),
        error_messages={"required": _("请写明这一项在纪要中的文字")},
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(row.pk, f"{row.number}. {row.text[:40]}") for row in rows]
        self.fields["resolution"].choices = said  # type: ignore[attr-defined]


class LeaveOutForm(forms.Form):
    """不写入, or 撤回 what was carried."""

    why = forms.CharField(
        label=_("不写入的理由"), max_length=200, error_messages={"required": _("请写明不写入的理由")}
    )


class GoalForm(forms.Form):
    """设为指标目标."""

    value = forms.DecimalField(
        label=_("目标值"), max_digits=16, decimal_places=4, error_messages={"required": _("请填写目标值")}
    )
    upper = forms.DecimalField(
        label=_("目标上限"), max_digits=16, decimal_places=4, required=False, help_text=_("只有区间目标填写")
    )

    def __init__(self, *args: Any, actor: Actor, rows: list[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(one.pk, f"{one.number}. {one.text[:40]}") for one in rows if one.target_id is None]
        self.fields["resolution"] = forms.TypedChoiceField(label=_("决定事项"), coerce=int, choices=free)
        card = RefField(CARDS, actor, label=_("指标"), empty_label=_("请选择"), error_messages={"required": _("请选择指标")})  # fmt: skip
        year = RefField(YEARS, actor, label=_("年度"), empty_label=_("请选择"), error_messages={"required": _("请选择年度")})  # fmt: skip
        self.fields |= {"card": card, "year": year}
        self.order_fields(["resolution", "card", "year", "value", "upper"])
