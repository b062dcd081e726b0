"""How does Kunden look: the query line, the form, saved searches, what is done with people?"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import search as searches
from tests.pictures.desk import Desk, Scene, settle, until


def kunden(desk: Desk) -> QWidget:
    desk.page("kunden")
    return desk.window


def kunden_search(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("le")
    return desk.window


def kunden_query(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("-profil:z kein-kontakt>30t ohne:termin")
    return desk.window


def kunden_query_fault(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("profil:markt statuss:alo")
    page._show_fault()
    return desk.window


def kunden_offers(desk: Desk) -> QWidget:
    """What can follow, with how many are left."""
    page = desk.page("kunden")
    page.search.setFocus()
    page.search.setText("ohne:termin ")
    page.search.end(False)
    QTest.keyClicks(page.search, "profil:")
    until(lambda: len(page.search.popup.model.counts) == len(page.search.popup.model.offers))
    page.search.popup.step(1)
    return desk.window


def kunden_form(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText(
        "profil:foerder,markt kein-kontakt>60t ohne:termin ort:Musterstadt alter<50 "
        "(status:arbeitslos oder ausnahme:ja)"
    )
    page.filter_button.setChecked(True)
    page.form.usual["kein-kontakt"].focus_value()
    return desk.window


def kunden_people(desk: Desk) -> QWidget:
    """Those behind a figure of the report, three of them selected, and what can be done."""
    page = desk.page("kunden")
    chosen = [each.client.id for each in desk.entries()[:12]]
    page.show_people(chosen, "Auswertung: überfällig am 31.10.2026")
    page.table.selectRow(1)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(page.people_button, Qt.MouseButton.LeftButton)
    return desk.window


def save_searches(desk: Desk) -> None:
    desk.session.perform(searches.offer)
    desk.session.perform(
        lambda context: searches.save(context, "Förderprofil unter 25", "profil:foerder alter:u25")
    )


def saved_searches(desk: Desk) -> QWidget:
    save_searches(desk)
    page = desk.page("kunden")
    page.manage_searches()
    return desk.dialog()


def save_search(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("profil:foerder kein-kontakt>60t")
    page.save_search()
    dialog = desk.dialog()
    dialog.name.setText("Förderprofil ohne Kontakt")
    return dialog


def save_search_refused(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("bg:0815 kein-kontakt>60t")
    page.save_search()
    return desk.dialog()


def people_list(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.search.setText("kein-kontakt>60t ohne:termin")
    page.list_wanted.emit(page.people())
    preview = desk.dialog()
    until(lambda: bool(preview.pdf))
    settle()
    return preview


def inviting(desk: Desk) -> QWidget:
    page = desk.page("kunden")
    page.letters_wanted.emit(page.people())
    return desk.dialog()


def kunden_nothing(desk: Desk) -> QWidget:
    desk.page("kunden").search.setText("gibt es nicht")
    return desk.window


SCENES: dict[str, Scene] = {
    "kunden": kunden,
    "kunden-suche": kunden_search,
    "kunden-suchlauf": kunden_query,
    "kunden-suchlauf-unklar": kunden_query_fault,
    "kunden-vorschlaege": kunden_offers,
    "kunden-filter": kunden_form,
    "kunden-personen": kunden_people,
    "suche-speichern": save_search,
    "suche-speichern-abgelehnt": save_search_refused,
    "suchen-verwalten": saved_searches,
    "personenliste": people_list,
    "personen-einladen": inviting,
    "kunden-nichts": kunden_nothing,
}
