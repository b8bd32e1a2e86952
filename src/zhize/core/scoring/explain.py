"""A result in words an official reads: the tree of one object, and what it lost where (一市一单)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .numbers import say
from .outcome import ObjectScore, Scored, State
from .scheme import Scheme


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation. `words`: the sentence of the method."""

    depth: int
    code: str
    name: str
    points: str
    score: str
    words: str
    state: State
    is_leaf: bool


def lines_of(root: Scored) -> Iterator[Line]:
    """The table with scores, top down, without the line of the whole."""
    for depth, one in root.walk():
        if one.code:
            yield Line(
                depth=depth - 1,
                code=one.code,
                name=f"{one.number} {one.title}".strip(),
                points="" if one.is_bonus else say(one.points),
                score=one.state.words if one.score is None else say(one.score),
                words=one.words,
                state=one.state,
                is_leaf=one.is_leaf,
            )


@dataclass(frozen=True, slots=True)
class Lost:
    """A leaf where points were lost, and why."""

    code: str
    name: str
    lost: str
    words: str


def lost_points(result: ObjectScore) -> tuple[Lost, ...]:
    """Where the object lost points, the most first; equals in the order of the table."""
    leaves = [one for one in result.root.leaves() if one.lost > 0]
    leaves.sort(key=lambda one: -one.lost)
    return tuple(
        Lost(one.code, f"{one.number} {one.title}".strip(), say(one.lost), one.words) for one in leaves
    )


@dataclass(frozen=True, slots=True)
class GradeBlock:
    """A grade with those who have it, as a notice prints it: A级（3个）：甲、乙、丙; C级：无."""

    code: str
    label: str
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.label}：{'、'.join(self.names) or '无'}"


def grade_blocks(scheme: Scheme, objects: Sequence[ObjectScore]) -> tuple[GradeBlock, ...]:
    """Every grade of the scale, best first, the empty ones too; objects in the order given (the official one)."""
    return tuple(
        GradeBlock(grade.code, grade.label, tuple(one.name for one in objects if one.grade == grade.code))
        for grade in scheme.scale.grades
    )


def sheet_words(result: ObjectScore) -> str:
    """The whole sheet of one object as indented lines."""
    head = f"{result.name}：{result.published if result.published is not None else result.state.words}"
    rows = [
        "　" * (line.depth + 1) + f"{line.name}（{line.points}分）：{line.score}　{line.words}"
        if line.points
        else "　" * (line.depth + 1) + f"{line.name}：{line.score}　{line.words}"
        for line in lines_of(result.root)
    ]
    return "\n".join((head, *rows, *(f"　一票否决：{text}" for text in result.vetoes)))
