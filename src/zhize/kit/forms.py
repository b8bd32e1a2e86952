"""Forms from FieldSpecs. Errors say what is wrong and what to write instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.db import connection, models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, Label, Ref, ThingSpec
from zhize.kit.inside import column_of, read
from zhize.kit.several import SeveralField

# As people write them: 2012-03-05, 2012/3/5, 2012.3.5, 2012年3月5日, 20120305.
DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
# Sample: "0931-8412345转801", "+86 931 8412345", "139 0000 0000".
PHONE = RegexValidator(r"^\+?[0-9(（][0-9()（） -]{4,24}((转|-|x)[0-9]{1,6})?$", code="phone")


if TYPE_CHECKING:
    _ModelChoice = forms.ModelChoiceField[models.Model]
else:
    _ModelChoice = forms.ModelChoiceField


class RefField(_ModelChoice):
    """A reference chosen by its key; whoever types the exact label instead is understood where it is unique."""

    def __init__(self, ref: Ref, actor: Actor, **kwargs: Any) -> None:
        self.ref = ref
        kwargs.setdefault("empty_label", "—")
        super().__init__(ref.load(actor), to_field_name=ref.key, **kwargs)

    def label_from_instance(self, obj: models.Model) -> str:
        return str(getattr(obj, self.ref.label))

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        assert self.queryset is not None
        if isinstance(value, self.queryset.model):
            value = getattr(value, self.ref.key)
        text = str(value).strip()
        if "\x00" not in text:
            for name in dict.fromkeys((self.ref.key, self.ref.label)):
                try:
                    found = list(self.queryset.filter(**{name: text})[:2])
                except (ValueError, TypeError):
                    continue
                if len(found) == 1:
                    return found[0]
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class CodeField(forms.CharField):
    """A code as machines compare it: full-width letters and digits are made narrow, as an import makes them."""

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value) or "")


class ThingForm(forms.Form):
    """Base of all derived forms. `version` is the version of the thing the form was opened with."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def data_for_service(self) -> dict[str, Any]:
        """What a service takes as `data`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def form_class(spec: ThingSpec, actor: Actor) -> type[ThingForm]:
    """A Django form with the editable fields of the thing, as this actor may fill them."""
    fields: dict[str, Any] = {f.name: form_field(spec, f, actor) for f in spec.editable_fields}
    return type(f"{spec.model.__name__}Form", (ThingForm,), fields)


def form_field(spec: ThingSpec, field: FieldSpec, actor: Actor) -> forms.Field:
    """The Django field of one FieldSpec; limits it doesn't state are taken from the model."""
    model_field = column_of(spec, field)
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required and field.kind is not Kind.BOOL,
        "help_text": field.help
        or (format_lazy(_("如：{example}"), example=field.example) if field.example else ""),
        "error_messages": _messages(field),
        # The value the form was opened with travels along: a conflict then knows who changed what.
        "show_hidden_initial": True,
    }
    if model_field is not None and model_field.has_default():
        common["initial"] = model_field.get_default()
    return _makers[field.kind](field, model_field, common, actor)


def _text(field: FieldSpec, model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    length = field.max_length or getattr(model_field, "max_length", None)
    if field.kind is Kind.EMAIL:
        return forms.EmailField(max_length=length or 254, **common)
    if field.kind is Kind.CODE:
        return CodeField(max_length=length, **common)
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": 4})
        if field.kind is Kind.LONG
        else forms.TextInput(attrs={**field.attrs})
    )
    if field.kind is Kind.PHONE:
        widget = forms.TextInput(attrs={"inputmode": "tel"})
    return forms.CharField(
        max_length=length, widget=widget, validators=[PHONE] if field.kind is Kind.PHONE else [], **common
    )


def bounds(field: FieldSpec, model_field: Any) -> tuple[int | None, int | None]:
    """The least and greatest number: what the spec says, else what the database column holds (JSON: 64 bits)."""
    column = model_field if isinstance(model_field, models.IntegerField) else models.BigIntegerField()
    low, high = connection.ops.integer_field_range(column.get_internal_type()) if (
        field.kind is Kind.INTEGER
    ) else (None, None)  # fmt: skip
    return (low if field.minimum is None else field.minimum, high if field.maximum is None else field.maximum)


def _integer(field: FieldSpec, model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    low, high = bounds(field, model_field)
    return forms.IntegerField(min_value=low, max_value=high, **common)


def _decimal(field: FieldSpec, model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    return forms.DecimalField(
        min_value=field.minimum,
        max_value=field.maximum,
        max_digits=getattr(model_field, "max_digits", None) or 18,
        decimal_places=field.places,
        **common,
    )


def date_input() -> forms.DateInput:
    """A date as the product writes dates. The browser's own control speaks the browser's language and its order
    of day and month; here it is only the calendar behind the button that zhize.js adds."""
    attrs = {"data-date": _("选日期"), "placeholder": _("年-月-日"), "inputmode": "numeric", "maxlength": 11}
    return forms.DateInput(attrs={**attrs, "autocomplete": "off"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date in every way people write one (DATE_FORMATS)."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("不是日期。请按 2012-03-05 的样式填写。")}
        kwargs["error_messages"] = wrong | kwargs.get("error_messages", {})
        super().__init__(input_formats=DATE_FORMATS, widget=date_input(), **kwargs)


class MultipleFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once: each is checked as one would be, an empty choice is an empty list."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The browser sends a list; Django's own field takes only one file."""
        return [super(FilesField, self).clean(one, initial) for one in data or () if one]


def _date(_field: FieldSpec, _model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    return DayField(**common)


def _bool(_field: FieldSpec, _model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    return forms.BooleanField(**common)


def _choice(field: FieldSpec, _model_field: Any, common: dict[str, Any], _actor: Actor) -> forms.Field:
    if field.choices is None:
        raise ValueError(f"{field.name}: a choice without choices")
    blank: list[tuple[str, Label]] = [] if common.get("initial") and field.required else [("", "—")]
    return forms.ChoiceField(choices=[*blank, *field.choices.choices], **common)


def _ref(field: FieldSpec, _model_field: Any, common: dict[str, Any], actor: Actor) -> forms.Field:
    if field.ref is None:
        raise ValueError(f"{field.name}: a reference without ref")
    return RefField(field.ref, actor, empty_label="—", **common)


def _several(field: FieldSpec, model_field: Any, common: dict[str, Any], actor: Actor) -> forms.Field:
    options = field.options(actor) if field.options else []
    return SeveralField(options, max_length=field.max_length, **common)


_makers: dict[Kind, Callable[[FieldSpec, Any, dict[str, Any], Actor], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.CODE: _text,
    Kind.PHONE: _text,
    Kind.EMAIL: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.BOOL: _bool,
    Kind.CHOICE: _choice,
    Kind.REF: _ref,
    Kind.SEVERAL: _several,
}


def _messages(field: FieldSpec) -> dict[str, Any]:
    """What is wrong and what to do, for every way this kind can be wrong."""
    required = (
        _("没有选择。请选一项。") if field.kind in {Kind.CHOICE, Kind.REF} else _("没有填写。请填写此项。")
    )
    invalid = {
        Kind.INTEGER: _("不是整数。请填写整数，如 12。"),
        Kind.DECIMAL: _("不是数字。请填写数字，如 12.5。"),
        Kind.DATE: _("不是日期。请按 2012-03-05 的样式填写。"),
        Kind.EMAIL: _("不是电子邮箱。请按 name@example.com 的样式填写。"),
    }.get(field.kind, _("内容无效。请改正后再保存。"))
    return {
        "required": required,
        "invalid": invalid,
        "invalid_choice": _("不在可选范围内。请从列表中选择。"),
        "phone": _("不是电话号码。请填写数字，可带区号和分机，如 0931-8412345转801。"),
        "max_length": _("超过 %(limit_value)d 个字（现有 %(show_value)d 个）。请缩短。"),
        "min_value": _("不能小于 %(limit_value)s。请改大。"),
        "max_value": _("不能大于 %(limit_value)s。请改小。"),
        "max_digits": _("数字太长，最多 %(max)s 位。请核对单位。"),
        "max_decimal_places": _("最多 %(max)s 位小数。请四舍五入后填写。"),
        "max_whole_digits": _("整数部分最多 %(max)s 位。请核对单位。"),
        "null_characters_not_allowed": _("含有看不见的空字符。请删去后重新输入。"),
    }


def initial_of(spec: ThingSpec, thing: Any) -> dict[str, Any]:
    """The thing as a form shows it: references as instances, so that the key is looked up without a query."""
    return {f.name: read(f, thing) for f in spec.editable_fields}
