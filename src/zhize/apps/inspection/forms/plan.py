"""Forms of the plan of an on-site check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models import CheckItem, GroupPerson, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.inspections import Candidate
from zhize.apps.inspection.services import NewItem
from zhize.apps.work.specs.tasks import UNITS, YEARS, unit_names
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.actor import Actor
from zhize.kit.forms import DayField, RefField
from zhize.kit.several import SeveralField, parts

HOW_BY_WORD = {
    "": CheckItem.How.JUDGE, "判定": CheckItem.How.JUDGE, "数字": CheckItem.How.NUMBER, "情况": CheckItem.How.WORDS,
}  # fmt: skip


class PlanForm(forms.Form):
    """方案: what is checked, at which units, when."""

    title = forms.CharField(
        label=_("核查名称"), max_length=120, help_text=_("如：2012年度质量工作考核实地核查"),
        error_messages={"required": _("请填写核查名称")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("核查类别"), choices=Inspection.Kind.choices)
    basis = forms.CharField(
        label=_("核查依据"), max_length=200, help_text=_("文件名称和文号，或领导批示"),
        error_messages={"required": _("请填写依据：没有依据不能上门核查")},
    )  # fmt: skip
    period_start = DayField(label=_("所查期间起"), error_messages={"required": _("请填写日期")})
    period_end = DayField(label=_("所查期间止"), error_messages={"required": _("请填写日期")})
    starts_on = DayField(label=_("核查开始"), error_messages={"required": _("请填写日期")})
    ends_on = DayField(label=_("核查结束"), error_messages={"required": _("请填写日期")})
    prepare = lines(
        _("请被查单位准备"), required=False, help_text=_("台账、会议记录等，写进通知；不填则不写")
    )
    contact = forms.CharField(label=_("联系人和电话"), max_length=80, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        self.fields["units"] = SeveralField(
            unit_names(actor), label=_("被查单位"), error_messages={"required": _("请选择至少一个单位")}
        )
        self.fields["year"] = RefField(
            YEARS, actor, label=_("年度"), empty_label=None, error_messages={"required": _("请选择年度")}
        )

    def unit_ids(self) -> list[int]:
        """The chosen units by id."""
        names = parts(self.cleaned_data["units"])
        return list(UNITS.load(self._actor).filter(name__in=names).values_list("pk", flat=True))

    def data_for_service(self) -> dict[str, Any]:
        """What the services take as `data`."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("version", "units", "year")}


class ItemsForm(VersionForm):
    """核查清单 as lines: a table pasted from Excel or Word, or typed with 竖线 between the parts."""

    items = forms.CharField(
        label=_("核查清单"), widget=forms.Textarea(attrs={"rows": 14}), strip=False,
        help_text=_("一行一项：核查项目 | 核查要求 | 对应条款或职责 | 记录方式（判定、数字、情况，不填为判定）。可从 Excel 整块粘贴"),
        error_messages={"required": _("请列出至少一项")},
    )  # fmt: skip

    def clean_items(self) -> list[NewItem]:
        """Each line read; every line that cannot be read is named."""
        found, errors = [], []
        for number, line in enumerate(self.cleaned_data["items"].splitlines(), 1):
            if not line.strip():
                continue
            cells = [one.strip() for one in line.replace("｜", "|").replace("\t", "|").split("|")]
            name, requirement, clause, how = (cells + [""] * 4)[:4]
            if name == "核查项目":
                continue
            words = {"line": number, "name": name, "how": how}
            if not name or not requirement:
                errors.append(_("第%(line)d行缺核查项目或核查要求") % words)
            elif how not in HOW_BY_WORD:
                errors.append(_("第%(line)d行的记录方式“%(how)s”不认识，请写判定、数字或情况") % words)
            else:
                found.append(NewItem(name[:120], requirement[:500], clause[:120], HOW_BY_WORD[how]))
        if errors or not found:
            raise forms.ValidationError(errors or [_("请列出至少一项")])
        return found


def as_lines(items: list[CheckItem]) -> str:
    """The checklist as the form reads it."""
    word = {how: text for text, how in HOW_BY_WORD.items() if text}
    return "\n".join(
        f"{one.name} | {one.requirement} | {one.clause} | {word[CheckItem.How(one.how)]}" for one in items
    )


class GroupForm(forms.Form):
    """A group's name and the units it goes to."""

    name = forms.CharField(
        label=_("核查组名称"),
        max_length=40,
        error_messages={"required": _("请填写核查组名称，如“第一核查组”")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: list[InspectedUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {row.unit.name: row.unit_id for row in units}
        self.fields["units"] = SeveralField(
            [(name, name) for name in self._units], label=_("被查单位"), required=False
        )

    def unit_ids(self) -> list[int]:
        return [self._units[name] for name in parts(self.cleaned_data["units"])]


class PersonForm(forms.Form):
    """One more person: chosen, or written with the workplace."""

    part = forms.ChoiceField(
        label=_("组内分工"), choices=GroupPerson.Part.choices, initial=GroupPerson.Part.MEMBER
    )
    name = forms.CharField(label=_("或填姓名"), max_length=40, required=False, help_text=_("没有账号的专家"))
    workplace = forms.CharField(label=_("工作单位"), max_length=120, required=False)

    def __init__(self, *args: Any, people: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.user_id): one for one in people}
        choices = [("", "—"), *((key, one.words) for key, one in self._people.items())]
        self.fields["person"] = forms.ChoiceField(label=_("人员"), choices=choices, required=False)
        self.order_fields(["part", "person", "name", "workplace"])

    def chosen(self) -> Candidate | None:
        return self._people.get(self.cleaned_data["person"])


class AnnounceForm(VersionForm):
    """批准并通知: who approved the plan on paper."""

    by_title = forms.CharField(label=_("批准人职务"), max_length=80, required=False)
    by_name = forms.CharField(
        label=_("批准人"), max_length=80, error_messages={"required": _("请填写批准方案的人")}
    )
    on = DayField(label=_("批准日期"), error_messages={"required": _("请填写批准日期")})
    opinion = forms.CharField(label=_("批准意见"), max_length=500, required=False)
    scan = forms.FileField(label=_("批准件扫描件"), required=False)


class CancelForm(VersionForm):
    """取消."""

    reason = lines(_("取消理由"), rows=2, most=500, error_messages={"required": _("请写明为什么不再核查")})
