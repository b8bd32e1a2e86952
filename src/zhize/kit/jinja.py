"""The Jinja2 environment of all pages, and the context every page gets (ADR 0002)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms.renderers import Jinja2 as Jinja2Renderer
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from lucide.jinja import lucide
from markupsafe import Markup

from zhize.kit import clock, contributions
from zhize.kit.clock import local_day

# The navigation follows the year, not the modules (DESIGN §5). Groups without items for the hat are not shown.
NAV_GROUPS = (
    "inbox",
    "overview",
    "duties",
    "requests",
    "tasks",
    "plans",
    "meetings",
    "papers",
    "data",
    "assessment",
    "archive",
    "settings",
)

NAV_FOLDED = frozenset({"archive"})  # looked up now and then, not each day


@lru_cache(maxsize=512)
def _path(name: str, prefix: str) -> str:
    return reverse(name)


def path_of(name: str) -> str:
    """The address of a page that takes no arguments, looked up once: a page names some fifty of them."""
    return _path(name, get_script_prefix())


def url(name: str, /, *args: Any, _query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """`reverse` for templates: url("orgs:unit", pk=3, _query={"tab": "duties"})."""
    from django.utils.http import urlencode

    path = reverse(name, args=args or None, kwargs=kwargs or None) if args or kwargs else path_of(name)
    return f"{path}?{urlencode(_query, doseq=True)}" if _query else path


def home() -> str:
    """The first page after signing in, as the settings name it: the kit knows no page of an app."""
    return reverse(settings.LOGIN_REDIRECT_URL)


@lru_cache(maxsize=512)
def icon(name: str, size: int = 16) -> Markup:
    """An inline lucide icon, hidden from screen readers: the word beside it speaks."""
    svg = lucide(name, size=size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})
    return Markup(svg)  # nosec B704


def fmt_date(value: date | datetime | None) -> str:
    """2012-03-05 in both languages: sortable, unambiguous; an aware time is shown in local time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local_day(value)
    return value.isoformat()


def fmt_time(value: datetime | None) -> str:
    """2012-03-05 14:20, local time."""
    return "" if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def fmt_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """Thousands separated; None is an empty cell, never 0."""
    if value is None:
        return ""
    return f"{value:,}" if places is None else f"{value:,.{places}f}"


def cjk_date(value: date | None) -> str:
    """2012年3月5日, as printed in documents; in English the ISO form."""
    if value is None:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if is_chinese() else value.isoformat()


def is_chinese() -> bool:
    return (translation.get_language() or "zh-hans").startswith("zh")


def environment(**options: Any) -> jinja2.Environment:
    """Built once by Django. Undefined names raise: a missing variable is a bug, never an empty cell."""
    options.setdefault("undefined", jinja2.StrictUndefined)
    env = jinja2.Environment(  # nosec B701
        **options,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals.update(
        url=url, home=home, static=static, icon=icon, is_chinese=is_chinese, languages=settings.LANGUAGES
    )
    env.filters.update(date=fmt_date, time=fmt_time, number=fmt_number, cjk_date=cjk_date)
    return env


def request_context(request: HttpRequest) -> dict[str, Any]:
    """What every page gets besides its own context. Everything is lazy or free of queries."""
    # Lazy until here: nobody signed in is None itself, not an object that stands for it.
    actor = getattr(request, "actor", None) or None
    return {
        "actor": actor,
        "hats": getattr(request, "hats", ()),
        "links": {role: path_of(name) for role, name in contributions.links.items()},
        "nav": _nav(request, actor),
        "place": actor.jurisdiction_name if actor else "",
        "messages": get_messages(request),
        "today": clock.today(),
        "demonstration_date": clock.demonstration_date(),
        "lang": translation.get_language() or settings.LANGUAGE_CODE,
    }


def _above(url: str, here: str) -> bool:
    return url != "/" and here.startswith(url)


def _nav(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    if not actor:  # lazy: an anonymous request has a proxy of None
        return []
    shown = [(item, path_of(item.url_name)) for item in contributions.nav.items() if item.shown(actor)]
    here = request.path
    # The longest address the page stands under: /situation/brief/ is not also /situation/.
    current = max((url for _item, url in shown if url == here or _above(url, here)), key=len, default="")
    groups: dict[str, list[dict[str, Any]]] = {}
    for item, target in shown:
        groups.setdefault(item.group, []).append(
            {
                "label": item.label,
                "url": target,
                "icon": item.icon,
                "current": target == current,
                "dock": item.dock,
            }
        )
    words = {
        "duties": gettext("责任"),
        "requests": gettext("征集"),
        "tasks": gettext("任务"),
        "plans": gettext("计划"),
        "meetings": gettext("会议"),
        "papers": gettext("公文"),
        "data": gettext("数据"),
        "assessment": gettext("考核"),
        "archive": gettext("名录"),
        "settings": gettext("设置"),
    }
    return [
        # A single entry says itself what its group is about.
        {
            "key": key,
            "label": words.get(key, "") if len(groups[key]) > 1 else "",
            "items": groups[key],
            "folded": key in NAV_FOLDED and len(groups[key]) > 1,
        }
        for key in NAV_GROUPS
        if key in groups
    ]


class FormRenderer(Jinja2Renderer):
    """Forms are rendered by our own macros; Django's own form templates serve only as a fallback."""
