"""Each rule refuses a bad sample and lets a good one pass: a rule that cannot fail is none."""

from __future__ import annotations

import pytest
from tests.architecture import python_rules as py
from tests.architecture import text_rules as text
from tests.architecture.house import Rule, Source

APPS = "src/zhize/apps/"
PAGES = "src/zhize/templates/"
SAMPLES: list[tuple[Rule, str, str, str]] = [
    (py.words_wait_for_the_reader, APPS + "orgs/views.py", "from django.utils.translation import gettext as _\nX = _('x')", "from django.utils.translation import gettext as _\ndef f():\n    return _('x')"),
    (py.words_wait_for_the_reader, APPS + "orgs/views.py", "from django.utils.translation import gettext as _\ndef f(x=_('x')): ...", "from django.utils.translation import gettext as _\nf = lambda: _('x')"),
    (py.words_wait_for_the_reader, APPS + "orgs/forms.py", "from django.utils.translation import gettext\nclass F:\n    x = gettext('x')", "from django.utils.translation import gettext_lazy as _\nclass F:\n    x = _('x')"),
    (py.no_string_relation_upwards, APPS + "years/models.py", 'x = models.ForeignKey("portal.Page")', 'x = models.ForeignKey("orgs.Unit")'),
    (py.no_string_relation_upwards, APPS + "audit/models.py", "x = models.ForeignKey(settings.AUTH_USER_MODEL)", "x = models.BigIntegerField()"),
    (py.no_url_name_of_a_higher_app, APPS + "orgs/views.py", 'redirect("years:list")', 'redirect("orgs:list")'),
    (py.no_url_name_of_a_higher_app, "src/zhize/kit/nav.py", 'reverse("portal:inbox")', 'reverse("kit:list")'),
    (py.writes_only_in_services, APPS + "orgs/views.py", "unit.save()", "document.save(buffer)"),
    (py.writes_only_in_services, APPS + "orgs/selectors/units.py", 'Unit.objects.system("x").update(order=1)', "params.update({'order': 1})"),
    (py.writes_only_in_services, APPS + "orgs/handlers.py", "Todo.objects.create(x=1)", "services.todo_create(x=1)"),
    (py.writes_only_in_services, "src/zhize/kit/views.py", "view.delete()", "view.remove()"),
    (py.writes_only_in_services, APPS + "years/tasks.py", "Year.objects.bulk_create(rows)", "services.years_create(rows)"),
    (py.time_is_a_parameter, "src/zhize/core/duties/due.py", "x = date.today()", "x = today"),
    (py.time_is_a_parameter, APPS + "years/models.py", "at = DateTimeField(default=timezone.now)", "at = DateTimeField()"),
    (py.time_is_a_parameter, APPS + "years/services.py", "x = clock.now()", "x = now"),
    (py.time_is_a_parameter, APPS + "years/views.py", "x = datetime.now()", "x = clock.now()"),
    (py.refusals_are_messages, APPS + "years/views.py", 'demand(may, "只有办公室可以办理", "请切换")', 'demand(may, _("只有办公室可以办理"), remedy)'),
    (py.refusals_are_messages, APPS + "years/views.py", 'OFFICE = ("只有办公室可以办理", "请切换")', 'OFFICE = (gettext_lazy("只有办公室可以办理"), "x")'),
    (py.refusals_are_messages, APPS + "years/views.py", 'raise NotAllowed(f"只有{who}可以", remedy=_("请切换"))', 'raise NotAllowed(_("只有%(who)s可以") % {"who": who})'),
    (py.only_known_file_names, APPS + "years/helpers.py", "", ""),
    (py.no_admin, APPS + "orgs/views.py", "from django.contrib.admin import site", "from django.contrib import messages"),
    (py.no_model_signals, APPS + "orgs/handlers.py", "from django.db.models.signals import post_save", "from django.dispatch import receiver"),
    (py.no_model_signals, APPS + "years/handlers.py", "from django.dispatch import receiver", "from zhize.kit.events import on"),
    (py.services_take_actor_and_now, APPS + "orgs/services/units.py", "@transaction.atomic\ndef unit_create(*, actor): ...", "@transaction.atomic\ndef unit_create(*, actor, now): ..."),
    (py.services_take_actor_and_now, APPS + "orgs/services.py", "def unit_create(name, *, actor, now):\n    x.save()", "def unit_words(name):\n    return name"),
    (text.no_fragment_of_a_higher_app, PAGES + "orgs/unit.html", '{% include "portal/tile.html" %}', '{% include "components/tile.html" %}'),
    (text.no_fragment_of_a_higher_app, PAGES + "layouts/base.html", "{% from 'orgs/hat.html' import hat %}", "{% from 'components/nav.html' import nav %}"),
    (text.no_address_of_a_higher_app, PAGES + "years/year.html", "{{ url('regulations:duties') }}", "{{ url('years:year', pk=1) }}"),
    (text.no_inline_style_or_script, PAGES + "orgs/a.html", '<p class="a"\n style="color:red">', '<p class="style">{# style="x" #}'),
    (text.no_inline_style_or_script, PAGES + "orgs/a.html", '<a onclick="go()">', '<a class="onclick">'),
    (text.no_inline_style_or_script, PAGES + "orgs/a.html", "<script>go()</script>", '<script src="/a.js"></script>'),
    (text.no_inline_style_or_script, PAGES + "orgs/a.html", "<style>p{}</style>", "<p>style</p>"),
    (text.no_machine_path, "docs/x.md", "see /ro" + "ot/.cache", "see `restore DIR`, /work/plans and #!/usr/bin/env bash"),
    (text.no_machine_path, "docs/x.md", "cd /wor" + "k/wt/x", "cd ../x"),
    (text.no_machine_path, "scripts/x.py", "run('/usr" + "/bin/python3')", "shutil.which('python3')"),
    (text.no_machine_path, "docs/x.md", "from https://py" + "pi.org/simple", "from a folder of wheels"),
    (text.no_address_in_requirements, "requirements/run.txt", "--index-url https://mirror/simple", "django==5.2.19"),
    (text.not_too_long, "src/zhize/kit/x.py", "x\n" * 251, "x\n" * 250),
    (text.decision_has_status_and_date, "docs/adr/0009-x.md", "# X\n\n- Status: maybe\n", "# X\n\n- Status: accepted\n- Date: 2026-11-24\n"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "bad", "good"), SAMPLES, ids=[s[0].__name__ for s in SAMPLES])
def test_the_rule_refuses_the_bad_and_passes_the_good(rule: Rule, path: str, bad: str, good: str) -> None:
    assert list(rule(Source(path, bad)))
    good_path = path.replace("helpers", "services")
    assert not list(rule(Source(good_path, good)))


def test_every_rule_has_a_sample() -> None:
    sampled = {sample[0] for sample in SAMPLES}
    rules = {
        value
        for module in (py, text)
        for name, value in vars(module).items()
        if callable(value)
        and not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
    }
    assert rules == sampled
