"""Forms of matters raised for coordination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.selectors.coordination import Desk
from zhize.apps.work.specs.tasks import UNITS, unit_names
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.actor import Actor
from zhize.kit.forms import PHONE, DayField
from zhize.kit.several import SeveralField, parts


class MatterForm(forms.Form):
    """What a unit raises; `desks` are the offices it may turn to, asked for only where there are several."""

    title = forms.CharField(
        label=_("协调事项"), max_length=120, help_text=_("一句话，如：明确检验机构整合中的人员划转"),
        error_messages={"required": _("请用一句话写明要协调什么")},
    )  # fmt: skip
    problem = lines(
        _("存在的问题"), rows=4, most=2000, error_messages={"required": _("请写明卡在哪里、影响什么")}
    )
    tried = lines(
        _("已做的工作"), most=2000, required=False, help_text=_("已找过谁、做过什么，免得办公室再问")
    )
    wanted = lines(_("请求协调解决"), error_messages={"required": _("请写明希望谁做什么")})
    due_on = DayField(label=_("希望解决日期"), required=False, help_text=_("不急的可不填"))
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False, validators=[PHONE])
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, desks: Sequence[Desk] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted_of"] = SeveralField(unit_names(actor), label=_("涉及单位"), required=False)
        if len(desks) > 1:
            self.fields["desk"] = forms.ChoiceField(
                label=_("向哪里提请"),
                choices=[
                    (
                        one.key,
                        gettext("%(place)s办公室，以%(unit)s名义")
                        % {"place": one.jurisdiction.name, "unit": one.unit.name},
                    )
                    for one in desks
                ],
            )
        self.order_fields(
            ["desk", "title", "problem", "tried", "wanted", "wanted_of", "due_on", "phone", "version"]
        )

    def data_for_service(self) -> dict[str, Any]:
        """What the services take as `data`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "desk")}


class SendBackForm(VersionForm):
    """退回补充."""

    words = lines(_("退回意见"), error_messages={"required": _("请写明缺什么，或可以直接找谁")})


class PassForm(VersionForm):
    """转有关单位."""

    question = lines(_("征求内容"), rows=2, most=500, error_messages={"required": _("请写明要对方答什么")})
    due_on = DayField(label=_("回复期限"), required=False, help_text=_("不填则同希望解决日期"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.fields["units"] = SeveralField(
            unit_names(actor), label=_("有关单位"), error_messages={"required": _("请选择至少一个单位")}
        )
        self.order_fields(["units", "question", "due_on", "version"])

    def unit_ids(self) -> list[int]:
        """The chosen units by id."""
        names = parts(self.cleaned_data["units"])
        return list(UNITS.load(self._actor).filter(name__in=names).values_list("pk", flat=True))


class SubmitForm(VersionForm):
    """呈领导批示."""

    words = lines(_("拟办意见"), most=2000, error_messages={"required": _("请写明办公室建议怎么办")})


class InstructForm(VersionForm):
    """登记批示."""

    by_title = forms.CharField(label=_("批示人职务"), max_length=80, required=False)
    by_name = forms.CharField(
        label=_("批示人"), max_length=80, error_messages={"required": _("请填写批示件上的姓名")}
    )
    on = DayField(label=_("批示日期"), error_messages={"required": _("请填写批示件上的日期")})
    opinion = lines(_("批示内容"), most=500, error_messages={"required": _("请照批示件录入批示内容")})
    scan = forms.FileField(label=_("批示件扫描件"), required=False)


class AnswerForm(VersionForm):
    """答复."""

    answer = lines(
        _("答复内容"), rows=4, most=2000, help_text=_("谁做什么、何时完成；不能解决的写明理由"),
        error_messages={"required": _("请填写答复内容")},
    )  # fmt: skip


class ReplyForm(forms.Form):
    """回复 of a unit asked."""

    reply = lines(
        _("回复意见"), rows=4, most=2000, help_text=_("能做什么、由谁做、何时完成，或不能做的理由"),
        error_messages={"required": _("请填写回复意见")},
    )  # fmt: skip


class ReopenForm(VersionForm):
    """继续提请."""

    words = lines(_("仍未解决的问题"), error_messages={"required": _("请写明答复之后还卡在哪里")})


class WithdrawForm(VersionForm):
    """撤回."""

    reason = lines(_("撤回理由"), rows=2, error_messages={"required": _("请写明为什么不再需要协调")})
