"""A scheme from data and back. What cannot be understood is refused with its place; what is merely wrong as a table
(points that don't add up, holes) is read all the same and told by `findings`."""

from __future__ import annotations

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.rounding import Rounding
from .methods import method_from
from .numbers import number_or_none, say
from .scale import Scale, rounding_from, scale_from
from .scheme import Away, Demand, Follow, Lacking, Node, Order, Part, Scheme, Source, SourceKind, Ties, Veto

SCHEME = (
    "code", "title", "source", "note", "points", "cap", "floor", "rounding", "not_applicable", "missing", "blocks",
    "vetoes", "scale", "order", "demands",
)  # fmt: skip
NODE = (
    "code", "number", "title", "text", "points", "part", "out_of", "cap", "floor", "only", "not_applicable", "missing",
    "children", "method", "source", "evidence", "scorer", "self_scored", "clauses", "duties",
)  # fmt: skip
DEEPEST = 8


def scheme_from(data: object, where: str = "scheme") -> Scheme:
    """The scheme of {code, title, points, blocks, scale, …}. Raises BadRule naming place and remedy."""
    fields = Fields(data, SCHEME, where)
    blocks = tuple(_node(entry, place, 1) for entry, place in fields.items("blocks"))
    if not blocks:
        raise BadRule("没有考核项目", where=fields.place("blocks"), remedy="请至少写一个项目")
    places, mode = rounding_from(fields, "rounding", 2) if fields.has("rounding") else (2, Rounding.HALF_UP)
    root = Node(
        code="",
        title=fields.text("title"),
        points=number_or_none(fields, "points"),
        cap=number_or_none(fields, "cap"),
        floor=number_or_none(fields, "floor"),
        children=blocks,
    )
    scheme = Scheme(
        code=fields.text("code", ""),
        title=root.title,
        root=root,
        scale=scale_from(fields.data["scale"], fields.place("scale")) if fields.has("scale") else Scale(),
        source=fields.text("source", ""),
        note=fields.text("note", ""),
        places=places,
        mode=mode,
        away=fields.choice("not_applicable", Away, Away.REDISTRIBUTE),
        lacking=fields.choice("missing", Lacking, Lacking.OPEN),
        vetoes=tuple(_veto(entry, place) for entry, place in fields.items("vetoes")),
        order=_order(fields),
        demands=tuple(_demand(entry, place) for entry, place in fields.items("demands")),
    )
    _refuse_repeated_codes(root, fields.place("blocks"))
    _refuse_unknown_grades(scheme, where)
    return scheme


def _node(data: object, where: str, depth: int, above: Part = Part.BASE) -> Node:
    """`above`: what the criterion above is; whatever stands under an addition is one."""
    fields = Fields(data, NODE, where)
    if depth > DEEPEST:
        raise BadRule("层级过深", where=where, remedy=f"考核表不超过{DEEPEST}层")
    part = Part.BONUS if above is Part.BONUS else fields.choice("part", Part, Part.BASE)
    children = tuple(_node(entry, place, depth + 1, part) for entry, place in fields.items("children"))
    has_method = fields.has("method")
    if has_method == bool(children):
        raise BadRule(
            "既有下级项目又有计分方法" if children else "既没有下级项目，也没有计分方法",
            where=where,
            remedy="有下级的写 children，末级写 method，只写一种",
        )
    points = number_or_none(fields, "points")
    if has_method and points is None and part is Part.BASE:
        raise BadRule("末级项目没有分值", where=where, remedy="请写 points")
    if points is not None and points < 0:
        raise BadRule(
            f"分值“{say(points)}”小于 0", where=fields.place("points"), remedy="扣分项写 part: bonus"
        )
    out_of = number_or_none(fields, "out_of")
    if out_of is not None and (out_of <= 0 or points is None):
        raise BadRule(
            "折算的满分不合适", where=fields.place("out_of"), remedy="请填大于 0 的数，并写明 points"
        )
    code = fields.text("code")
    return Node(
        code=code,
        number=fields.text("number", ""),
        title=fields.text("title"),
        text=fields.text("text", ""),
        points=points,
        part=part,
        out_of=out_of,
        cap=number_or_none(fields, "cap"),
        floor=number_or_none(fields, "floor"),
        only=texts(fields, "only"),
        away=fields.choice("not_applicable", Away) if fields.has("not_applicable") else None,
        lacking=fields.choice("missing", Lacking) if fields.has("missing") else None,
        method=method_from(fields.data["method"], fields.place("method")) if has_method else None,
        source=_source(fields),
        evidence=texts(fields, "evidence"),
        scorer=fields.text("scorer", ""),
        self_scored=fields.flag("self_scored", True),
        clauses=texts(fields, "clauses"),
        duties=texts(fields, "duties"),
        children=children,
    )


def texts(fields: Fields, name: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one."""
    if isinstance(fields.data.get(name), str):
        return (fields.text(name),)
    found = []
    for entry, place in fields.items(name):
        if not isinstance(entry, str):
            raise BadRule(f"“{entry}”不是文字", where=place, remedy="请用引号写成文字")
        found.append(entry)
    return tuple(found)


def _source(fields: Fields) -> Source:
    if not fields.has("source"):
        return Source()
    one = fields.child("source", ("kind", "codes", "note"))
    return Source(one.choice("kind", SourceKind), texts(one, "codes"), one.text("note", ""))


def _veto(data: object, where: str) -> Veto:
    fields = Fields(data, ("code", "title", "grade", "not_above", "lower", "cap", "clause"), where)
    fields.only_one(("grade", "not_above", "lower", "cap"))
    return Veto(
        code=fields.text("code"),
        title=fields.text("title"),
        grade=fields.text("grade", ""),
        not_above=fields.text("not_above", ""),
        lower=fields.integer("lower", 1, 20) if fields.has("lower") else 0,
        cap=number_or_none(fields, "cap"),
        clause=fields.text("clause", ""),
    )


def _order(fields: Fields) -> Order:
    if not fields.has("order"):
        return Order()
    one = fields.child("order", ("publish", "exact", "ties", "breakers", "vetoed_last"))
    return Order(
        one.flag("publish", False),
        one.flag("exact", True),
        one.choice("ties", Ties, Ties.SKIP),
        texts(one, "breakers"),
        one.flag("vetoed_last", True),
    )


def _demand(data: object, where: str) -> Demand:
    fields = Fields(data, ("says", "grades", "last", "days", "by"), where)
    fields.only_one(("grades", "last"))
    return Demand(
        says=fields.text("says"),
        grades=texts(fields, "grades"),
        last=fields.integer("last", 1, 10**6) if fields.has("last") else 0,
        days=fields.integer("days", 0, 10_000, 0),
        by=fields.choice("by", Follow, Follow.RECTIFY),
    )


def _refuse_repeated_codes(root: Node, where: str) -> None:
    """A code names the facts of a leaf: twice the same would mix them. Printed numbers may repeat, codes may not."""
    seen: set[str] = set()
    for _, node in root.walk():
        if node.code in seen:
            raise BadRule(
                f"编号“{node.code}”用了两次", where=where, remedy="code 不能重复；印刷序号写在 number"
            )
        seen.add(node.code)


def _refuse_unknown_grades(scheme: Scheme, where: str) -> None:
    known = [one.code for one in scheme.scale.grades]
    named = [(f"vetoes[{n}]", code) for n, one in enumerate(scheme.vetoes, 1) for code in (one.grade, one.not_above) if code]  # fmt: skip
    named += [(f"demands[{n}]", code) for n, one in enumerate(scheme.demands, 1) for code in one.grades]
    for place, code in named:
        if code not in known:
            raise BadRule(
                f"没有“{code}”这一等次",
                where=f"{where}.{place}",
                remedy=f"可选：{'、'.join(known) or '先写 scale'}",
            )
