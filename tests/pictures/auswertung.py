"""How does Auswertung look: charts, tables, what is saved and printed, a whole team?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import report as reports
from kkd_desktop.gui.dialogs.report_preview import TeamReportPreview
from tests.pictures.desk import TODAY, Both, Desk, Scene, Sheets, behind, draw_paper, settle, until


def auswertung(desk: Desk) -> QWidget:
    page = desk.page("auswertung")
    until(lambda: not page.is_working() and page.view.is_complete())
    return desk.window


def auswertung_at(*charts: str, table: bool = False, place: int | None = None) -> Scene:
    """Scrolled to these charts, as tables, or with the keys at a figure."""

    def scene(desk: Desk) -> QWidget:
        auswertung(desk)
        view = desk.page("auswertung").view
        for name in charts:
            card = next(c for c in view.cards if c.view.chart.id.startswith(name))
            card.show_table(table)
            settle()
            view.ensureWidgetVisible(card, 0, 400)
            if place is not None:
                card.view.setFocus(Qt.FocusReason.TabFocusReason)
                card.view.go_to((place, len(card.view.chart.categories) - 2))
        settle()
        return desk.window

    return scene


def auswertung_left_out(desk: Desk) -> QWidget:
    auswertung(desk)
    bar = desk.page("auswertung").view.verticalScrollBar()
    bar.setValue(bar.maximum())
    return desk.window


def auswertung_definitions(desk: Desk) -> QWidget:
    auswertung(desk)
    view = desk.page("auswertung").view
    view.cards[0].definition.button.click()
    settle()
    view.ensureWidgetVisible(view.cards[0].definition)
    return desk.window


def auswertung_frankfurt(desk: Desk) -> QWidget:
    desk.choose_concept("ffm2017")
    return auswertung_at("anteile")(desk)


def auswertung_expired(desk: Desk) -> QWidget:
    desk.choose_concept("ue2019")
    return auswertung(desk)


def auswertung_working(desk: Desk) -> QWidget:
    """In the middle of it, with a way to stop."""
    page = desk.page("auswertung")
    until(lambda: not page.is_working())
    page.progress.text.setText("2026 wird gerechnet …")
    page.progress.bar.setRange(0, 10_000)
    page.progress.bar.setValue(4_300)
    page.progress.show()
    return desk.window


def auswertung_saving(desk: Desk) -> QWidget:
    auswertung(desk)
    desk.page("auswertung").save_button.click()
    return behind(desk)


def auswertung_saving_nameless(desk: Desk) -> QWidget:
    auswertung_saving(desk)
    dialog = desk.dialog()
    dialog.people.button("nameless").click()
    dialog.kind.button("json").click()
    return behind(desk)


def auswertung_printed(desk: Desk) -> QWidget:
    auswertung(desk)
    desk.page("auswertung").print_button.click()
    dialog = desk.dialog()
    until(lambda: dialog.pages.page_count() > 0)
    return behind(desk)


def report_on_paper(first: int = 0, *, named: bool = True) -> Scene:
    """Two pages of the printed report, of everybody or without anybody in it."""

    def scene(desk: Desk) -> QWidget:
        auswertung(desk)
        report = desk.page("auswertung").answer().report
        if named:
            return Sheets(reports.pdf(desk.context, report), first)
        return Sheets(reports.pseudonymous_pdf(report, TODAY), first)

    return scene


def auswertung_team(*months: int, broken: bool = False) -> Scene:
    """Several files added up; a broken one is said."""

    def scene(desk: Desk) -> QWidget:
        auswertung(desk)
        page = desk.page("auswertung")
        report = page.answer().report
        page.team_button.click()
        dialog = desk.dialog()
        paths = []
        for number, month in enumerate(months):
            path = desk.folder / f"fachkraft-{number + 1}.json"
            reports.write_pseudonymous(report, path, report.until, month)
            paths.append(path)
        if broken:
            paths.append(desk.folder / "urlaub.json")
            paths[-1].write_text("{}", encoding="utf-8")
        dialog.add(paths)
        until(lambda: not dialog.is_busy() and dialog.view.is_complete())
        return behind(desk)

    return scene


def auswertung_team_printed(desk: Desk) -> QWidget:
    auswertung_team(9, 10)(desk)
    desk.dialog().print_out()
    dialog = next(w for w in desk.window.findChildren(TeamReportPreview) if w.isVisible())
    until(lambda: dialog.pages.page_count() > 0)
    draw_paper(dialog)
    return Both(desk.window, dialog)


SCENES: dict[str, Scene] = {
    "auswertung": auswertung,
    "auswertung-raster": auswertung_at("soll-ist-raster", place=2),
    "auswertung-stand": auswertung_at("stand"),
    "auswertung-kontakte": auswertung_at("kontakte-vermerk"),
    "auswertung-wochen": auswertung_at("wochen", place=0),
    "auswertung-mittel": auswertung_at("mittlere-tage"),
    "auswertung-tabelle": auswertung_at("stand", "soll-ist-monat", table=True),
    "auswertung-definition": auswertung_definitions,
    "auswertung-nicht-enthalten": auswertung_left_out,
    "auswertung-frankfurt": auswertung_frankfurt,
    "auswertung-abgelaufen": auswertung_expired,
    "auswertung-rechnet": auswertung_working,
    "dialog-auswertung-speichern": auswertung_saving,
    "dialog-auswertung-ohne-personen": auswertung_saving_nameless,
    "dialog-auswertung-drucken": auswertung_printed,
    "auswertung-gedruckt": report_on_paper(),
    "auswertung-gedruckt-weiter": report_on_paper(2),
    "auswertung-gedruckt-ohne-personen": report_on_paper(named=False),
    "dialog-team": auswertung_team(9, 10, 11),
    "dialog-team-drucken": auswertung_team_printed,
    "dialog-team-leer": auswertung_team(),
    "dialog-team-fehler": auswertung_team(9, broken=True),
}
