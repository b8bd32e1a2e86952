"""Transition tables: what they allow, what they refuse in words, and that a badly built one cannot be imported."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core import workflow
from zhize.core.duties.facts import Decision
from zhize.core.kernel.errors import BadTable, NoSuchStep
from zhize.core.workflow import discharge, document_version, work_year
from zhize.core.workflow.table import Action, Status, Step, Table, next_state

TABLES = [
    table
    for module in pkgutil.iter_modules(workflow.__path__)
    if isinstance(table := getattr(import_module(f"{workflow.__name__}.{module.name}"), "TABLE", None), Table)
]


def test_every_table_of_the_house_is_asked_and_has_a_name_of_its_own() -> None:
    assert {"record", "task", "unit_request", "assessment_round"} <= {
        table.id.split(".")[-1] for table in TABLES
    }
    assert len({table.id for table in TABLES}) == len(TABLES) >= 14


def test_a_confirmed_submission_cannot_be_confirmed_again() -> None:
    with pytest.raises(NoSuchStep) as caught:
        next_state(discharge.TABLE, "confirmed", "confirm")
    assert str(caught.value).startswith("已确认的材料不能再次确认。“已确认”已是最后一步。")
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("table", "state", "action", "said"),
    [
        (
            discharge.TABLE,
            "returned",
            "confirm",
            "已退回的材料不能确认。“已退回”之后没有“确认”这一步。现在可以：重新报送、撤回。",
        ),
        (discharge.TABLE, "submitted", "resubmit", "已报送的材料不能重新报送。"),
        (document_version.TABLE, "draft", "repeal", "草稿的文件版本不能废止。"),
        (work_year.TABLE, "closed", "close", "已关账的工作年度不能再次关账。"),
        (work_year.TABLE, "closed", "fly", "已关账的工作年度不能fly。"),
    ],
)
def test_a_step_that_is_not_there_says_what_can_be_done_instead(
    table: Table, state: str, action: str, said: str
) -> None:
    with pytest.raises(NoSuchStep) as caught:
        next_state(table, state, action)
    assert str(caught.value).startswith(said)


def test_an_unknown_state_is_named_with_those_that_exist() -> None:
    with pytest.raises(NoSuchStep, match="没有“lost”这一状态"):
        next_state(discharge.TABLE, "lost", "confirm")


def test_a_returned_submission_is_handed_in_again_and_confirmed() -> None:
    state = discharge.TABLE.initial
    for action, permission in [
        ("return", "discharge.return"),
        ("resubmit", "discharge.submit"),
        ("confirm", "discharge.confirm"),
    ]:
        step = next_state(discharge.TABLE, state, action)
        assert step.permission == permission
        state = step.next_state
    assert discharge.TABLE.status(state).final


def test_the_states_of_a_submission_are_those_the_engine_knows() -> None:
    assert {state.value for state in discharge.TABLE.states} == {member.value for member in Decision}


def test_a_confirmed_document_version_can_no_longer_be_changed() -> None:
    locked = {state.value: state.locked for state in document_version.TABLE.states}
    assert locked == {"draft": False, "confirmed": True, "in_force": True, "repealed": True}


def test_a_closed_year_is_reopened_only_by_a_right_of_its_own() -> None:
    step = next_state(work_year.TABLE, "closed", "reopen")
    assert step.next_state == "open"
    assert [other for other in work_year.TABLE.steps if other.permission == step.permission] == [step]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
@given(data=st.data())
def test_whatever_is_done_there_is_a_way_on_to_an_end(table: Table, data: st.DataObject) -> None:
    """No state without a way out: a thing led anywhere by any steps can still be brought to its end, and only an end holds it.

    A year has no end, since it may be reopened; closing it is always possible.
    """
    state = table.initial
    for _turn in range(data.draw(st.integers(0, 20), label="steps")):
        if steps := table.steps_from(state):
            state = data.draw(st.sampled_from(steps)).next_state
    assert bool(table.steps_from(state)) != table.status(state).final
    seen = {state}
    while more := {step.next_state for one in seen for step in table.steps_from(one)} - seen:
        seen |= more
    ends = {one.value for one in table.states if one.final}
    assert seen & (ends or {one.value for one in table.states if one.locked})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_state_and_action_answers_with_a_step_or_in_words(table: Table) -> None:
    for state in table.states:
        for action in table.actions:
            try:
                step = next_state(table, state.value, action.value)
            except NoSuchStep as error:
                assert error.what and error.why and error.remedy
            else:
                assert step in table.steps_from(state.value)


GOOD = Table(
    "door",
    "门",
    "shut",
    (Status("shut", "关"), Status("open", "开"), Status("gone", "拆", final=True)),
    (Action("open", "开"), Action("remove", "拆")),
    (Step("shut", "open", "open", "p"), Step("open", "remove", "gone", "p")),
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"initial": "ajar"}, "起始状态“ajar”未定义"),
        ({"states": (*GOOD.states, Status("lost", "丢", final=True))}, "“lost”无法到达"),
        ({"states": (*GOOD.states, Status("gone", "拆", final=True))}, "“gone”重复"),
        ({"actions": (*GOOD.actions, Action("paint", "漆"))}, "动作“paint”从未用到"),
        ({"actions": (*GOOD.actions, Action("open", "开"))}, "“open”重复"),
        ({"steps": GOOD.steps[:1]}, "“open”没有出路，又不是终点"),
        (
            {
                "states": (*GOOD.states, Status("ajar", "半开"), Status("stuck", "卡住")),
                "steps": (
                    *GOOD.steps,
                    Step("open", "open", "ajar", "p"),
                    Step("ajar", "open", "stuck", "p"),
                    Step("stuck", "open", "ajar", "p"),
                ),
            },
            "从“ajar”走不到终点；从“stuck”走不到终点",
        ),
        ({"steps": (*GOOD.steps, Step("open", "remove", "shut", "p"))}, "两个去向"),
        ({"steps": (*GOOD.steps, Step("gone", "open", "open", "p"))}, "是终点"),
        ({"steps": (*GOOD.steps, Step("open", "fly", "shut", "p"))}, "动作“fly”未定义"),
        ({"steps": (*GOOD.steps, Step("open", "open", "sky", "p"))}, "状态“sky”未定义"),
        ({"steps": (*GOOD.steps, Step("open", "open", "shut", ""))}, "没有写权限"),
    ],
)
def test_a_badly_built_table_is_refused_at_once(change: dict[str, object], said: str) -> None:
    with pytest.raises(BadTable, match=said):
        replace(GOOD, **change)  # type: ignore[arg-type]
