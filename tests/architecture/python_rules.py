"""Rules about Python sources that import contracts cannot see. Each yields one line per breach."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import FILES_OF_AN_APP, ROOMS_OF_THEIR_OWN, Source, exported, rank, ranks

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERY_WORDS = {"objects", "filter", "exclude", "all", "system", "visible_to", "select_for_update"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time", "time_ns"}
CLOCK_OWNERS = {"datetime", "timezone", "date", "time", "clock"}
TIMELESS_ROOMS = {"models", "policies", "mapping", "selectors", "services"}
REFUSALS = {"demand", "NotAllowed", "StateConflict", "BadInput"}
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Sample: reverse("orgs:unit"), url_name="years:list"
URL_NAME = re.compile(r"^(?P<app>[a-z]+):[a-z_]+$")


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _chain(node: ast.AST) -> set[str]:
    """The names in `Unit.objects.system("…").filter(…)`."""
    names = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names | {_name(node)}


def words_wait_for_the_reader(source: Source) -> Iterator[str]:
    """gettext where a module is loaded speaks the language of the process for ever: there it is gettext_lazy."""
    names = {
        alias.asname or alias.name
        for node in source.walk(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in {"gettext", "ngettext", "pgettext"}
    }
    inside = {
        id(call)
        for function in source.walk(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        for part in (function.body if isinstance(function.body, list) else [function.body])  # type: ignore[attr-defined]
        for call in ast.walk(part)
    }
    for call in source.walk(ast.Call):
        if isinstance(call, ast.Call) and _name(call.func) in names and id(call) not in inside:
            yield f"line {call.lineno}: words translated when the module is loaded"


def no_string_relation_upwards(source: Source) -> Iterator[str]:
    """ForeignKey("portal.Thing") in a lower app passes the import contract and breaks the order all the same."""
    for call in source.walk(ast.Call):
        if not (isinstance(call, ast.Call) and _name(call.func) in RELATIONS and call.args):
            continue
        target = call.args[0]
        app = ""
        if isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value:
            app = target.value.split(".")[0]
        elif _name(target) == "AUTH_USER_MODEL":
            app = "orgs"
        if app in ranks() and rank(app) > rank(source.app):
            yield f"line {call.lineno}: relation to {app}, which lies above {source.app}"


def no_url_name_of_a_higher_app(source: Source) -> Iterator[str]:
    for node in source.walk(ast.Constant):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = URL_NAME.match(node.value)
            if found and found["app"] in ranks() and rank(found["app"]) > rank(source.app):
                yield f"line {node.lineno}: address {node.value} of an app above {source.app or 'this file'}"


def writes_only_in_services(source: Source) -> Iterator[str]:
    """A write through the ORM anywhere in an app but its services; in the kit, in its views."""
    if source.is_migration or source.room == "services":
        return
    if (source.app == "kit" and not source.parts[-1].startswith("views")) or source.app in {"core", "config"}:
        return
    for call in source.walk(ast.Call):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        name = call.func.attr.removeprefix("a") if call.func.attr.startswith("abulk") else call.func.attr
        is_super = isinstance(call.func.value, ast.Call) and _name(call.func.value.func) == "super"
        # A row is saved or deleted without positional arguments; a Word document or a stored file is not.
        is_row = not (name in {"save", "delete", "create"} and call.args)
        if (name in WRITES and is_row and not is_super) or (
            name == "update" and _chain(call.func.value) & QUERY_WORDS
        ):
            yield f"line {call.lineno}: .{name}() outside services"


def time_is_a_parameter(source: Source) -> Iterator[str]:
    """Inside the house nobody reads a clock; at the edges it is kit.clock. A default=timezone.now reads one too."""
    edge = not (source.app == "core" or source.room in TIMELESS_ROOMS)
    for node in source.walk(ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _name(node.value) in CLOCK_OWNERS:
            owner = _name(node.value)
            if (owner, node.attr) == ("timezone", "localtime") or (edge and owner == "clock"):
                continue
            yield f"line {node.lineno}: {owner}.{node.attr} – take `now` as a parameter"


def only_known_file_names(source: Source) -> Iterator[str]:
    own = ROOMS_OF_THEIR_OWN.get(source.app, set())
    if source.app in ranks() and own is not None and source.room not in FILES_OF_AN_APP | own:
        yield f"{source.room} is no file name of an app (docs/where-things-go.md)"


def refusals_are_messages(source: Source) -> Iterator[str]:
    """What a view refuses with is read on the English page too: `demand(…)`, errors it raises, words it keeps for them."""
    if not source.room.startswith("views"):
        return
    kept = [node.value for node in source.tree.body if isinstance(node, ast.Assign)]
    said = [
        call for call in source.walk(ast.Call) if isinstance(call, ast.Call) and _name(call.func) in REFUSALS
    ]
    for node in [*kept, *said]:
        for bare in _untranslated(node):
            yield f"line {bare.lineno}: {ast.unparse(bare)[:40]} without gettext"


def _untranslated(node: ast.AST) -> Iterator[ast.Constant]:
    """Chinese words below a node that no gettext takes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
        yield node
    if isinstance(node, ast.Call) and _name(node.func) in GETTEXT:
        return
    for child in ast.iter_child_nodes(node):
        yield from _untranslated(child)


def no_admin(source: Source) -> Iterator[str]:
    if "django.contrib.admin" in source.text or source.parts[-1] == "admin":
        yield "Django's admin is not used: it knows neither scope nor audit"


def no_model_signals(source: Source) -> Iterator[str]:
    """Sign-in signals are heard in orgs.handlers, nowhere else; model signals nowhere."""
    model_signals = {
        "pre_save",
        "post_save",
        "pre_delete",
        "post_delete",
        "m2m_changed",
        "post_init",
        "pre_init",
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and _name(node) in model_signals:
            yield f"line {node.lineno}: model signal {_name(node)}"
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module == "django.db.models.signals":
            yield f"line {node.lineno}: model signals"
        if module == "django.dispatch" and source.path != "src/zhize/apps/orgs/handlers.py":
            yield f"line {node.lineno}: a signal; use an event or a contribution"


def services_take_actor_and_now(source: Source) -> Iterator[str]:
    """<entity>_<verb>(*, …, actor, now): keyword-only, so that no call can mix them up.

    In a package only what its __init__ exports is public; the rest are helpers among its modules.
    """
    if source.room != "services":
        return
    doors = exported(source)
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _is_write(node):
            if doors is not None and node.name not in doors:
                continue
            keywords = {argument.arg for argument in node.args.kwonlyargs}
            if missing := {"actor", "now"} - keywords:
                yield f"line {node.lineno}: {node.name} lacks keyword-only {', '.join(sorted(missing))}"
            if node.args.args or node.args.posonlyargs:
                yield f"line {node.lineno}: {node.name} has positional parameters"


def _is_write(function: ast.FunctionDef) -> bool:
    """A public door: it opens a transaction or writes itself. Pure helpers beside it may be what they like."""
    if any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list):
        return True
    calls = [c.func for c in ast.walk(function) if isinstance(c, ast.Call)]
    return any(isinstance(f, ast.Attribute) and f.attr in WRITES for f in calls) or any(
        _name(f) in {"atomic", "record"} for f in calls
    )
