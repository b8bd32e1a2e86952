"""The log as a list knows it. Read only: entries are written by services alone."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from zhize.apps.audit import policies, selectors
from zhize.apps.audit.models import Entry
from zhize.apps.audit.selectors.words import kind_words
from zhize.kit.actor import Actor
from zhize.kit.audit import log_types
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec, specs
from zhize.kit.things import kinds


class _LogTypes:
    """The registered types of entries with their words; asked at each page, since every app registers its own."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, str(one.label)) for code, one in sorted(log_types().items())]


class _ThingKinds:
    """The kinds of things with their words; those nobody can open (a stored file) have a name too."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        logged = {code.rpartition(".")[0] for code in log_types()}
        names = {*kinds(), *specs(), *logged} - {"audit.entry", "audit.log"}
        return sorted(((name, kind_words(name)) for name in names), key=lambda pair: pair[1])


class Channel(TextChoices):
    """The ways in, as `Actor.channel` names them."""

    WEB = "web", _("网页")
    API = "api", _("接口")
    CLI = "cli", _("命令")
    IMPORT = "import", _("导入")
    SYSTEM = "system", _("系统")
    DEMO = "demo", _("演示数据")


def _choices(source: Any) -> type[TextChoices]:
    """Lists and filters read only `.choices` of a field's choices."""
    return cast(type[TextChoices], source)


def _nobody(actor: Actor) -> bool:
    return False


ENTRY = ThingSpec(
    kind="audit.entry",
    label=_("审计记录"),
    model=Entry,
    fields=(
        FieldSpec("seq", _("序号"), Kind.INTEGER, editable=False),
        FieldSpec("at", _("时间"), Kind.DATE, editable=False, filter=Filter.RANGE),
        FieldSpec(
            "type", _("操作"), Kind.CHOICE, choices=_choices(_LogTypes()), editable=False, filter=Filter.EXACT
        ),
        FieldSpec("actor_name", _("操作人"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("hat", _("身份"), editable=False),
        FieldSpec("on_behalf_of", _("代"), editable=False, default_column=False),
        FieldSpec(
            "thing_kind",
            _("对象"),
            Kind.CHOICE,
            choices=_choices(_ThingKinds()),
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec("thing_id", _("对象编号"), Kind.CODE, editable=False, filter=Filter.EXACT),
        FieldSpec("note", _("说明"), Kind.LONG, editable=False),
        FieldSpec(
            "channel",
            _("途径"),
            Kind.CHOICE,
            choices=Channel,
            editable=False,
            default_column=False,
        ),
        FieldSpec("request_id", _("请求编号"), Kind.CODE, editable=False, default_column=False),
        FieldSpec("hash", _("摘要"), Kind.CODE, editable=False, default_column=False),
    ),
    rows=selectors.entries,
    may_view=policies.may_read_log,
    may_edit=_nobody,
    ordering=("-seq",),
    search=("note", "actor_name", "actor_username", "hat", "request_id"),
)
register_spec(ENTRY)
