"""The year, walked by hand: from the call for plans to the circulated result and what one sees of it, in ten steps."""

from __future__ import annotations

from tests.e2e.year import assessment, below, conference, figures, look, plan, registers, tasks
from tests.e2e.year.people import People
from tests.support.product import Product

DAY = "2012-02-06"


def test_the_year(people: People, own_product: Product) -> None:
    """Eleven people at their own screens; every page they come to is looked at (axe, width, one heading)."""
    planned(people)
    own_product.on("2012-03-01")
    below.director_opens_the_year(people)
    below.city_plans(people)
    below.city_works(people)
    below.province_sees_what_came_up(people)
    worked(people, own_product)
    counted(people, own_product)
    own_product.on("2012-11-12")
    tasks.unit_asks_to_close(people)
    tasks.office_closes(people)
    assessed(people, own_product)
    look.leader_follows_the_numbers(people)
    look.leader_looks_by_region(people)
    look.leader_reads_a_clause(people)
    look.leader_on_the_phone(people)


def planned(people: People) -> None:
    """Steps 1 and 2: from the register and the open year to the issued plan."""
    plan.director_registers_the_issuer(people)
    plan.office_calls(people)
    for unit in plan.ITEMS:
        plan.unit_writes(people, unit)
    plan.office_returns_one(people, "省农牧厅")
    plan.unit_corrects(people, "省农牧厅")
    for unit in plan.ITEMS:
        plan.office_accepts(people, unit)
    plan.office_consolidates(people)
    plan.office_records_the_approval(people)
    plan.office_issues_the_plan(people)
    plan.unit_receives(people, "省农牧厅")


def worked(people: People, product: Product) -> None:
    """Steps 3 and 4: a task of the plan, and a conference that makes one."""
    tasks.unit_takes_it_on(people)
    product.on("2012-04-05")
    tasks.unit_reports(people)
    tasks.office_reminds(people)
    tasks.unit_asks_for_more_time(people)
    tasks.office_grants_it(people)

    product.on("2012-06-11")
    conference.office_calls(people)
    for unit in ("省农牧厅", "省质监局"):
        conference.unit_answers(people, unit)
    product.on("2012-06-20")
    conference.office_holds_it(people)
    conference.office_writes_the_minutes(people)
    conference.unit_takes_the_task_on(people)


def counted(people: People, product: Product) -> None:
    """Steps 5 to 7: figures, a department's own register, the summary of the half-year."""
    product.on("2012-07-02")
    figures.office_asks(people)
    for city in figures.CITIES:
        figures.city_fills_in(people, city)
    figures.office_takes_them_in(people)
    figures.office_sets_a_target(people)
    figures.everybody_sees_the_series(people)
    registers.unit_enters_one(people)
    registers.unit_brings_in_an_export(people)
    registers.unit_opens_an_enterprise(people)
    registers.office_asks_for_summaries(people)
    product.on("2012-07-10")
    registers.unit_sums_up(people)
    registers.office_accepts_it(people)


def assessed(people: People, product: Product) -> None:
    """Step 9: from the printed table to the notice and the sheets; the result is recomputed from what was sealed."""
    product.on("2012-11-20")
    assessment.director_writes_the_scheme(people)
    assessment.office_opens_the_round(people)
    product.on("2012-11-28")
    for username in ("lz-office", "ts-office"):
        assessment.city_evaluates_itself(people, username)
    product.on("2012-12-05")
    assessment.office_checks_and_marks(people)
    assessment.office_feeds_back(people)
    assessment.city_reads_its_score(people)
    product.on("2012-12-18")
    assessment.director_records_the_approval(people)
    assessment.director_circulates(people)
    assessment.director_issues_the_sheets(people)
    assessment.city_receives_its_sheet(people)
    assert "核验通过" in product.command("recompute", "--check", "1")
