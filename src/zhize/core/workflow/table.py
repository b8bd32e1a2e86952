"""Transition tables as frozen data: state × action → next state and the permission it needs.

A table is checked when it is built, at import: a state nobody can reach or leave, or from which no way leads to an end, is
a mistake of ours, found before anyone meets it. Who holds a permission is decided in the apps' policies, never here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..kernel.errors import BadTable, NoSuchStep


@dataclass(frozen=True, slots=True)
class Status:
    """A state: value, Chinese label; `final` ends the thing's life, `locked` forbids changing its content."""

    value: str
    label: str
    final: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What a person does: value and the verb on the button."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """From a state by an action to the next state, for whoever holds the permission."""

    state: str
    action: str
    next_state: str
    permission: str


@dataclass(frozen=True, slots=True)
class Table:
    """`noun` names the thing in errors: 材料, 文件版本, 工作年度. `initial` is the state of a new thing."""

    id: str
    noun: str
    initial: str
    states: tuple[Status, ...]
    actions: tuple[Action, ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if faults := list(_faults(self)):
            raise BadTable("；".join(faults), where=f"流程表 {self.id}", remedy="请更正流程表的定义")

    def status(self, value: str) -> Status:
        """The state of that value; NoSuchStep in words if there is none."""
        for state in self.states:
            if state.value == value:
                return state
        raise NoSuchStep(
            f"{self.noun}没有“{value}”这一状态",
            where=self.id,
            why="数据可能由其他版本写入",
            remedy=f"可能的状态：{'、'.join(state.value for state in self.states)}",
        )

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """What can be done in this state, in the order of the table; a page shows buttons from it."""
        return tuple(step for step in self.steps if step.state == state)

    def label_of(self, action: str) -> str:
        """The verb of an action; the value itself if the table does not know it."""
        return next((known.label for known in self.actions if known.value == action), action)


def next_state(table: Table, state: str, action: str) -> Step:
    """The step for an action in a state: its `next_state` and `permission`.

    Raises NoSuchStep: “已确认的材料不能再次确认。…现在可以：…。”
    """
    status = table.status(state)
    possible = table.steps_from(state)
    for step in possible:
        if step.action == action:
            return step
    verb = table.label_of(action)
    leads_here = any(step.action == action and step.next_state == state for step in table.steps)
    again = "再次" if leads_here and not verb.startswith("重新") else ""
    open_to = "、".join(table.label_of(step.action) for step in possible)
    raise NoSuchStep(
        f"{status.label}的{table.noun}不能{again}{verb}",
        why=f"“{status.label}”已是最后一步" if status.final else f"“{status.label}”之后没有“{verb}”这一步",
        remedy=f"现在可以：{open_to}"
        if open_to
        else "如确需更正，请联系办公室另行处理；可能已有他人先行办理，请刷新页面查看",
    )


def _faults(table: Table) -> Iterable[str]:
    states = [state.value for state in table.states]
    actions = [action.value for action in table.actions]
    final = {state.value for state in table.states if state.final}
    yield from (f"“{name}”重复" for name in sorted({name for name in states if states.count(name) > 1}))
    yield from (f"“{name}”重复" for name in sorted({name for name in actions if actions.count(name) > 1}))
    if table.initial not in states:
        yield f"起始状态“{table.initial}”未定义"
    seen: set[tuple[str, str]] = set()
    for step in table.steps:
        yield from (f"状态“{name}”未定义" for name in (step.state, step.next_state) if name not in states)
        if step.action not in actions:
            yield f"动作“{step.action}”未定义"
        if not step.permission:
            yield f"“{step.state}”的“{step.action}”没有写权限"
        if (step.state, step.action) in seen:
            yield f"“{step.state}”的“{step.action}”有两个去向"
        if step.state in final:
            yield f"“{step.state}”是终点，不能再有“{step.action}”"
        seen.add((step.state, step.action))
    used = {step.action for step in table.steps}
    yield from (f"动作“{name}”从未用到" for name in actions if name not in used)
    leaving = {step.state for step in table.steps if step.next_state != step.state}
    yield from (
        f"“{name}”没有出路，又不是终点" for name in states if name not in final and name not in leaving
    )
    reached = _reachable(table, table.initial)
    yield from (f"“{name}”无法到达" for name in states if name not in reached)
    yield from (f"从“{name}”走不到终点" for name in states if final and not final & _reachable(table, name))


def _reachable(table: Table, start: str) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for step in table.steps:
            if step.state == here and step.next_state not in found:
                found.add(step.next_state)
                todo.append(step.next_state)
    return found
