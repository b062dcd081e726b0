"""How does the palette look for what is typed, and the table of all keys?"""

from PySide6.QtWidgets import QDialog, QWidget

from kkd_desktop.actions import search as searches
from tests.pictures.desk import Desk, Scene, settle


def palette(typed: str) -> Scene:
    """The command palette with this in its field."""

    def scene(desk: Desk) -> QWidget:
        desk.session.perform(
            lambda context: searches.save(context, "Lange kein Kontakt", "kein-kontakt>60t")
        )
        desk.heute()
        desk.window.commands.begin()
        desk.window.commands.insert(typed)
        settle()
        return desk.window

    return scene


def shortcut_keys(typed: str) -> Scene:
    """All keys, those of the week near the top."""

    def scene(desk: Desk) -> QWidget:
        desk.page("woche")
        desk.workplace.show_keys()
        dialog = desk.dialog()
        dialog.search.setText(typed)
        settle()
        return dialog

    return scene


def palette_recent(desk: Desk) -> QWidget:
    """Nothing typed after somebody and something were chosen."""
    desk.heute()
    field = desk.window.commands
    for typed in ("muster", "briefe schreiben", "woche"):
        field.begin()
        field.insert(typed)
        settle()
        field.run(field.popup().current())
        for dialog in desk.window.findChildren(QDialog):
            dialog.hide()
    desk.heute()
    field.begin()
    settle()
    return desk.window


SCENES: dict[str, Scene] = {
    "suche": palette("mu"),
    "tastenkuerzel": shortcut_keys(""),
    "tastenkuerzel-suche": shortcut_keys("drucken"),
    "palette-leer": palette(""),
    "palette-tag": palette("3.12."),
    "palette-zuletzt": palette_recent,
    "palette-aktionen": palette(">druck"),
    "palette-gemischt": palette("be"),
    "palette-abgelehnt": palette("anteile"),
    "palette-vertippt": palette("musetr"),
    "palette-suchlauf": palette("profil:foerder"),
    "palette-nichts": palette(">xyz"),
}
