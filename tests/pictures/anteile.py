"""How do the shares of a caseload look, and the fewest talks that reach them?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import casework, policies, quotas
from kkd_desktop.domain.values import replace
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.desk import Desk, Scene, behind, until


def shares_of(*concepts: str, place: int | None = None, left_out: bool = False) -> Scene:
    """Who fills the gap of the share at this place, or whom nobody has seen for long."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(lambda context: policies.choose(context, *concepts))
        desk.heute().side.quotas.names_button.click()
        dialog = desk.dialog()
        if place is not None:
            dialog.shares.selectRow(place)
        if left_out:
            dialog.view.button("left_out").click()
        return behind(desk)

    return scene


def quota_plan(
    *concepts: str, reading: str = "every_day", place: int | None = None, left_out: bool = False
) -> Scene:
    """The fewest talks for all shares; `place` is that of another end."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(lambda context: policies.choose(context, *concepts))
        desk.heute()
        desk.workplace.plan_quotas()
        dialog = desk.dialog()
        until(lambda: not dialog.is_working())
        dialog.reading.button(reading).click()
        dialog.reading.setFocus(Qt.FocusReason.TabFocusReason)
        if place is not None:
            dialog.until.setCurrentIndex(place)
            dialog.until.activated.emit(place)
        until(lambda: not dialog.is_working())
        if left_out:
            dialog.view.button("left_out").click()
        return behind(desk)

    return scene


def shares_long_names(desk: Desk) -> QWidget:
    folder = desk.folder / "konzepte"
    folder.mkdir(exist_ok=True)
    text = (paths.policies() / "ffm2017.toml").read_text(encoding="utf-8")
    text = text.replace('"ffm2017"', '"musterstadt_anteile"')
    text = text.replace('"Frankfurt 2017"', '"Donaudampfschifffahrtsgesellschaft-Musterstadt 2026"')
    (folder / "musterstadt_anteile.toml").write_text(text, encoding="utf-8")
    desk.context.shelf = Shelf((paths.policies(), folder))
    desk.choose_concept("ffm2017")
    found = quotas.quotas(desk.context).populations[0].shares[-1].fillers
    for filler in found[:3]:
        long = replace(
            filler.client,
            first_name="Maximiliane-Alexandra Theodora",
            last_name="von und zu Hohenlohe-Waldenburg-Schillingsfürst",
        )
        casework.change_file(desk.context, long)
    return shares_of("ffm2017", "musterstadt_anteile")(desk)


SCENES: dict[str, Scene] = {
    "anteile": shares_of("ffm2017"),
    "anteile-u25": shares_of("ffm2017", place=3),
    "anteile-uebersehen": shares_of("ffm2017", left_out=True),
    "anteile-lange-namen": shares_long_names,
    "quote-plan": quota_plan("ffm2017"),
    "quote-plan-monatsende": quota_plan("ffm2017", reading="month_end", place=1),
    "quote-plan-nicht-erreichbar": quota_plan("ffm2017", reading="month_end", place=0),
    "quote-plan-uebrig": quota_plan("ffm2017", reading="calendar_month", place=0, left_out=True),
    "quote-plan-halbjahr": quota_plan("ffm2017", place=4),
}
