"""An objection is answered by other people: not by who ever decided what it contests, not with others' papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.assessment.conftest import DECEMBER, Play
from tests.kit.bad_files import pdf_file
from tests.world import World

from zhize.apps.assessment import services
from zhize.apps.assessment.models import Appeal, Entry, EntryEvidence
from zhize.apps.documents.services import evidence_register
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed


def filed(play: Play, actor: Actor, code: str) -> Appeal:
    return services.appeal_file(
        assessed=play.row("lz"), code=code, text="请复核。", actor=actor, now=DECEMBER
    )


def answered(appeal: Appeal, actor: Actor) -> Appeal:
    return services.appeal_answer(
        appeal=appeal, action="reject", answer="维持", version=None, actor=actor, now=DECEMBER
    )


def test_the_first_scorer_does_not_answer_after_somebody_scored_anew(
    play: Play, world: World, sibling: Actor
) -> None:
    play.to_appeals()
    appeal = filed(play, sibling, "work")
    play.check("lz", "work", {"actual": 3, "target": 4}, who="director", reason="复核")
    for who in ("office", "director"):
        with pytest.raises(NotAllowed, match="不能答复这件申辩"):
            answered(appeal, world.actor(who))
    assert answered(appeal, world.actor("leader")).state == Appeal.State.REJECTED


def test_an_objection_to_the_whole_is_not_answered_by_who_scored_any_of_it(
    play: Play, world: World, sibling: Actor
) -> None:
    play.to_appeals()
    appeal = filed(play, sibling, "")
    with pytest.raises(NotAllowed):
        answered(appeal, world.actor("office"))
    assert answered(appeal, world.actor("director")).state == Appeal.State.REJECTED


def test_who_recorded_a_veto_does_not_answer_about_it_until_it_is_lifted(
    play: Play, world: World, director: Actor, sibling: Actor
) -> None:
    play.to_appeals()
    veto = services.veto_record(
        assessed=play.row("lz"), code="incident", reason="通报", actor=director, now=DECEMBER
    )
    appeal = filed(play, sibling, "")
    with pytest.raises(NotAllowed):
        answered(appeal, director)
    services.veto_lift(veto=veto, reason="查无实据", actor=director, now=DECEMBER)
    assert answered(appeal, director).state == Appeal.State.REJECTED


@pytest.mark.parametrize("who", ["sibling", "sibling2", "head", "auditor", "external"])
def test_nobody_but_office_and_leaders_answers(play: Play, world: World, sibling: Actor, who: str) -> None:
    play.to_appeals()
    appeal = filed(play, sibling, "work")
    with pytest.raises(NotAllowed):
        answered(appeal, world.actor(who))


def test_an_objection_names_only_what_its_own_object_handed_in(play: Play, sibling: Actor) -> None:
    play.to_appeals()
    papers = {}
    for key in ("lz", "ts"):
        papers[key] = evidence_register(
            upload=SimpleUploadedFile(f"{key}.pdf", pdf_file(text=key)), jurisdiction=play.round.jurisdiction,
            dated_on=date(2012, 11, 1), actor=sibling, now=DECEMBER,
        )  # fmt: skip
        entry = Entry.objects.system("test").get(assessed=play.row(key), code="campaign")
        EntryEvidence.objects.create(entry=entry, evidence=papers[key])
    with pytest.raises(BadInput, match="“ts”不是本对象自评时报送的材料"):
        services.appeal_file(
            assessed=play.row("lz"), code="work", text="请复核。", existing=list(papers.values()), actor=sibling, now=DECEMBER,
        )  # fmt: skip
    assert not Appeal.objects.system("test").exists()
    made = services.appeal_file(
        assessed=play.row("lz"),
        code="work",
        text="请复核。",
        existing=[papers["lz"]],
        actor=sibling,
        now=DECEMBER,
    )
    assert [one.pk for one in made.evidence.system("test")] == [papers["lz"].pk]
