"""Refusals as JSON beside those of the kit: no token, wrong shape, the core's objections, and what nobody foresaw."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zhize.core.kernel.errors import CoreError, NoSuchStep

log = logging.getLogger("zhize.api")


def install(api: NinjaAPI) -> None:
    """Every answer that is no success has `error: {what, where, why, remedy}` and the status that fits it."""

    def answer(request: HttpRequest, status: int, problems: list[dict[str, str]]) -> HttpResponse:
        body = {"error": problems[0], "problems": problems if len(problems) > 1 else []}
        return api.create_response(request, body, status=status)

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, error: Exception) -> HttpResponse:
        response = answer(
            request,
            401,
            [
                _problem(
                    _("没有可用的令牌"),
                    where="Authorization",
                    why=_("令牌缺失、不正确、已过期或已撤销，或者它的岗位已终止"),
                    remedy=_("请用 Authorization: Bearer 后跟令牌；令牌在“接口令牌”页建立"),
                )
            ],
        )
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(ValidationError)
    def misshapen(request: HttpRequest, error: Exception) -> HttpResponse:
        assert isinstance(error, ValidationError)
        return answer(request, 422, [_shape(one) for one in error.errors] or [_problem(_("请求格式不正确"))])

    @api.exception_handler(CoreError)
    def objection(request: HttpRequest, error: Exception) -> HttpResponse:
        assert isinstance(error, CoreError)
        return answer(request, 409 if isinstance(error, NoSuchStep) else 400, [error.as_dict()])

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: Exception) -> HttpResponse:
        assert isinstance(error, HttpError)
        return answer(
            request, error.status_code, [_problem(_("请求不能办理：%(why)s") % {"why": str(error)})]
        )

    @api.exception_handler(SuspiciousOperation)
    def suspicious(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(request, 400, [_problem(_("请求不合要求，没有办理"))])

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, error: Exception) -> HttpResponse:
        number = getattr(request, "request_id", "")
        log.error("request %s failed", number, exc_info=error)
        remedy = _("请把请求编号 %(number)s 告诉系统管理员") % {"number": number}
        return answer(request, 500, [_problem(_("系统出错，没有办理"), remedy=remedy)])


def _problem(what: str, *, where: str = "", why: str = "", remedy: str = "") -> dict[str, str]:
    return {"what": what, "where": where, "why": why, "remedy": remedy}


def _shape(one: dict[str, Any]) -> dict[str, str]:
    """Sample: {"loc": ("body", "data", "version"), "msg": "Input should be a valid integer", "type": "int_parsing"}."""
    return _problem(
        _("格式不正确：%(message)s") % {"message": str(one.get("msg", ""))},
        where=".".join(str(part) for part in one.get("loc", ())),
        remedy=_("请对照接口说明中的类型"),
    )
