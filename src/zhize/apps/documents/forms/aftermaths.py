"""The form of what follows when a paper was revoked, repealed or corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.forms.official import StepForm
from zhize.apps.documents.models import Aftermath, OfficialDocument

CHOICES = [one for one in Aftermath.Choice.choices if one[0] != Aftermath.Choice.OVERTAKEN]


class AftermathForm(StepForm):
    """以另文继续有效, 撤回 or 修改."""

    choice = forms.ChoiceField(
        label=_("后续处理"), choices=CHOICES, widget=forms.RadioSelect,
        error_messages={"required": _("请选择后续处理")},
    )  # fmt: skip
    paper = forms.TypedChoiceField(
        label=_("依据公文"), required=False, coerce=int, empty_value=None,
        help_text=_("以另文继续有效的，选择依据的公文"),
    )  # fmt: skip
    paper_words = forms.CharField(
        label=_("依据文号"), max_length=120, required=False, help_text=_("外单位的公文，填写文号")
    )
    reason = forms.CharField(
        label=_("处理说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由")},
    )  # fmt: skip

    def __init__(self, *args: Any, papers: list[OfficialDocument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {one.pk: one for one in papers}
        self.fields["paper"].choices = [  # type: ignore[attr-defined]
            ("", _("（不选）")), *((pk, f"{one.number} {one.title}"[:60]) for pk, one in self.papers.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("paper"):
            data["paper"] = self.papers[data["paper"]]
        return data
