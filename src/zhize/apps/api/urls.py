"""/api/v1/: every described thing that names an `api_scope`, and the steps written by hand (ADR 0011).

Built when the addresses are loaded, after all apps have registered their specs.
"""

# No `from __future__ import annotations` here: ninja reads the signatures.
from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Router, Swagger

from zhize import __version__
from zhize.apps.api import errors, obligations, packs, requests
from zhize.apps.api.auth import Token, signed_in_or_token
from zhize.apps.api.schemas import Me
from zhize.kit.api import ErrorOut, install_errors, router_for
from zhize.kit.fields import specs

UNCOUNTED = {"evidence"}


def path_of(kind: str) -> str:
    """The address of a kind: its own name, several of it.

    >>> path_of("regulations.duty"), path_of("years.calendar_day"), path_of("documents.evidence")
    ('/duties', '/calendar-days', '/evidence')
    """
    name = kind.partition(".")[2].replace("_", "-")
    if name in UNCOUNTED:
        return f"/{name}"
    if name.endswith("y") and name[-2] not in "aeiou":
        return f"/{name[:-1]}ies"
    return f"/{name}s"


REFUSALS = {
    400: "内容有误，没有办理",
    401: "没有可用的令牌",
    403: "没有这项权限",
    404: "没有找到，或不在可见范围",
    422: "格式不正确",
}


class DescribedApi(NinjaAPI):
    """Every operation may refuse in these ways; said once here instead of at each operation."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorOut"}}}
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, words in REFUSALS.items():
                    operation["responses"].setdefault(status, {"description": words, "content": content})
        return schema


nowhere = Router()


@nowhere.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False, operation_id="nowhere"
)
def not_there(request: HttpRequest, rest: str) -> Any:
    """Any other address below /api/v1/: 404 in JSON like every refusal, not the browser's page."""
    raise Http404


def build() -> NinjaAPI:
    made = DescribedApi(
        title="质责 Zhize",
        version="1",
        description=f"{__version__} · Authorization: Bearer zz_… · 以令牌的岗位办理，只有令牌的权限",
        urls_namespace="api",
        auth=Token(),
        docs=Swagger(settings={"persistAuthorization": False}),
        docs_decorator=signed_in_or_token,
    )
    errors.install(made)
    install_errors(made)

    @made.get("/me", response={200: Me, 401: ErrorOut}, operation_id="me", tags=["me"])
    def me(request: HttpRequest) -> Any:
        """Whom this token acts as, and what for."""
        actor = request.auth  # type: ignore[attr-defined]
        return Me(
            username=actor.username,
            name=actor.name,
            post=actor.post_title,
            unit=actor.unit_name,
            jurisdiction=actor.jurisdiction_code,
            jurisdiction_name=actor.jurisdiction_name,
            roles=sorted(actor.roles),
            scopes=request.token_scopes,  # type: ignore[attr-defined]
        )

    for spec in specs().values():
        if spec.api_scope:
            made.add_router(path_of(spec.kind), router_for(spec), auth=Token(spec.api_scope))
    made.add_router("", obligations.router, auth=Token("obligations"))
    made.add_router("", requests.router, auth=Token("requests"))
    made.add_router("", packs.router, auth=Token("requests"))
    made.add_router("", nowhere)
    return made


api = build()
