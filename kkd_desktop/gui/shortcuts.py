"""Which keys are there, where do they work, and what do they do? The one table.

Windows bind by it, hints and menus are written by it, the help shows it, and a test finds every key
of the program in it.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.values import Value

OR = "|"
"""Between two keys that do the same."""


class Where(StrEnum):
    """The part of the program in which keys belong together, in the order of the help."""

    EVERYWHERE = "everywhere"
    PAGES = "pages"
    PERSON = "person"
    PALETTE = "palette"
    HEUTE = "heute"
    KUNDEN = "kunden"
    AKTE = "akte"
    WOCHE = "woche"
    WOCHE_TALK = "woche.talk"
    WOCHE_FREE = "woche.free"
    WOCHE_PLAN = "woche.plan"
    EINLADUNGEN = "einladungen"
    AUSWERTUNG = "auswertung"
    EINSTELLUNGEN = "einstellungen"
    DIALOG = "dialog"
    HELP = "help"
    PREVIEW = "preview"


class Keys(Value, frozen=True):
    """`keys` as Qt names them: `Ctrl+N`, `1|2|3`. `shown` where a picture says it shorter."""

    id: str
    where: Where
    keys: str
    text: str
    shown: str = ""

    @property
    def written(self) -> str:
        """As it stands in hints: `Strg N`."""
        return self.shown or " / ".join(map(written, self.each()))

    def each(self) -> list[str]:
        return self.keys.split(OR)


IN_WINDOW = Qt.ShortcutContext.WindowShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
ALONE = Qt.ShortcutContext.WidgetShortcut


def bind(
    id: str, owner: QWidget, act: Callable[[], object], context: Qt.ShortcutContext = IN_WINDOW
) -> None:
    """Let keys of the table act in the window of `owner`; `WITHIN` while something in it has the
    keyboard, `ALONE` while the widget itself has it.
    """
    for keys in by_id(id).each():
        _listen(keys, owner, act, context)


def bind_each(
    id: str,
    owner: QWidget,
    acts: Iterable[Callable[[], object]],
    context: Qt.ShortcutContext = WITHIN,
) -> None:
    """The same for keys that belong together and each do their own."""
    for keys, act in zip(by_id(id).each(), acts, strict=True):
        _listen(keys, owner, act, context)


def by_id(id: str) -> Keys:
    return _by_id()[id]


def shown(id: str) -> str:
    """The key as a hint writes it."""
    return by_id(id).written


def written(keys: str) -> str:
    """`Ctrl+Shift+P` as people at this keyboard call it: `Strg Umschalt P`."""
    names = {
        "Ctrl": _tr("Strg"),
        "Shift": _tr("Umschalt"),
        "Alt": _tr("Alt"),
        "Return": "↵",
        "Del": _tr("Entf"),
        "Ins": _tr("Einfg"),
        "Space": _tr("Leertaste"),
        "PgUp": _tr("Bild ↑"),
        "PgDown": _tr("Bild ↓"),
        "Left": "←",
        "Right": "→",
        "Up": "↑",
        "Down": "↓",
        "-": "−",
    }
    parts = ["+"] if keys == "+" else keys.split("+")
    return " ".join(names.get(part, part) for part in parts)


def title(where: Where) -> str:
    """The heading of a part in the help."""
    return {
        Where.EVERYWHERE: _tr("Überall"),
        Where.PAGES: _tr("Seiten"),
        Where.PERSON: _tr("Die markierte oder geöffnete Person, auch aus einem Suchfeld"),
        Where.PALETTE: _tr("Suche und Befehle (Strg K)"),
        Where.HEUTE: _tr("Heute"),
        Where.KUNDEN: _tr("Kunden"),
        Where.AKTE: _tr("Kundenakte"),
        Where.WOCHE: _tr("Woche: umsehen"),
        Where.WOCHE_TALK: _tr("Woche: ein Termin"),
        Where.WOCHE_FREE: _tr("Woche: freie Zeit und Liste"),
        Where.WOCHE_PLAN: _tr("Woche: Plan der nächsten Wochen"),
        Where.EINLADUNGEN: _tr("Einladungen"),
        Where.AUSWERTUNG: _tr("Auswertung"),
        Where.EINSTELLUNGEN: _tr("Einstellungen"),
        Where.DIALOG: _tr("In Dialogen"),
        Where.HELP: _tr("In der Hilfe"),
        Where.PREVIEW: _tr("In Vorschauen"),
    }[where]


def table() -> Iterator[Keys]:
    """Every key of the program, in the order of the help."""
    yield from _window()
    yield from _lists()
    yield from _week()
    yield from _papers()
    yield from _dialogs()


def _window() -> Iterator[Keys]:
    every, pages, person, palette = Where.EVERYWHERE, Where.PAGES, Where.PERSON, Where.PALETTE
    yield Keys("palette", every, "Ctrl+K", _tr("Suche und Befehle"))
    yield Keys("undo", every, "Ctrl+Z", _tr("Rückgängig"))
    yield Keys("redo", every, "Ctrl+Shift+Z", _tr("Noch einmal"))
    yield Keys("back", every, "Alt+Left", _tr("zurück zur vorigen Seite"))
    yield Keys("lock", every, "Ctrl+L", _tr("Fenster sperren"))
    yield Keys("help", every, "F1", _tr("Hilfe zu dem, was man gerade vor sich hat"))
    yield Keys("keys", every, "Ctrl+?|Ctrl+F1", _tr("diese Tastenkürzel"))
    yield Keys("heute", pages, "Ctrl+1", _tr("Heute"))
    yield Keys("kunden", pages, "Ctrl+2", _tr("Kunden"))
    yield Keys("woche", pages, "Ctrl+3", _tr("Woche"))
    yield Keys("einladungen", pages, "Ctrl+4", _tr("Einladungen"))
    yield Keys("auswertung", pages, "Ctrl+5", _tr("Auswertung"))
    yield Keys("konzepte", pages, "Ctrl+6", _tr("Konzepte"))
    yield Keys("einstellungen", pages, "Ctrl+7", _tr("Einstellungen"))
    yield Keys("contact", person, "Ctrl+N", _tr("Kontakt erfassen"))
    yield Keys("book", person, "Ctrl+T", _tr("Termin vereinbaren"))
    yield Keys("file", person, "Ctrl+O", _tr("Kundenakte öffnen"))
    yield Keys("why", person, "Ctrl+I", _tr("Warum? Alle Schritte"))
    yield Keys("palette.run", palette, "Return", _tr("ausführen, Akte öffnen"))
    yield Keys("palette.contact", palette, "Ctrl+Return", _tr("Kontakt mit der Person erfassen"))
    yield Keys("palette.book", palette, "Shift+Return", _tr("Termin mit der Person vereinbaren"))
    yield Keys("palette.kinds", palette, ">|@|/|?", _tr("Aktionen, Suchen, Seiten oder Hilfe"))
    yield Keys("palette.leave", palette, "Esc", _tr("leeren, dann zurück"))


def _lists() -> Iterator[Keys]:
    heute, kunden, akte = Where.HEUTE, Where.KUNDEN, Where.AKTE
    yield Keys("heute.open", heute, "Return", _tr("Kundenakte öffnen"))
    yield Keys("heute.book", heute, "V", _tr("Vorschlag annehmen"))
    yield Keys("heute.why", heute, "W", _tr("Warum? Alle Schritte"))
    yield Keys("heute.reason", heute, "?", _tr("Warum? In einem Satz"))
    yield Keys("heute.outcome", heute, "E|N|A", _tr("Termin: erschienen, nicht, abgesagt"))
    yield Keys("heute.copy", heute, "Ctrl+Shift+C", _tr("Termin als .ics kopieren"))
    yield Keys("kunden.add", kunden, "Ins", _tr("Person aufnehmen"))
    yield Keys("kunden.search", kunden, "Ctrl+F", _tr("in das Suchfeld"))
    yield Keys("kunden.form", kunden, "Ctrl+Shift+F", _tr("Filter zeigen"))
    yield Keys("kunden.save", kunden, "Ctrl+S", _tr("Suche speichern"))
    yield Keys("kunden.people", kunden, "Ctrl+M", _tr("Was mit den gezeigten Personen geschieht"))
    yield Keys("kunden.open", kunden, "Return", _tr("Kundenakte öffnen"))
    yield Keys("akte.why", akte, "W", _tr("Warum? Alle Schritte"))
    yield Keys("akte.remove", akte, "Del", _tr("Kontakt entfernen"))
    yield Keys("akte.move", akte, "V", _tr("Termin verlegen"))
    yield Keys("akte.outcome", akte, "E|N|A|K", _tr("Termin: erschienen, nicht, abgesagt, krank"))


def _week() -> Iterator[Keys]:
    week, talk, free, plan = Where.WOCHE, Where.WOCHE_TALK, Where.WOCHE_FREE, Where.WOCHE_PLAN
    arrows = "Left|Up|Down|Right"
    yield Keys("woche.walk", week, arrows, _tr("von Termin zu Termin und freien Zeiten"), "← ↑ ↓ →")
    yield Keys("woche.turn", week, "PgUp|PgDown", _tr("eine Woche zurück oder weiter"))
    yield Keys("woche.today", week, "T", _tr("heute"))
    yield Keys("woche.day", week, "G", _tr("Tag im Monat wählen"))
    yield Keys("woche.mode", week, "1|2|3", _tr("Tag, Woche, vier Wochen"))
    yield Keys("woche.list", week, "F6", _tr("zur Liste und zurück"))
    yield Keys("woche.print", week, "Ctrl+P", _tr("Woche drucken"))
    yield Keys("woche.keys", week, "?", _tr("diese Tasten"))
    yield Keys("woche.open", talk, "Return", _tr("Kundenakte öffnen"))
    moved = "|".join(f"Ctrl+{each}" for each in arrows.split("|"))
    moving = _tr("um einen Schritt oder Tag verlegen")
    yield Keys("woche.move", talk, moved, moving, _tr("Strg + Pfeile"))
    yield Keys("woche.carry", talk, "Space", _tr("aufnehmen; Pfeile, dann Eingabe oder Esc"))
    yield Keys("woche.length", talk, "+|-", _tr("länger oder kürzer"))
    yield Keys("woche.cancel", talk, "Del", _tr("absagen; Strg Z holt ihn zurück"))
    yield Keys("woche.menu", talk, "Shift+F10", _tr("alles Weitere"))
    yield Keys("woche.give", free, "Return", _tr("freie Zeit vergeben"))
    yield Keys("woche.take", free, "Space", _tr("Person aus der Liste aufnehmen"))
    yield Keys("woche.accept", free, "V", _tr("Vorschlag annehmen"))
    yield Keys("woche.why", free, "W", _tr("Warum? Alle Schritte"))
    yield Keys("plan.propose", plan, "P", _tr("vorschlagen lassen"))
    yield Keys("plan.choose", plan, "Space", _tr("vorgeschlagenen Termin ab- oder anwählen"))
    yield Keys("plan.list", plan, "F6", _tr("zwischen Vorschlag und Kalender"))
    yield Keys("plan.accept", plan, "Ctrl+Return|Ctrl+Enter", _tr("annehmen"), _tr("Strg ↵"))


def _papers() -> Iterator[Keys]:
    page, report = Where.EINLADUNGEN, Where.AUSWERTUNG
    yield Keys("letters.write", page, "Ctrl+P", _tr("Briefe schreiben"))
    yield Keys("letters.print", page, "Ctrl+Shift+P", _tr("Liste drucken"))
    yield Keys("letters.pdf", page, "Ctrl+S", _tr("Liste als PDF speichern"))
    yield Keys("letters.ics", page, "Ctrl+E", _tr("Kalenderdatei exportieren"))
    yield Keys("letters.search", page, "Ctrl+F", _tr("in das Suchfeld"))
    yield Keys("letters.open", page, "Return", _tr("Kundenakte öffnen"))
    yield Keys("letters.sent", page, "H|P|Z", _tr("ausgehändigt, per Post, Zustellung …"))
    yield Keys("letters.move", page, "V", _tr("Termin verlegen"))
    yield Keys("letters.why", page, "W", _tr("Warum dieser Tag?"))
    yield Keys("letters.outcome", page, "E|N|A|K", _tr("erschienen, nicht, abgesagt, krank"))
    yield Keys("letters.copy", page, "Ctrl+Shift+C", _tr("als .ics kopieren"))
    yield Keys("report.print", report, "Ctrl+P", _tr("Auswertung drucken"))
    yield Keys("report.save", report, "Ctrl+S", _tr("Auswertung speichern"))
    yield Keys("report.go", report, "Left|Right|Up|Down", _tr("im Bild von Zahl zu Zahl"))
    yield Keys("report.people", report, "Return", _tr("Personen hinter der Zahl zeigen"))
    yield Keys("report.copy", report, "Ctrl+C", _tr("Tabelle kopieren"))
    yield Keys("settings.search", Where.EINSTELLUNGEN, "Ctrl+F", _tr("in das Suchfeld"))


def _dialogs() -> Iterator[Keys]:
    dialog, preview = Where.DIALOG, Where.PREVIEW
    main = _tr("das Hervorgehobene tun")
    yield Keys("dialog.main", dialog, "Ctrl+Return|Ctrl+Enter", main, _tr("Strg ↵"))
    yield Keys("dialog.leave", dialog, "Esc", _tr("schließen"))
    yield Keys("dialog.help", dialog, "F1", _tr("Hilfe zu diesem Dialog"))
    yield Keys("dialog.save", dialog, "Ctrl+S", _tr("nur speichern, ohne Termin"))
    yield Keys("dialog.person", dialog, "Alt+K", _tr("wen es betrifft"), _tr("Alt K"))
    yield Keys("dialog.preview", dialog, "Ctrl+P", _tr("Vorschau der Briefe"))
    yield Keys("dialog.copy", dialog, "Ctrl+C", _tr("alles als Text kopieren"))
    yield Keys("dialog.remove", dialog, "Del", _tr("Markierte löschen"))
    yield Keys("help.search", Where.HELP, "Ctrl+F", _tr("in das Suchfeld"))
    yield Keys("help.back", Where.HELP, "Alt+Left", _tr("zur vorigen Seite"))
    yield Keys("preview.print", preview, "Ctrl+P", _tr("drucken"))
    yield Keys("preview.save", preview, "Ctrl+S", _tr("als PDF speichern"))
    yield Keys("preview.strip", preview, "F4", _tr("kleine Seiten zeigen"))
    yield Keys("preview.size", preview, "0|1|+|-", _tr("Seitenbreite, 100 %, größer, kleiner"))
    yield Keys("preview.turn", preview, "PgUp|PgDown|Home|End", _tr("blättern"), _tr("Bild ↑ ↓"))


@cache
def _by_id() -> dict[str, Keys]:
    return {keys.id: keys for keys in table()}


def _listen(
    keys: str, owner: QWidget, act: Callable[[], object], context: Qt.ShortcutContext
) -> None:
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setContext(context)
    shortcut.activated.connect(act)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shortcuts", text)
