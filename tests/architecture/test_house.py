"""The house keeps its own rules: what import contracts cannot see (DESIGN §2). An exception carries its reason."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from tests.architecture import python_rules as py
from tests.architecture import text_rules as text
from tests.architecture.house import ROOT, Rule, committed, findings, ranks, sources

MAY_READ_THE_CLOCK = {
    "src/zhize/kit/clock.py": "it is the clock",
    "src/zhize/apps/cli/backup.py": "a backup is made now, whatever date the demonstration is held at",
    "src/zhize/apps/cli/restore.py": "names the folder it sets aside by the real time",
    "src/zhize/apps/cli/supervisor.py": "measures how long a child ran",
    "src/zhize/apps/cli/beat.py": "runs by the machine's own time, whatever date the demonstration is held at",
    "src/zhize/apps/cli/run.py": "waits for the address to answer",
    "src/zhize/kit/jobs/runner.py": "a heartbeat shows by the machine's own time that a worker lives",
}
MAY_WRITE_OUTSIDE_SERVICES: dict[str, str] = {}
SERVICES_WITHOUT_ACTOR = {
    "src/zhize/apps/orgs/services/todos.py": "part of another service's write, under its policy and its entry",
}
MAY_LINK_UPWARDS = {
    "src/zhize/templates/layouts/base.html": "the shell: it names the doors that every page has",
    "src/zhize/templates/layouts/public.html": "the shell of pages without sign-in",
}
MAY_BE_LONG: dict[str, str] = {}
PYTHON_RULES: list[tuple[Rule, dict[str, str]]] = [
    (py.words_wait_for_the_reader, {}),
    (py.no_string_relation_upwards, {}),
    (py.no_url_name_of_a_higher_app, {}),
    (py.writes_only_in_services, MAY_WRITE_OUTSIDE_SERVICES),
    (py.time_is_a_parameter, MAY_READ_THE_CLOCK),
    (py.only_known_file_names, {}),
    (py.refusals_are_messages, {}),
    (py.no_admin, {}),
    (py.no_model_signals, {}),
    (py.services_take_actor_and_now, SERVICES_WITHOUT_ACTOR),
]


def _refuse(lines: list[str]) -> None:
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize(("rule", "allowed"), PYTHON_RULES, ids=[rule.__name__ for rule, _ in PYTHON_RULES])
def test_python_sources(rule: Rule, allowed: dict[str, str]) -> None:
    _refuse(findings(rule, sources("src/zhize", ".py"), allowed))


@pytest.mark.parametrize(
    "rule",
    [text.no_fragment_of_a_higher_app, text.no_address_of_a_higher_app, text.no_inline_style_or_script],
    ids=lambda rule: rule.__name__,
)
def test_templates(rule: Rule) -> None:
    allowed = MAY_LINK_UPWARDS if rule is text.no_address_of_a_higher_app else {}
    _refuse(findings(rule, sources("src/zhize/templates", ".html"), allowed))


def test_nothing_committed_names_a_machine() -> None:
    texts = [
        file
        for suffix in (
            ".py",
            ".md",
            ".toml",
            ".txt",
            ".in",
            ".yaml",
            ".html",
            ".js",
            ".css",
            ".cfg",
            "Makefile",
            "run",
        )
        for file in sources("", suffix)
    ]
    assert texts
    _refuse(findings(text.no_machine_path, texts))


def test_requirements_hold_no_address() -> None:
    files = [*sources("requirements/", ".txt"), *sources("requirements/", ".in")]
    assert files
    _refuse(findings(text.no_address_in_requirements, files))


def test_every_pin_has_a_hash() -> None:
    for file in sources("requirements/", ".txt"):
        for pin in re.findall(r"^[A-Za-z0-9](?:.*\\\n)*.*", file.text, re.MULTILINE):
            assert "--hash=sha256:" in pin, f"{file.path}: {pin.splitlines()[0]}"


def test_files_are_short() -> None:
    files = [
        file for suffix in (".py", ".html", ".js") for file in sources("", suffix) if not file.is_migration
    ]
    _refuse(findings(text.not_too_long, files, MAY_BE_LONG))


@pytest.mark.parametrize(
    "allowed",
    [MAY_READ_THE_CLOCK, MAY_WRITE_OUTSIDE_SERVICES, SERVICES_WITHOUT_ACTOR, MAY_LINK_UPWARDS, MAY_BE_LONG],
)
def test_no_exception_outlives_its_file(allowed: dict[str, str]) -> None:
    assert set(allowed) <= set(committed())


def test_every_app_in_settings_is_an_app_of_ours_with_its_place_in_the_order() -> None:
    ours = [name.rsplit(".", 1)[-1] for name in settings.INSTALLED_APPS if name.startswith("zhize.apps.")]
    for name in ours:
        assert (ROOT / "src/zhize/apps" / name / "apps.py").exists(), name
        assert name in ranks(), f"{name} has no place in pyproject's contract"
    assert not {"django.contrib.admin"} & set(settings.INSTALLED_APPS)


def test_every_app_folder_is_installed_or_has_no_models() -> None:
    folders = {path.parent.name for path in (ROOT / "src/zhize/apps").glob("*/models*")}
    assert folders <= {config.label for config in apps.get_app_configs()}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_every_decision_has_status_and_date_and_its_own_number() -> None:
    records = sources("docs/adr/", ".md")
    _refuse(findings(text.decision_has_status_and_date, records))
    numbers = [re.match(r"docs/adr/(\d{4})-[a-z0-9-]+\.md$", record.path) for record in records]
    assert all(numbers), [r.path for r in records]
    assert len({n[1] for n in numbers if n}) == len(numbers)


def test_pages_of_algorithms_and_the_registry_of_methods_agree() -> None:
    from zhize.core.methods import METHODS

    pages = {
        found[1]: page.path.removeprefix("docs/algorithms/")
        for page in sources("docs/algorithms/", ".md")
        if (found := re.search(r"^id: `([\w.]+)`", page.text, re.MULTILINE))
    }
    if not pages:
        pytest.skip("docs/algorithms is not written yet")
    assert pages == {name: method.page for name, method in METHODS.items()}
