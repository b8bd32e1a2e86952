"""Renders the showcase and three mock pages to build/showcase/, photographs them and runs axe over them.

    python scripts/render_showcase.py            writes the pages
    python scripts/render_showcase.py --look     also takes screenshots (1440/375, light/dark, print) and checks them

Stub globals stand for what the application gives the templates (see docs/design-system.md). The pages are photographed
through a small server of this process that sends the strict Content-Security-Policy, so that a violation shows here.
"""

import argparse
import importlib
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from babel.messages.pofile import read_po
from markupsafe import Markup

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "zhize"
OUT = ROOT / "build" / "showcase"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PAGES = {
    "showcase": "design/showcase.html",
    "inbox": "inbox.html",
    "duties": "duties.html",
    "clauses": "clauses.html",
    "signin": "signin.html",
}

sys.path.insert(0, str(ROOT / "scripts"))
data = importlib.import_module("showcase.data")
look = importlib.import_module("showcase.look").look


def icon(name: str, size: int = 16) -> Markup:
    """The lucide picture as inline SVG, hidden from screen readers: words stand beside it."""
    from lucide.jinja import lucide

    return Markup(lucide(name, size=size, **{"class": "icon", "aria-hidden": "true"}))


def bound_form() -> Any:
    """A real Django form with errors, so that the macros meet real bound fields."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            USE_I18N=False, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
        )
        django.setup()
    from django import forms

    from zhize.kit.forms import DayField

    class Sample(forms.Form):
        title = forms.CharField(label="事项名称", max_length=10, help_text="不超过10个字")
        amount = forms.DecimalField(label="投入资金")
        due = DayField(label="期限")
        unit = forms.ChoiceField(label="责任单位", choices=[("a", "省质监局"), ("b", "省教育厅")])
        mode = forms.ChoiceField(
            label="本期情况", choices=[("a", "填报"), ("b", "沿用上期")], widget=forms.RadioSelect
        )
        public = forms.BooleanField(label="可以公开", required=False)
        note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
        scan = forms.FileField(label="盖章扫描件")

    return Sample({"title": "关于做好全省质量工作情况报送", "unit": "a", "due": "2012-06-30"})


def english() -> dict[str, str]:
    """Messages of the English catalogue, {} when there is none yet."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, str] = {}
    for message in catalogue:
        single, plural = (message.id, None) if isinstance(message.id, str) else message.id
        words = message.string if isinstance(message.string, str) else message.string[-1]
        if single and words:
            found[single] = words
            if plural:
                found[plural] = words
    return found


def environment(messages: dict[str, str]) -> jinja2.Environment:
    """Jinja2 as the application sets it up: autoescape, new-style gettext, the globals of docs/design-system.md."""
    loader = jinja2.FileSystemLoader([PACKAGE / "templates", ROOT / "scripts" / "showcase"])
    env = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    env.trim_blocks = env.lstrip_blocks = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: messages.get(text, text),
        lambda one, many, count: messages.get(many, one if count == 1 else many),
        newstyle=True,
    )
    env.globals.update(
        url=lambda name, **kw: f"#{name}",
        static=lambda path: f"/static/{path}",
        icon=icon,
    )
    return env


def context(page: str, lang: str, messages: dict[str, str]) -> dict[str, Any]:
    """What the application's context processors would give."""
    here = {"inbox": "待办", "duties": "责任", "clauses": "责任", "showcase": "设置"}.get(page)
    nav = [
        {
            "label": group["label"],
            "items": [
                {
                    "label": data.NAV_ENGLISH[label] if messages else label,
                    "icon": picture,
                    "count": count,
                    "url": "#",
                    "current": label == here,
                }
                for label, picture, count in group["items"]
            ],
        }
        for group in data.NAV
    ]
    return {
        "lang": lang,
        "links": dict.fromkeys(("home", "wear_hat", "account", "sign_out", "search"), "#shell"),
        "nav": nav,
        "hats": [SimpleNamespace(**hat) for hat in data.HATS],
        "years": data.YEARS,
        "today": date(2012, 4, 2).isoformat(),
        "actor": SimpleNamespace(
            name="演示甲",
            hat="领导小组办公室 · 工作人员",
            unit_name="领导小组办公室",
            post_id="1",
            jurisdiction_name="甘肃省 · 质量振兴",
        ),
        "messages": [SimpleNamespace(message="已报送，办公室确认后记为已落实。", level_tag="success")]
        if page == "showcase"
        else [],
        "request": SimpleNamespace(path=f"/{page}/", COOKIES={}),
        "csrf_token": "",
        "form": bound_form(),
        "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="demo">'),
        "sample": json.loads((PACKAGE / "templates" / "design" / "sample.json").read_text(encoding="utf-8")),
        "data": {
            "todos": data.todos(),
            "duties": data.duties(),
            "duty_columns": data.DUTY_COLUMNS,
            "clauses": data.clauses(),
        },
    }


def render() -> list[str]:
    """Writes every page in both languages; returns the file names."""
    shutil.rmtree(OUT, ignore_errors=True)
    shutil.copytree(PACKAGE / "static", OUT / "static")
    htmx = Path(importlib.import_module("django_htmx").__file__ or "").parent / "static"
    shutil.copytree(htmx, OUT / "static", dirs_exist_ok=True)
    names = []
    for lang, messages in (("zh-hans", {}), ("en", english())):
        env = environment(messages)
        for page, template in PAGES.items():
            name = f"{page}-{lang[:2]}.html"
            (OUT / name).write_text(
                env.get_template(template).render(context(page, lang, messages)), encoding="utf-8"
            )
            names.append(name)
    return names


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    rendered = render()
    print(f"{len(rendered)} pages in {OUT.relative_to(ROOT)}")
    if options.look:
        count = look(OUT, rendered, options.only)
        print(f"{count} faults")
        sys.exit(1 if count else 0)
