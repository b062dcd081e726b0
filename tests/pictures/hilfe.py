"""How do help, tour and the About dialog look?"""

from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.tour import TourStep
from kkd_desktop.gui.dialogs.about import AboutDialog
from kkd_desktop.gui.dialogs.help import HelpDesk, HelpWindow
from tests.pictures.desk import Desk, Scene, settle


def search_help(desk: Desk) -> QWidget:
    desk.page("kunden").show_help()
    return help_window(desk)


def help_window(desk: Desk) -> HelpWindow:
    """The help that was just opened."""
    settle()
    return next(each.window for each in desk.window.findChildren(HelpDesk))


def help_page(page: str, heading: str = "", words: str = "") -> Scene:
    """A page of the help, from a heading on, or what a search finds in it."""

    def scene(desk: Desk) -> QWidget:
        desk.workplace.show_help()
        shown = help_window(desk)
        shown.show_page(page, heading)
        shown.search.setText(words)
        return shown

    return scene


def tour(step: TourStep | None = None) -> Scene:
    """The card of the tour on Heute, or the place it leads to."""

    def scene(desk: Desk) -> QWidget:
        desk.heute()
        desk.workplace.show_tour()
        if step is not None:
            desk.workplace.tour.lead_to(step)
        settle()
        return desk.window

    return scene


def about(row: int = 0) -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.page("einstellungen").about.about_button.click()
        dialog = desk.dialog()
        assert isinstance(dialog, AboutDialog)
        dialog.table.selectRow(row)
        return dialog

    return scene


SCENES: dict[str, Scene] = {
    "hilfe-suchlauf": search_help,
    "programm": about(),
    "programm-qt": about(1),
    "hilfe": help_page("erste-schritte"),
    "hilfe-heute": help_page("heute"),
    "hilfe-akte": help_page("kundenakte", "was-zählt-und-warum"),
    "hilfe-leitfaden": help_page("konzeptdateien", "schritt-3-wer-wird-wie-oft-gesprochen"),
    "hilfe-tasten": help_page("tastenkuerzel"),
    "hilfe-gesucht": help_page("einladungen", words="bekanntgabe post"),
    "hilfe-barrierefreiheit": help_page("barrierefreiheit"),
    "hilfe-it": help_page("it-und-datenschutz"),
    "hilfe-it-einrichten": help_page("it-und-datenschutz", "einrichten-ohne-rückfragen"),
    "rundgang": tour(),
    "rundgang-schaltflaeche": tour(TourStep.CONTACT),
    "rundgang-einladung": tour(TourStep.INVITATION),
    "hilfe-kalender": help_page("kalender"),
    "hilfe-kalender-abschnitt": help_page("kalender", "thunderbird"),
}
