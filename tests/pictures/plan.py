"""How does a plan of the next weeks look beside the calendar?"""

from typing import Any

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import appointments
from kkd_desktop.domain.planning import Limits, Stage
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks
from tests.pictures.desk import Desk, Scene, settle, until
from tests.pictures.woche import woche


def planning_asked(desk: Desk) -> QWidget:
    """What is asked before a plan is made."""
    woche(desk)
    desk.page("woche").propose_plan()
    settle()
    return desk.window


def planned(desk: Desk, weeks: int = 4, seconds: float = 60.0) -> Any:
    """A plan of the next weeks beside the calendar."""
    page = desk.page("woche")
    page.propose_plan()
    plan = page.plan
    plan.make(replace(plan.panel.options.options(), weeks=weeks, limits=Limits(seconds)))
    until(lambda: plan.plan is not None)
    settle()
    return page


def plan_of(
    weeks: int = 4, mode: str = "week", talk: int | None = None, seconds: float = 60.0
) -> Scene:
    def scene(desk: Desk) -> QWidget:
        page = planned(desk, weeks, seconds)
        page.show_mode(mode)
        rows = page.plan.panel.result.list
        if talk is not None:
            rows.choose(page.plan.plan.talks[talk].key)
        page.plan.panel.take_keys()
        settle()
        return desk.window

    return scene


def plan_parts(desk: Desk) -> QWidget:
    """Who has no place, who is late anyway and who is not asked."""
    page = planned(desk)
    rows = page.plan.panel.result.list
    model = rows.plan_model
    for place in range(model.rowCount()):
        rows.setExpanded(model.index(place, 0), place == 5)
    rows.setCurrentIndex(model.index(model.rowCount() - 1, 0))
    rows.scrollToBottom()
    settle()
    return desk.window


def plan_ticked(desk: Desk) -> QWidget:
    """A talk left out, and the one that rests on it; another one is left out from the calendar."""
    page = planned(desk, 8)
    plan, rows = page.plan.plan, page.plan.panel.result.list
    rests = next(talk for talk in plan.talks if plan.resting_on(talk))
    alone = next(talk for talk in plan.talks if talk.nth == 0 and talk is not rests)
    rows.plan_model.toggle_talk(alone)
    rows.choose(rests.key)
    rows.plan_model.toggle_talk(rests)
    settle()
    return desk.window


def plan_outrun(desk: Desk) -> QWidget:
    """Somebody of the plan was given an appointment meanwhile."""
    page = planned(desk)
    talk = page.plan.plan.talks[2]
    desk.session.perform(lambda c: appointments.book(c, talk.client, talk.start, 45))
    settle()
    return desk.window


def plan_taken(desk: Desk) -> QWidget:
    page = planned(desk, 1)
    page.plan.panel.result.accept.click()
    until(lambda: not tasks.is_working())
    return desk.window


def plan_under_way(desk: Desk) -> QWidget:
    woche(desk)
    page = desk.page("woche")
    page.propose_plan()
    page.plan.panel.show_work()
    page.plan.panel.working.show_progress(119, 300, Stage.DEMANDS)
    page.plan.panel.take_keys()
    settle()
    return desk.window


SCENES: dict[str, Scene] = {
    "plan-fragen": planning_asked,
    "plan-arbeit": plan_under_way,
    "plan-vorschlag": plan_of(),
    "plan-vorschlag-tag": plan_of(mode="day", talk=20),
    "plan-vorschlag-vier": plan_of(mode="weeks", talk=30),
    "plan-halbes-jahr": plan_of(26, talk=400, seconds=2),
    "plan-teile": plan_parts,
    "plan-abgewaehlt": plan_ticked,
    "plan-ueberholt": plan_outrun,
    "plan-angenommen": plan_taken,
}
