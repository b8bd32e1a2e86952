"""REST over the same specs, filters, forms and services as the pages.

`router_for(spec)` gives list, one, create, update. Who asks is the caller's: the API is mounted with an
authentication that returns the actor, which stands in `request.auth`. Errors are JSON with the words of the page
(`install_errors`).
"""

# No `from __future__ import annotations` here: ninja reads the schemas made below from the signatures.
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Router, Schema, Status

from zhize.kit.actor import Actor, system_actor
from zhize.kit.columns import columns_of, row_of
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, Problem, ZhizeError
from zhize.kit.fields import ThingSpec
from zhize.kit.filters import filterset_class
from zhize.kit.forms import form_class, initial_of
from zhize.kit.keyset import BadCursor, slice_of
from zhize.kit.lists import Listing
from zhize.kit.schemas import in_schema, out_schema, query_schema, sent


class ProblemOut(Schema):
    """What is wrong, where, why it matters, what to do."""

    what: str
    where: str = ""
    why: str = ""
    remedy: str = ""


class ErrorOut(Schema):
    error: ProblemOut
    problems: list[ProblemOut] = []


class ConflictOut(ErrorOut):
    """Both versions: `theirs` as saved now (with its `version`), `mine` as sent."""

    theirs: dict[str, Any]
    mine: dict[str, Any]


def router_for(spec: ThingSpec) -> Router:
    """The four operations of a thing. Without a create or update service the operation is not there."""
    router = Router(tags=[spec.kind])
    out = out_schema(spec)
    name = spec.kind.replace(".", "_")
    asked = query_schema(spec, filterset_class(spec, system_actor("names of the filters")))

    class Page(Schema):
        items: list[out]  # type: ignore[valid-type]
        total: int
        total_capped: bool
        next: str
        previous: str

    Page.__name__ = f"{out.__name__}Page"

    @router.get("", response={200: Page, 400: ErrorOut, 403: ErrorOut}, operation_id=f"{name}_list")
    def thing_list(request: HttpRequest, query: Query[asked]) -> Any:  # type: ignore[valid-type]
        known = query.dict()  # type: ignore[attr-defined]
        if unknown := sorted(set(request.GET) - set(known)):
            raise BadInput(
                _("没有这样的参数：%(names)s") % {"names": "、".join(unknown)[:200]},
                why=_("不认识的条件若被忽略，会多给出行"),
                remedy=_("可用的参数：%(names)s") % {"names": "、".join(known)},
            )
        return _list(spec, _viewer(request, spec), known)

    @router.get("/{int:pk}", response={200: out, 403: ErrorOut, 404: ErrorOut}, operation_id=f"{name}_get")
    def thing_get(request: HttpRequest, pk: int) -> Any:
        return sent(spec, _one(spec, _viewer(request, spec), pk))

    if spec.create is not None:
        given = in_schema(spec, partial=False)

        @router.post("", response={201: out, 400: ErrorOut, 403: ErrorOut}, operation_id=f"{name}_create")
        def thing_create(request: HttpRequest, data: given) -> Any:  # type: ignore[valid-type]
            return Status(201, _create(spec, _editor(request, spec), data.dict(exclude_unset=True), request))  # type: ignore[attr-defined]

    if spec.update is not None:
        changed = in_schema(spec, partial=True)

        @router.patch(
            "/{int:pk}",
            response={200: out, 400: ErrorOut, 403: ErrorOut, 404: ErrorOut, 409: ConflictOut},
            operation_id=f"{name}_update",
        )
        def thing_update(request: HttpRequest, pk: int, data: changed) -> Any:  # type: ignore[valid-type]
            return _update(spec, _editor(request, spec), pk, data.dict(exclude_unset=True), request)  # type: ignore[attr-defined]

    return router


def install_errors(api: NinjaAPI) -> None:
    """Refusals as JSON in the words of the pages, for every router of this API."""

    @api.exception_handler(ZhizeError)
    def refuse(request: HttpRequest, error: Exception) -> HttpResponse:
        assert isinstance(error, ZhizeError)
        return api.create_response(request, _error(error), status=error.status)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Exception) -> HttpResponse:
        body = {"error": {"what": _("没有找到"), "remedy": _("请核对编号；别的辖区的内容不可见")}}
        return api.create_response(request, body, status=404)


def _error(error: ZhizeError) -> dict[str, Any]:
    problems = error.problems if isinstance(error, BadInput) else []
    return {"error": _problem(error.problem), "problems": [_problem(p) for p in problems]}


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "what": str(problem.what),
        "where": str(problem.where),
        "why": str(problem.why),
        "remedy": str(problem.remedy),
    }


def _actor(request: HttpRequest) -> Actor:
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise NotAllowed(_("没有可用的身份"), remedy=_("请使用有效的令牌"))
    return actor


def _viewer(request: HttpRequest, spec: ThingSpec) -> Actor:
    actor = _actor(request)
    if not spec.may_view(actor):
        raise NotAllowed(_("您的身份不能查看“%(thing)s”") % {"thing": spec.label})
    return actor


def _editor(request: HttpRequest, spec: ThingSpec) -> Actor:
    actor = _actor(request)
    if not spec.may_edit(actor):
        raise NotAllowed(_("您的身份不能修改“%(thing)s”") % {"thing": spec.label})
    return actor


def _one(spec: ThingSpec, actor: Actor, pk: int) -> Any:
    row = row_of(spec, actor, pk)
    if row is None:
        raise Http404
    return row


def _list(spec: ThingSpec, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page of rows. A machine is told of every mistake: nothing is left out silently."""
    params = QueryDict(mutable=True)
    params.update({name: str(value) for name, value in query.items() if value})
    params["col"] = ",".join(f.name for f in spec.listed_fields)
    listing = Listing(spec, actor, params)
    if listing.notices:
        raise BadInput(_("请求参数有误"), [Problem(what=words) for words in listing.notices])
    try:
        found = slice_of(listing.joined_rows, listing.terms, params.get("cursor", ""), query["limit"])
    except BadCursor as error:
        raise BadInput(
            _("翻页位置无效"), remedy=_("请使用上一页返回的 next 或 previous，排序须与其一致")
        ) from error
    total = listing.total(found)
    columns = columns_of(spec.listed_fields)
    return {
        "items": [sent(spec, row, columns) for row in found.rows],
        "total": total.count,
        "total_capped": total.capped,
        "next": found.next,
        "previous": found.previous,
    }


def _create(spec: ThingSpec, actor: Actor, data: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    assert spec.create is not None
    thing = _written(lambda: spec.create(data=_judged(spec, actor, data), actor=actor, now=_now(request)))
    return sent(spec, _one(spec, actor, thing.pk))


def _update(spec: ThingSpec, actor: Actor, pk: int, data: dict[str, Any], request: HttpRequest) -> Any:
    """What is not sent stays as it is; the version guards it."""
    assert spec.update is not None
    thing = _one(spec, actor, pk)
    version = data.pop("version")
    whole = _judged(spec, actor, data, initial_of(spec, thing))
    try:
        saved = _written(
            lambda: spec.update(thing=thing, data=whole, version=version, actor=actor, now=_now(request))
        )
    except EditConflict as error:
        return Status(409, _error(error) | {"theirs": sent(spec, _one(spec, actor, pk)), "mine": data})
    return sent(spec, _one(spec, actor, saved.pk))


def _judged(
    spec: ThingSpec, actor: Actor, data: dict[str, Any], initial: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The values as the thing's form understands them; its objections as problems, each with its field."""
    make = form_class(spec, actor)
    empty = make()
    values = {
        name: empty.fields[name].prepare_value(value) for name, value in {**(initial or {}), **data}.items()
    }
    form = make({name: "" if value is None else str(value) for name, value in values.items()})
    if form.is_valid():
        return form.data_for_service()
    problems = [
        Problem(where=f"{form.fields[name].label}（{name}）", what=" ".join(map(str, words)))
        for name, words in form.errors.items()
    ]
    raise BadInput(_("内容有误，没有保存"), problems)


def _written(write: Any) -> Any:
    try:
        return write()
    except ValidationError as error:
        raise BadInput(_("内容有误，没有保存"), [Problem(what=words) for words in error.messages]) from error
    except IntegrityError as error:
        raise BadInput(_("与已有的记录重复（如代码相同），没有保存"), remedy=_("请核对后改正")) from error


def _now(request: HttpRequest) -> Any:
    return request.now  # type: ignore[attr-defined]  # set by RequestIdMiddleware
