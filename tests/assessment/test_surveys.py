"""Surveys and visits as sources: registered, filled in as Excel, imported after a dry run, taken by their criterion."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.assessment.conftest import BODY, DECEMBER, NOVEMBER, Play
from tests.assessment.test_pages import go
from tests.world import World

from zhize.apps.assessment import mapping, selectors, services
from zhize.apps.assessment.models import Survey, SurveyResult
from zhize.apps.assessment.selectors import Edition
from zhize.apps.assessment.specs import SURVEY_RESULT
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow

pytestmark = pytest.mark.django_db
DATA = {
    "title": "质量满意度调查", "kind": "survey", "done_by": "某调查中心", "starts_on": date(2012, 10, 8),
    "ends_on": date(2012, 10, 26), "how": "电话访问",
}  # fmt: skip
HEADS = ["测评名称", "考核对象", "测评人群", "发放份数", "有效份数", "测评得分", "得分率"]


@pytest.fixture
def edition() -> Edition:
    """The small scheme with a satisfaction survey of two groups, and visits marked out of 100."""
    body: dict[str, Any] = copy.deepcopy(BODY)
    measures = body["blocks"][1]["children"]
    measures[1] |= {
        "points": "20", "source": {"kind": "survey"}, "out_of": "100", "method": {"kind": "manual", "guidance": "暗访"},
    }  # fmt: skip
    groups = [
        {"code": "e", "title": "企业", "weight": "0.6"},
        {"code": "c", "title": "群众", "weight": "0.4"},
    ]
    measures.append(
        {"code": "public", "number": "4", "title": "满意度", "points": "20", "self_scored": False,
         "method": {"kind": "survey", "at_least": 30, "groups": groups}, "source": {"kind": "survey"}}
    )  # fmt: skip
    scheme, kept = mapping.edition_body(body)
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, kept, digest_of(scheme))


@pytest.fixture
def survey(play: Play, office: Actor) -> Survey:
    return services.survey_register(
        round_=play.round, code="public", data=DATA, report=SimpleUploadedFile("报告.txt", "调查报告".encode()),
        actor=office, now=NOVEMBER,
    )  # fmt: skip


def table(*rows: list[Any]) -> SimpleUploadedFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("结果")
    for line, cells in enumerate([HEADS, *rows]):
        page.write_row(line, 0, cells)
    book.close()
    return SimpleUploadedFile("结果.xlsx", out.getvalue())


def staged(upload: SimpleUploadedFile, actor: Actor) -> Any:
    return import_upload(
        spec=SURVEY_RESULT, upload=upload, name="结果.xlsx", size=upload.size or 0, actor=actor, now=DECEMBER
    )


def put(actor: Actor, *rows: list[Any]) -> Any:
    run = staged(table(*rows), actor)
    run.refresh_from_db()
    return import_publish(run=run, spec=SURVEY_RESULT, only_good=False, actor=actor, now=DECEMBER)


T = DATA["title"]
GOOD = [[T, "兰州市", "企业", 60, 48, 90, None], [T, "兰州市", "群众", None, 40, None, 80]]


def test_a_line_waits_for_every_object_and_group_and_the_report_is_evidence(survey: Survey) -> None:
    rows = SurveyResult.objects.system("test").filter(survey=survey)
    assert [(row.unit.name, row.group) for row in rows] == [
        (name, group) for name in ("兰州市人民政府", "天水市人民政府") for group in ("企业", "群众")
    ]
    assert survey.report is not None and survey.report.dated_on == date(2012, 10, 26)


def test_what_is_imported_scores_the_criterion_with_its_samples_in_words(
    play: Play, survey: Survey, office: Actor
) -> None:
    play.move("open", "check")
    outcome = put(office, *GOOD)
    assert (outcome.added, outcome.changed) == (0, 2)
    entry = play.entry("lz", "public")
    assert entry.facts == {
        "answers": {"e": {"mean": "90", "count": 48, "asked": 60}, "c": {"mean": "80", "count": 40}}
    }
    assert (
        entry.sources[0]["ref"] == f"assessment.survey:{survey.pk}"
        and "某调查中心" in entry.sources[0]["words"]
    )
    assert play.entry("ts", "public").facts == {}, "who has no result stays open"
    play.compute()
    score = selectors.scores_of([play.row("lz")])[play.row("lz").pk]
    words = {one.code: (one.score, one.words) for one in score}["public"]
    assert words[0] == "17.2"
    assert words[1].startswith("企业：发放60份、有效48份，平均90分；群众：40份，平均80分；加权平均86分")


def test_too_few_answers_give_no_value(play: Play, survey: Survey, office: Actor) -> None:
    play.move("open", "check")
    put(office, [T, "兰州市", "企业", 60, 29, 90, None], GOOD[1])
    play.compute()
    row = {one.code: one for one in selectors.scores_of([play.row("lz")])[play.row("lz").pk]}["public"]
    assert (row.state, row.words) == ("missing", "企业只有29份，不能计分")


def test_the_same_table_again_changes_nothing(play: Play, survey: Survey, office: Actor) -> None:
    put(office, *GOOD)
    run = staged(table(*GOOD), office)
    assert run.counts == {**run.counts, "same": 2} and not run.counts.get("change")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ([T, "兰州市", "游客", 60, 48, 90, None], "办法没有“游客”这一人群"),
        ([T, "兰州市", "企业", 40, 48, 90, None], "多于发放的40份"),
        ([T, "兰州市", "企业", 60, 48, 90, 90], "得分和得分率都填了"),
        ([T, "兰州市", "企业", 60, 48, 101, None], "不在 0 至 100 之间"),
        ([T, "兰州市", "企业", None, None, 90, None], "没有填有效份数"),
        ([T, "城关区", "企业", 60, 48, 90, None], "城关区"),
    ],
)
def test_the_dry_run_names_what_is_wrong_and_writes_nothing(
    survey: Survey, office: Actor, row: list[Any], says: str
) -> None:
    run = staged(table(row), office)
    assert run.counts["error"] == 1
    assert says in str(ImportRow.objects.get(run=run, effect="error").problems)
    assert not SurveyResult.objects.system("test").filter(answered__isnull=False).exists()


def test_visits_give_a_figure(play: Play, office: Actor) -> None:
    services.survey_register(
        round_=play.round,
        code="campaign",
        data=DATA | {"title": "暗访", "kind": "visits"},
        actor=office,
        now=NOVEMBER,
    )
    play.move("open", "check")
    put(office, ["暗访", "天水市", "全体", None, None, 75, None])
    assert play.entry("ts", "campaign").facts == {"value": "75"}
    assert (
        play.entry("ts", "campaign").sources[0]["words"]
        == "暗访（某调查中心，2012年10月8日至2012年10月26日）：得75分"
    )


def test_a_mark_somebody_decided_stays(play: Play, survey: Survey, office: Actor) -> None:
    play.move("open", "check")
    mine = {"answers": {"e": {"mean": "70", "count": 50}, "c": {"mean": "70", "count": 50}}}
    play.check("lz", "public", mine)
    put(office, *GOOD)
    entry = play.entry("lz", "public")
    assert entry.facts == mine and entry.collected["answers"]["e"]["mean"] == "90"


def test_a_criterion_that_no_survey_feeds_is_refused(play: Play, office: Actor) -> None:
    with pytest.raises(BadInput, match="这一项不由测评计分"):
        services.survey_register(round_=play.round, code="work", data=DATA, actor=office, now=NOVEMBER)


def test_nobody_below_registers_and_nothing_is_imported_after_approval(
    play: Play, survey: Survey, office: Actor, sibling: Actor
) -> None:
    with pytest.raises(NotAllowed):
        services.survey_change(survey=survey, data=DATA, version=None, actor=sibling, now=NOVEMBER)
    play.move("open", "check")
    put(office, *GOOD)
    for key in ("lz", "ts"):
        play.check(key, "work", {"actual": "4", "target": "4"})
        play.check(key, "duties", {"due": 2, "on_time": 2})
        play.check(key, "campaign", {"value": "80"}, who="head")
    play.check("ts", "public", {"answers": {"e": {"mean": 80, "count": 40}, "c": {"mean": 80, "count": 40}}})
    play.compute()
    play.move("conclude", "feed_back", now=DECEMBER)
    play.approve()
    with pytest.raises(StateConflict, match="不能导入测评结果"):
        put(office, [T, "兰州市", "企业", 60, 50, 95, None])


def test_every_step_is_in_the_log(play: Play, survey: Survey, office: Actor) -> None:
    services.survey_change(
        survey=survey, data={"how": "入户"}, version=survey.version, actor=office, now=NOVEMBER
    )
    put(office, *GOOD)
    types = list(
        LogEntry.objects.system("test")
        .filter(type__startswith="assessment.survey")
        .order_by("pk")
        .values_list("type", flat=True)
    )
    assert types == [
        "assessment.survey.registered",
        "assessment.survey.changed",
        "assessment.survey.imported",
    ]


def test_registered_exported_and_shown_in_the_browser(
    play: Play, as_: Callable[..., Client], world: World, year: WorkYear
) -> None:
    client = as_("office")
    assert "登记测评" in go(client, "round", play.pk)
    form = {**DATA, "code": "public", "report": SimpleUploadedFile("报告.txt", "调查报告".encode())}
    answer = client.post(f"/assessment/rounds/{play.pk}/surveys/new/", form)
    survey = Survey.objects.system("test").get()
    assert answer.status_code == 302 and answer["Location"].endswith(f"/assessment/surveys/{survey.pk}/")
    page = go(client, "survey", survey.pk)
    assert "某调查中心" in page and page.count("待填") == 4
    file = client.get("/assessment/surveys/results/", {"survey": survey.title, "export": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file.streaming_content))).get_sheet_by_index(0)
    cells = [list(row) for row in sheet.iter_rows()]
    start = next(n for n, row in enumerate(cells) if row[0] == "测评名称")
    assert cells[start][: len(HEADS)] == HEADS and len(cells) - start == 5
    assert as_("sibling").get(f"/assessment/surveys/{survey.pk}/").status_code == 404
