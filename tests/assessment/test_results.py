"""From vetoes and objections to approval, seal, circular and sheets; and that anybody can work it out again."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.assessment.conftest import DECEMBER, Play
from tests.world import World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Appeal, Round
from zhize.apps.cli.recompute import bundle as bundle_command
from zhize.core.scoring.seal import recompute
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def file_appeal(play: Play, sibling: Actor, text: str = "一项任务属不可抗力。", code: str = "work") -> Appeal:
    return services.appeal_file(assessed=play.row("lz"), code=code, text=text, actor=sibling, now=DECEMBER)


def test_a_veto_makes_the_grade_and_leaves_the_points(play: Play, director: Actor) -> None:
    play.to_appeals()
    services.veto_record(
        assessed=play.row("lz"), code="incident", reason="八月发生区域性事件", happened_on=date(2012, 8, 3), actor=director, now=DECEMBER,
    )  # fmt: skip
    play.compute()
    lz = play.row("lz")
    assert (lz.grade, lz.before_veto, str(lz.total)) == ("D", "A", "90.0000")
    assert lz.demands == ["书面报告整改情况（30天内）"]


def test_a_veto_taken_back_gives_the_grade_back_and_the_record_stays(play: Play, director: Actor) -> None:
    play.to_appeals()
    veto = services.veto_record(
        assessed=play.row("lz"), code="incident", reason="事件", actor=director, now=DECEMBER
    )
    services.veto_lift(veto=veto, reason="经核查责任不在本市", actor=director, now=DECEMBER)
    play.compute()
    assert play.row("lz").grade == "A"
    assert selectors.vetoes_of([play.row("lz")])[play.row("lz").pk][0].lift_reason == "经核查责任不在本市"
    with pytest.raises(StateConflict, match="已经撤销"):
        services.veto_lift(veto=veto, reason="再撤", actor=director, now=DECEMBER)


def test_only_the_director_records_a_veto_that_the_scheme_has(
    play: Play, office: Actor, director: Actor
) -> None:
    play.to_appeals()
    with pytest.raises(NotAllowed, match="办公室主任"):
        services.veto_record(
            assessed=play.row("lz"), code="incident", reason="事件", actor=office, now=DECEMBER
        )
    with pytest.raises(BadInput, match="可选：发生区域性质量安全事件"):
        services.veto_record(
            assessed=play.row("lz"), code="other", reason="事件", actor=director, now=DECEMBER
        )


def test_an_objection_is_filed_answered_by_others_and_then_the_criterion_is_checked_anew(
    play: Play, sibling: Actor, director: Actor
) -> None:
    play.to_appeals()
    appeal = file_appeal(play, sibling)
    done = services.appeal_answer(appeal=appeal, action="uphold", answer="情况属实", version=None, actor=director, now=DECEMBER)  # fmt: skip
    assert done.state == Appeal.State.UPHELD
    play.check("lz", "work", {"actual": 3, "target": 3}, reason="剔除一项不可抗力")
    play.compute()
    assert str(play.row("lz").total) == "90.0000"


def test_who_scored_the_criterion_does_not_answer_the_objection_to_it(
    play: Play, sibling: Actor, office: Actor
) -> None:
    play.to_appeals()
    appeal = file_appeal(play, sibling)
    with pytest.raises(NotAllowed, match="须回避"):
        services.appeal_answer(
            appeal=appeal, action="reject", answer="维持", version=None, actor=office, now=DECEMBER
        )


@pytest.mark.parametrize("who", ["sibling2", "office", "liaison"])
def test_only_the_assessed_object(play: Play, world: World, who: str) -> None:
    play.to_appeals()
    with pytest.raises(NotAllowed):
        file_appeal(play, world.actor(who))


def test_after_the_last_day_nobody_objects(play: Play, sibling: Actor) -> None:
    play.to_appeals()
    Round.objects.system("test").filter(pk=play.pk).update(appeal_due_on=date(2012, 12, 7))
    with pytest.raises(StateConflict, match="申辩期限（2012-12-07）已过"):
        file_appeal(play, sibling)


def test_no_approval_while_an_objection_waits_or_the_sum_is_old(
    play: Play, sibling: Actor, director: Actor
) -> None:
    play.to_appeals()
    appeal = file_appeal(play, sibling)
    with pytest.raises(StateConflict, match="还有 1 件申辩没有答复"):
        play.approve()
    services.appeal_withdraw(appeal=appeal, version=None, actor=sibling, now=DECEMBER)
    play.check("lz", "work", {"actual": 3, "target": 4})
    with pytest.raises(StateConflict, match="得分还没有重新计算"):
        play.approve()


def test_approval_seals_the_result_and_repeating_it_finds_nothing(play: Play) -> None:
    play.to_appeals()
    freeze = play.approve()
    assert play.round.state == Round.State.APPROVED and recompute(freeze.payload, freeze.sha256) == []
    sealed = json.loads(freeze.payload)
    assert [one["published"] for one in sealed["result"]["objects"]] == ["90.00", "70.00"]
    with pytest.raises(StateConflict, match="“已审定”的考核不能评分"):
        play.check("lz", "work", {"actual": 1, "target": 4})


def test_any_changed_byte_of_the_seal_is_found(play: Play) -> None:
    play.to_appeals()
    freeze = play.approve()
    forged = freeze.payload.replace('"actual":"3"', '"actual":"4"')
    assert forged != freeze.payload
    assert "内容被改动过" in recompute(forged, freeze.sha256)[0]
    differing = recompute(forged)
    assert any("objects[test-ts_gov].total：原为“70”，重算为“80”" in text for text in differing), differing


def test_the_bundle_is_checked_without_the_database(play: Play, director: Actor, tmp_path: Path) -> None:
    play.to_appeals()
    play.approve()
    target = BytesIO()
    services.bundle_export(round_=play.round, target=target, actor=director, now=DECEMBER)
    path = tmp_path / "bundle.zip"
    path.write_bytes(target.getvalue())
    assert services.check_bundle(path) == []
    with zipfile.ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    with zipfile.ZipFile(path, "w") as forged:
        for name, content in parts.items():
            forged.writestr(name, content.replace(b'"value":"20"', b'"value":"40"') if name == "sealed.json" else content)  # fmt: skip
    assert services.check_bundle(path)


@pytest.fixture
def bundle(play: Play, director: Actor, tmp_path: Path) -> Path:
    play.to_appeals()
    play.approve()
    path = tmp_path / "bundle.zip"
    with path.open("w+b") as target:
        services.bundle_export(round_=play.round, target=target, actor=director, now=DECEMBER)
    return path


def verified(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The bundle's own program, with the standard library alone (-I -S: no site packages, nothing of ours on the path)."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *more]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120)


def test_the_bundle_verifies_itself_with_python_alone(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as held:
        held.extractall(tmp_path / "b")
        seal = json.loads(held.read("manifest.json"))["sha256"]
    done = verified(tmp_path / "b", "--seal", seal[:16])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "核验通过" in done.stdout
    assert verified(tmp_path / "b", "--seal", "0" * 16).returncode == 1
    assert verified(tmp_path / "b", str(bundle)).returncode == 0


def test_a_byte_changed_in_any_file_of_the_bundle_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    with zipfile.ZipFile(bundle) as held:
        held.extractall(folder)
        names = held.namelist()
    for name in set(names) - {"verify.py"}:
        whole = (folder / name).read_bytes()
        at = len(whole) // 2
        (folder / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert verified(folder).returncode in (1, 2), name
        (folder / name).write_bytes(whole)
    with (folder / "verify.py").open("a") as file:
        file.write("# changed\n")
    assert "verify.py 与清单中的摘要不符" in verified(folder).stdout


def test_the_command_exports_what_the_stand_alone_program_checks_and_a_changed_byte_is_found(
    play: Play, director: Actor, tmp_path: Path
) -> None:
    """`zhize bundle ROUND FILE`; the program runs as a process of its own, the seal as the circular prints it."""
    play.to_appeals()
    seal = play.approve().sha256
    path, folder = tmp_path / "round.zip", tmp_path / "round"
    told = CliRunner().invoke(bundle_command, [str(play.pk), str(path)])
    assert told.exit_code == 0 and seal in told.output, told.output
    assert "已存在" in CliRunner().invoke(bundle_command, [str(play.pk), str(path)]).output
    with zipfile.ZipFile(path) as held:
        held.extractall(folder)
    printed = " ".join(seal[n : n + 16] for n in range(0, 64, 16))
    assert verified(folder, "--seal", printed).returncode == 0
    assert verified(folder, "--seal", "0" * 16).returncode == 1
    content = bytearray((folder / "sealed.json").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "sealed.json").write_bytes(content)
    found = verified(folder)
    assert found.returncode == 1 and "封存内容与封存摘要不符" in found.stdout


def test_the_same_seal_gives_the_same_bundle(bundle: Path, play: Play, director: Actor) -> None:
    again = BytesIO()
    services.bundle_export(round_=play.round, target=again, actor=director, now=DECEMBER)
    assert again.getvalue() == bundle.read_bytes()
