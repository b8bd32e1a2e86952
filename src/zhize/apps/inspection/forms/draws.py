"""Forms of a draw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.selectors.draws import Register
from zhize.apps.inspection.services import NewDraw
from zhize.core.kernel.errors import CoreError
from zhize.core.sampling.draw import Place
from zhize.core.sampling.listing import places_from_rows
from zhize.kit import clock
from zhize.kit.action_forms import VersionForm, lines
from zhize.kit.errors import ZhizeError
from zhize.kit.forms import DayField
from zhize.kit.reading.workbook import cells_of


class DrawForm(forms.Form):
    """What is drawn, from which list, by which seed to come."""

    title = forms.CharField(
        label=_("抽取内容"), max_length=80, help_text=_("如：抽取县区、抽取企业"),
        error_messages={"required": _("请填写抽什么")},
    )  # fmt: skip
    rows = forms.CharField(
        label=_("名单"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("一行一个：名称 | 分层 | 规模 | 排除理由，后三项可不填。可从 Excel 整块粘贴"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("或选 Excel 文件"), required=False, help_text=_("第一行写名称、分层、规模、排除理由")
    )
    origin = forms.CharField(
        label=_("名单来源"), max_length=200, help_text=_("如：省质监局2012年6月底获证企业名录"),
        error_messages={"required": _("请写明名单从哪里来")},
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("抽取数"), max_length=300, help_text=_("不分层填一个数；分层的每层一个，如：市 2、县 3"),
        error_messages={"required": _("请填写抽几个")},
    )  # fmt: skip
    spare = forms.IntegerField(
        label=_("候补数"), min_value=0, max_value=50, initial=1, help_text=_("每层几个")
    )
    by_size = forms.BooleanField(label=_("规模大的机会大"), required=False)
    seed_rule = forms.CharField(
        label=_("种子约定"), max_length=200, help_text=_("将用哪个还没有产生、产生后人人可查的数，如：2012年7月3日体彩排列5开奖号码"),
        error_messages={"required": _("请约定用哪个公开的数作种子")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload, text = data.get("file"), data.get("rows") or ""
        try:
            rows = cells_of(upload, on=clock.today()) if upload else _split(text)
            data["places"] = places_from_rows(rows)
            if "numbers" in data:
                data["numbers"] = _numbers(data["numbers"], data["places"])
        except CoreError as error:
            self.add_error("numbers" if "places" in data else "rows", str(error))
        except ZhizeError as error:
            self.add_error("file", str(error.problem))
        return data

    def new(self) -> NewDraw:
        """What the service takes."""
        d = self.cleaned_data
        return NewDraw(
            d["title"], d["origin"], d["places"], d["numbers"], d["seed_rule"], d["by_size"], d["spare"]
        )


def _split(text: str) -> list[list[str]]:
    return [line.replace("｜", "|").replace("\t", "|").split("|") for line in text.splitlines()]


def _numbers(text: str, places: tuple[Place, ...]) -> dict[str, int]:
    """“市 2、县 3” → {市: 2, 县: 3}; one bare number is for a list without strata."""
    found: dict[str, int] = {}
    for part in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、"):
        words = part.split()
        if len(words) == 1 and words[0].isdecimal() and not found:
            found[""] = int(words[0])
        elif len(words) == 2 and words[1].isdecimal():
            found[words[0]] = int(words[1])
        else:
            raise forms.ValidationError(
                {"numbers": _("“%(part)s”看不懂，请写“市 2、县 3”这样的数") % {"part": part}}
            )
    return found


class RegisterForm(forms.Form):
    """From which list of the house the form is filled."""

    register = forms.ChoiceField(label=_("从现有名录取"), choices=Register.choices)


class SeedForm(VersionForm):
    """The seed, once it is public."""

    seed = forms.CharField(
        label=_("种子"), max_length=100, help_text=_("照公布的抄，一个字也不能差"),
        error_messages={"required": _("请填写公布的种子")},
    )  # fmt: skip
    seed_source = forms.CharField(
        label=_("种子出处"), max_length=200, help_text=_("在哪里公布的：网站、报纸、期号"),
        error_messages={"required": _("请写明在哪里可以查到")},
    )  # fmt: skip
    seed_on = DayField(label=_("种子公布日期"), error_messages={"required": _("请填写日期")})
    witnesses = forms.CharField(
        label=_("见证人"), max_length=200, required=False, help_text=_("在场的被查单位代表、观察员")
    )


class VoidForm(VersionForm):
    """作废."""

    reason = lines(_("作废理由"), rows=2, most=500, error_messages={"required": _("请写明为什么要重新抽取")})
