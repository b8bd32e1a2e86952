"""Addresses of this app."""

from django.urls import path, register_converter

from zhize.apps.regulations.views import (
    checking,
    clauses,
    duties,
    duty_papers,
    handing_over,
    names,
    obligations,
    overview,
    published,
    rollover,
    rules,
    texts,
    versions,
    waivers,
    work_rules,
)


class Decision:
    """confirm or return."""

    regex = "confirm|return"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Decision, "decision")

app_name = "regulations"
urlpatterns = [
    path("regulations/", texts.index, name="index"),
    path("regulations/new/", texts.create, name="create"),
    path("regulations/<int:pk>/", texts.detail, name="detail"),
    path("work-rules/", work_rules.index, name="work_rules"),
    path("work-rules/new/", work_rules.create, name="work_rule_create"),
    path("work-rules/<int:pk>/", work_rules.detail, name="work_rule"),
    path("work-rules/<int:pk>/adopt/", work_rules.adopt, name="work_rule_adopt"),
    path("work-rules/<int:pk>/review/", work_rules.review, name="work_rule_review"),
    path("work-rules/<int:pk>/end/", work_rules.end, name="work_rule_end"),
    path("regulations/<int:pk>/versions/new/", versions.create, name="version_create"),
    path("regulations/versions/<int:pk>/compare/", versions.compare, name="compare"),
    path("regulations/versions/<int:pk>/carry/", versions.carry, name="carry"),
    path("regulations/versions/<int:pk>/confirm/", checking.confirm, name="confirm"),
    path("regulations/versions/<int:pk>/rows/", checking.rows, name="rows"),
    path("regulations/versions/<int:pk>/names/", names.decide, name="names"),
    path("regulations/names/<int:pk>/forget/", names.forget, name="name_forget"),
    path("regulations/rows/<int:pk>/", checking.row, name="row"),
    path("regulations/clauses/<int:pk>/", clauses.clause, name="clause"),
    path("regulations/<int:pk>/open/", published.opened, name="open"),
    path("public/<slug:place>/<slug:document>/<int:number>/", published.text, name="public_text"),
    path(
        "public/<slug:place>/<slug:document>/<int:number>/<str:clause>/",
        published.clause,
        name="public_clause",
    ),
    path("duties/", duties.listed, name="duties"),
    path("duties/paper/", duty_papers.paper, name="duties_paper"),
    path("duties/take-over/", duties.take_over, name="take_over"),
    path("duties/mine/", duties.mine, name="mine"),
    path("duties/<int:pk>/", duties.detail, name="duty"),
    path("duties/<int:pk>/edit/", duties.edit, name="duty_edit"),
    path("duties/<int:pk>/rule/", rules.rule, name="duty_rule"),
    path("duties/units/<int:pk>/", duties.unit, name="unit"),
    path("obligations/", obligations.listed, name="obligations"),
    path("obligations/matrix/", overview.matrix, name="matrix"),
    path("duties/gaps/", overview.gaps, name="gaps"),
    path("obligations/successors/", handing_over.hand_over, name="hand_over"),
    path("obligations/rollover/", rollover.roll_over, name="roll_over"),
    path("obligations/<int:pk>/", obligations.detail, name="obligation"),
    path("obligations/<int:pk>/submit/", obligations.submit, name="submit"),
    path("obligations/<int:pk>/<decision:action>/", obligations.decide, name="decide"),
    path("obligations/<int:pk>/withdraw/", obligations.withdraw, name="withdraw"),
    path("obligations/<int:pk>/waiver/", waivers.ask_waiver, name="waiver_ask"),
    path("obligations/<int:pk>/waiver/answer/", waivers.answer_waiver, name="waiver_answer"),
    path("obligations/<int:pk>/waiver/withdraw/", waivers.withdraw_waiver, name="waiver_withdraw"),
    path("obligations/<int:pk>/waive/", waivers.waive, name="waive"),
    path("obligations/<int:pk>/lift/", waivers.lift, name="lift"),
]
