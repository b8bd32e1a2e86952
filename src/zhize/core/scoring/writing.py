"""A scheme back to data: `scheme_from(scheme_mapping(s)) == s`; and the digest that names an edition."""

from __future__ import annotations

import hashlib
import json

from ..kernel.rounding import Rounding
from .methods.base import kept
from .scale import Scale, scale_mapping
from .scheme import Away, Demand, Follow, Lacking, Node, Order, Part, Scheme, Source, Veto


def scheme_mapping(scheme: Scheme) -> dict[str, object]:
    """The scheme as data, without what is default."""
    root = scheme.root
    found = kept(
        {
            "code": scheme.code,
            "title": scheme.title,
            "source": scheme.source,
            "note": scheme.note,
            "points": root.points,
            "cap": root.cap,
            "floor": root.floor,
        }
    )
    if (scheme.places, scheme.mode) != (2, Rounding.HALF_UP):
        found["rounding"] = {"places": scheme.places, "mode": scheme.mode.code}
    if scheme.away is not Away.REDISTRIBUTE:
        found["not_applicable"] = scheme.away.value
    if scheme.lacking is not Lacking.OPEN:
        found["missing"] = scheme.lacking.value
    found["blocks"] = [_node(one) for one in root.children]
    if scheme.vetoes:
        found["vetoes"] = [_veto(one) for one in scheme.vetoes]
    if scheme.scale != Scale():
        found["scale"] = scale_mapping(scheme.scale)
    if scheme.order != Order():
        found["order"] = {
            "publish": scheme.order.publish,
            "exact": scheme.order.exact,
            "ties": scheme.order.ties.value,
            "vetoed_last": scheme.order.vetoed_last,
            **kept({"breakers": scheme.order.breakers}),
        }
    if scheme.demands:
        found["demands"] = [_demand(one) for one in scheme.demands]
    return found


def digest_of(scheme: Scheme) -> str:
    """SHA-256 of the scheme as canonical JSON: keys sorted, no spaces, Chinese as it is."""
    text = json.dumps(scheme_mapping(scheme), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _node(node: Node) -> dict[str, object]:
    found = kept(
        {
            "code": node.code,
            "number": node.number,
            "title": node.title,
            "text": node.text,
            "points": node.points,
            "part": None if node.part is Part.BASE else node.part,
            "out_of": node.out_of,
            "cap": node.cap,
            "floor": node.floor,
            "only": node.only,
            "not_applicable": node.away,
            "missing": node.lacking,
            "evidence": node.evidence,
            "scorer": node.scorer,
            "clauses": node.clauses,
            "duties": node.duties,
        }
    )
    if not node.self_scored:
        found["self_scored"] = False
    if node.source != Source():
        found["source"] = kept(
            {"kind": node.source.kind, "codes": node.source.codes, "note": node.source.note}
        )
    if node.method is not None:
        found["method"] = node.method.mapping()
    else:
        found["children"] = [_node(one) for one in node.children]
    return found


def _veto(one: Veto) -> dict[str, object]:
    return kept(
        {
            "code": one.code,
            "title": one.title,
            "grade": one.grade,
            "not_above": one.not_above,
            "lower": one.lower or None,
            "cap": one.cap,
            "clause": one.clause,
        }
    )


def _demand(one: Demand) -> dict[str, object]:
    by = None if one.by is Follow.RECTIFY else one.by.value
    return kept(
        {
            "says": one.says,
            "grades": one.grades,
            "last": one.last or None,
            "days": one.days or None,
            "by": by,
        }
    )
