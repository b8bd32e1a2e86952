"""Forms that are no thing's own: a succession of several units, a post, a delegation, a hand-over, a token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import selectors
from zhize.apps.orgs.models import Jurisdiction, Post, Role, Succession, Unit, UnitContact, User
from zhize.kit.forms import PHONE, DayField


def day(label: Any, *, required: bool = True, help_text: Any = "", initial: date | None = None) -> DayField:
    """A date field."""
    return DayField(label=label, required=required, help_text=help_text, initial=initial)


class Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of a thing by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Unit):
            return selectors.unit_name(obj)
        if isinstance(obj, Post):
            return f"{selectors.unit_name(obj.unit)} · {obj.title} · {obj.user.name}"
        return obj.name if isinstance(obj, User) else str(obj)


class NamedMany(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several of them."""

    def label_from_instance(self, obj: Any) -> str:
        return selectors.unit_name(obj) if isinstance(obj, Unit) else str(obj)


class SuccessionForm(forms.Form):
    """n units taken over by m on a date."""

    predecessors = NamedMany(None, label=_("原单位"), help_text=_("可选多个"))
    successors = NamedMany(None, label=_("承接单位"), help_text=_("可选多个；还没有的单位请先新增"))
    kind = forms.ChoiceField(label=_("方式"), choices=Succession.Kind)
    effective_on = day(_("生效日期"), help_text=_("原单位自这一天起不再使用"))
    date_confirmed = forms.BooleanField(
        label=_("日期已核实"), required=False, help_text=_("没有见到原文的不要勾选，页面上会注明未核实")
    )
    primary = Named(
        None, label=_("承接成员资格的单位"), required=False, empty_label=_("没有（只划转部分职责）")
    )
    ends = forms.BooleanField(label=_("原单位就此撤销"), required=False, initial=True)
    moved = forms.CharField(label=_("划转内容"), max_length=200, required=False)
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("predecessors", "successors", "primary"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """A post for a person."""

    jurisdiction = Named(None, label=_("辖区"), empty_label=None)
    unit = Named(None, label=_("单位"))
    role = forms.ChoiceField(label=_("角色"), choices=Role)
    title = forms.CharField(label=_("岗位名称"), max_length=60)
    starts_on = day(_("自"))
    ends_on = day(_("至"), required=False, help_text=_("最后一天，含当日。考核员、检查员、外部审计必须填写"))

    def __init__(self, units: Any, jurisdictions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["jurisdiction"].queryset = jurisdictions  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """A person's account."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(label=_("账号"), max_length=60, help_text=_("登录用，字母、数字和 @ . + - _"))
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    valid_until = day(_("账号有效期至"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewPersonForm(PersonForm, PostForm):
    """A person with the first post."""

    field_order = ("name", "username", "phone", "email", "valid_until")


class ContactForm(forms.Form):
    """The own telephone and e-mail, and whether the daily digest is wanted."""

    phone = forms.CharField(
        label=_("电话"), max_length=40, required=False, help_text=_("会出现在本辖区通讯录和催办名单上")
    )
    email = forms.EmailField(label=_("邮箱"), required=False)
    daily_digest = forms.BooleanField(
        label=_("每日提醒"), required=False, help_text=_("每天一条消息：几天内到期和新到的待办")
    )
    brief_rule = forms.ChoiceField(
        label=_("领导一页发到邮箱"), choices=User.BriefRule.choices, initial=User.BriefRule.NONE,
        help_text=_("一页 A4 的 PDF，不登录也能看；只发给领导和办公室的岗位"),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ContactChangeForm(forms.Form):
    """变更联络员."""

    part = forms.ChoiceField(label=_("名册类别"), choices=UnitContact.Part.choices, initial="liaison")
    name = forms.CharField(label=_("姓名"), max_length=40, error_messages={"required": _("请填写姓名")})
    title = forms.CharField(
        label=_("职务"), max_length=80, error_messages={"required": _("请填写职务，如“质量处处长”")}
    )
    phone = forms.CharField(
        label=_("电话"), max_length=40, validators=[PHONE],
        error_messages={"required": _("请填写电话"), "phone": _("不是电话号码。请填写数字，可带区号和分机，如 0931-8412345转801。")},
    )  # fmt: skip
    valid_from = day(_("自"), help_text=_("含当日"))
    reason = forms.CharField(
        label=_("变更原因"), max_length=200, required=False, help_text=_("首次填写的可不填")
    )


class ContactDecideForm(forms.Form):
    """Confirming a notice of change, or sending it back with why."""

    contact = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("意见"), max_length=200, required=False, help_text=_("退回的须写明哪里不对")
    )


class DelegationForm(forms.Form):
    """Lending one's own hat."""

    deputy = Named(None, label=_("受托人"))
    starts_on = day(_("自"))
    ends_on = day(_("至"), help_text=_("含当日，到期自动收回"))
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("如：出差、休假"))

    def __init__(self, people: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """A successor takes a post."""

    to = Named(None, label=_("接任人"), help_text=_("还没有账号的，请先由管理员建立账号"))
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False, help_text=_("不变的不填"))
    on = day(_("交接日期"), help_text=_("自这一天起由接任人办理；不能晚于今天"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, people: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A token for a program."""

    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("写明哪个系统用它做什么"))
    scopes = forms.MultipleChoiceField(label=_("权限范围"), widget=forms.CheckboxSelectMultiple)
    expires_on = day(_("有效期至"), help_text=_("最长一年"))

    def __init__(self, scopes: Sequence[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes  # type: ignore[attr-defined]


class JurisdictionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A jurisdiction's name, group and office."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Jurisdiction
        fields = ("name", "group_unit", "office_unit")
        field_classes = {"group_unit": Named, "office_unit": Named}

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group_unit", "office_unit"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
