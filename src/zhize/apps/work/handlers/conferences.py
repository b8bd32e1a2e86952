"""What conferences register when the product starts, and what they hear from below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.events import OfficialIssued, OfficialSigned
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.requests.events import CommentsDecided, RequestSubmitted
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.mapping.situation import DECISION, FIGURE
from zhize.apps.work.models import Conference
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conference_figures, conferences, minutes, situation
from zhize.apps.work.services import (
    conference_call,
    conference_minuted,
    refuse_unsettled,
    topics_follow,
    wordings_follow,
)
from zhize.apps.work.services.attendance import ATTENDED, HELD
from zhize.apps.work.services.conference_common import KIND
from zhize.apps.work.specs import conferences as specs
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.events import on
from zhize.kit.figures import register_figures
from zhize.kit.measures import DischargeSource, register_measure, register_source
from zhize.kit.things import register_thing


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    specs.register()
    register_thing(KIND, conferences.conference_cards)
    register_thing(DECISION, situation.decision_cards)
    register_thing(FIGURE, situation.situation_cards)
    register_figures(DECISION, situation.decision_figures)
    register_figures(FIGURE, situation.situation_figures)
    register_source(DischargeSource(HELD, _("召开联席会议"), url_name="work:conferences"))
    register_source(DischargeSource(ATTENDED, _("参加联席会议（到会登记）"), conference_figures.attended))
    register_measure(conference_figures.ATTENDANCE)
    on(OfficialIssued, on_official_issued)
    on(OfficialSigned, on_official_signed)
    on(CommentsDecided, on_comments_decided)
    on(RequestSubmitted, on_submitted)
    contributions.search.add(contributions.SearchSource(_("会议"), conferences.find_conferences), rank=26)
    contributions.digests.add(contributions.DigestSource("conferences", conference_figures.digest), rank=30)
    contributions.clause_sections.add(
        contributions.ClauseSection(_("会议"), "work/_clause_conferences.html", conference_figures.of_clause),
        rank=40,
    )
    contributions.draft_parts[KIND] = minutes.minutes_parts
    contributions.todo_verbs |= {
        "conference.reply": _("回执"),
        "conference.paper": _("提交"),
        "conference.leave": _("审批"),
    }
    item, see = contributions.NavItem, policies.may_see_conferences
    contributions.nav.add(item("meetings", _("会议"), "work:conferences", see, "presentation"), rank=60)


def on_submitted(event: RequestSubmitted) -> None:
    """An answer to a conference's call for topics becomes its topics."""
    topics_follow(request=event.request, actor=event.actor, now=event.now)


def on_comments_decided(event: CommentsDecided) -> None:
    """What the office takes of the units' comments on minutes goes into their draft."""
    if event.call.source_kind == KIND:
        wordings_follow(call=event.call, comments=event.comments, actor=event.actor, now=event.now)


def on_official_signed(event: OfficialSigned) -> None:
    """Minutes are not signed while a round on them is unsettled."""
    document = event.document
    if document.source_kind != KIND or document.kind != OfficialDocument.Kind.MINUTES:
        return
    rows = Conference.objects.system("minutes of this conference are signed").filter(
        pk=document.source_id or 0
    )
    if conference := rows.first():
        refuse_unsettled(conference)


def on_official_issued(event: OfficialIssued) -> None:
    """The call that goes out calls the conference; the minutes that go out close it."""
    document = event.document
    if document.source_kind != KIND:
        return
    row = Conference.objects.system("a document of this conference went out").filter(
        pk=document.source_id or 0
    )
    conference = row.select_related("jurisdiction").first()
    if conference is None:
        return
    if document.kind == OfficialDocument.Kind.NOTICE and conference.state == Conference.State.PREPARING:
        conference_call(conference=conference, actor=event.actor, now=event.now)
    if document.kind == OfficialDocument.Kind.MINUTES and conference.state == Conference.State.HELD:
        conference_minuted(conference=conference, number=document.number, actor=event.actor, now=event.now)
