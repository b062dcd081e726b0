"""A scripted hour of a caseworker: does any turn of the event loop keep the window over 50 ms?

The hour is done once by keys and clicks over the real window. Judged is the CPU time of the GUI
thread in each turn; the wall time beside it also holds what else the machine does. For the culprits
of one size: `python -m tests.benchmarks.an_hour 3000`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from kkd_desktop.actions import stores
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks
from kkd_desktop.gui.pages.einladungen import Period
from kkd_desktop.store import appointments
from tests.benchmarks import caseloads
from tests.benchmarks.caseworker import CONTROL, KEY, PAGES, Caseworker, at_work
from tests.benchmarks.report import Row
from tests.benchmarks.turns import STALL, Turn

SIZES = (300, 3_000, 10_000)
_SHOWN = 40

Deed = Callable[[Caseworker], None]


def rows() -> Iterator[Row]:
    for size in SIZES:
        turns = hour(size)
        stalls = [turn for turn in turns if turn.cpu > STALL]
        longest = max(turns, key=lambda turn: turn.cpu)
        name = f"an hour, {size:,} clients: longest of {len(turns):,} turns, {len(stalls)} stalls"
        yield Row(f"{name} ({longest.name}), aim 50 ms", longest.cpu)


def hour(size: int, deeds: "Sequence[Deed] | None" = None) -> list[Turn]:
    """Every turn of an hour over a new invented caseload."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        caseload(path, size)
        with at_work(path) as person:
            for deed in deeds or DEEDS:
                deed(person)
            return person.watchdog.turns


def caseload(path: Path, size: int) -> None:
    """Invented people, and an office that can write letters to some of them."""
    context = stores.create_demo(path, caseloads.PASSPHRASE, caseloads.TODAY, clients=size)
    with context.store:
        stores.remember_holidays(context)
        context.change_settings(
            street="Amtsweg 1", postcode="12345", city="Musterstadt", phone="0123 456", room="2.14"
        )
        with context.store.write(journaled=False):
            for each in appointments.open_from(context.store, caseloads.TODAY)[3:15]:
                appointments.change(context.store, replace(each, delivery=Delivery.NONE))


def worklist(person: Caseworker) -> None:
    page = person.page("heute")
    person.until("heute: proposals", page.proposer.is_done)
    page.worklist.setFocus()
    for _ in range(15):
        person.key("heute: down", KEY.Key_Down)
    for _ in range(5):
        person.key("heute: up", KEY.Key_Up)
    person.key("heute: page down", KEY.Key_PageDown)
    person.key("heute: end", KEY.Key_End)
    person.key("heute: home", KEY.Key_Home)
    person.click("heute: who is not listed", page.heading.why)
    person.click("heute: who is not listed", page.heading.why)


def reasons(person: Caseworker) -> None:
    page = person.page("heute")
    page.worklist.setFocus()
    for _ in range(3):
        person.key("heute: down", KEY.Key_Down)
        person.do("why", page.show_steps)
        person.close("why")


def log_contacts(person: Caseworker) -> None:
    page = person.page("heute")
    for number in range(3):
        page.worklist.setFocus()
        choose_waiting(person, number)
        person.key("contact: open", KEY.Key_N, CONTROL)
        dialog = person.dialog()
        dialog.fields.content.setFocus()
        person.type("contact: type", "Bewerbungen")
        person.click("contact: by phone", dialog.fields.form.button("telefonisch"))
        person.click("contact: in person", dialog.fields.form.button("persoenlich"))
        person.key("contact: store", KEY.Key_Return, CONTROL)
        person.close("contact")
        person.until("contact: proposals", page.proposer.is_done)


def choose_waiting(person: Caseworker, number: int = 0) -> int:
    """Highlight somebody who has no talk yet."""
    page = person.window.page("heute")
    waiting = [
        entry.client.id
        for group in page._list.listed
        for entry in group.entries
        if entry.appointment is None
    ]
    chosen = waiting[min(number, len(waiting) - 1)]
    person.do("heute: choose", partial(page.choose_client, chosen))
    return chosen


def book(person: Caseworker) -> None:
    page = person.page("heute")
    person.until("heute: proposals", page.proposer.is_done)
    choose_waiting(person)
    person.do("heute: book the proposal", page.book_proposed)
    person.until("heute: proposals", page.proposer.is_done)
    choose_waiting(person)
    person.do("book: open", page.choose_day)
    person.close("book")


def undo(person: Caseworker) -> None:
    person.window.page(person.window.current_page()).setFocus()
    for _ in range(2):
        person.key("undo", KEY.Key_Z, CONTROL)
    person.do("redo", person.workplace.redo)


def search(person: Caseworker) -> None:
    page = person.page("kunden")
    for line in ("muster", "kein-kontakt>60t ohne:termin", "profil:foerder alter<50"):
        page.search.setFocus()
        person.do("kunden: clear", page.search.clear)
        person.type("kunden: type", line)
    person.do("kunden: form", page.filter_button.toggle)
    person.do("kunden: form", page.filter_button.toggle)
    person.do("kunden: clear", page.search.clear)
    page.table.setFocus()
    for _ in range(5):
        person.key("kunden: down", KEY.Key_Down)
    person.do("kunden: end", page.table.scrollToBottom)
    for column in (1, 5, 0):
        person.do("kunden: sort", partial(page.table.sort_by, column))


def palette(person: Caseworker) -> None:
    person.key("palette: open", KEY.Key_K, CONTROL)
    person.type("palette: type", "müller an")
    person.key("palette: leave", KEY.Key_Escape)
    person.type("palette: type", ">briefe")
    person.key("palette: leave", KEY.Key_Escape)
    person.key("palette: leave", KEY.Key_Escape)


def files(person: Caseworker) -> None:
    entries = person.window.page("heute")._entries
    for client_id in list(entries)[:6]:
        person.do("akte: open", partial(person.workplace.open_client, client_id))
    page = person.window.page("akte")
    person.do("akte: why", page.show_why)
    person.close("akte: why")
    person.do("akte: history", page.show_history)
    person.close("akte: history")
    person.do("akte: edit", page.edit)
    person.close("akte: edit")
    person.do("akte: back", person.window.go_back)


def week(person: Caseworker) -> None:
    page = person.page("woche")
    person.until("woche: proposals", page.list.proposer.is_done)
    for _ in range(2):
        person.do("woche: next", partial(page.go, 1))
    for mode in ("day", "weeks", "week"):
        person.do(f"woche: {mode}", partial(page.show_mode, mode))
    person.do("woche: today", page.go_today)
    person.do("woche: next", partial(page.go, 1))
    page.view.setFocus()
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Left):
        person.key("woche: walk", key)
    booked = [card for card in page.view.cards if card.talk.is_open]
    if booked:
        person.do("woche: to a talk", partial(page.view.focus_talk, booked[0].key))
        person.key("woche: move", KEY.Key_Down, CONTROL)
        person.key("woche: length", KEY.Key_Plus)
        person.key("undo", KEY.Key_Z, CONTROL)
    person.key("woche: to the list", KEY.Key_F6)
    for _ in range(4):
        person.key("woche: down the list", KEY.Key_Down)
    person.key("woche: back", KEY.Key_F6)
    person.do("woche: print", page.print_week)
    preview = person.dialog()
    person.until("woche: print", lambda: preview.pdf)
    person.close("woche: print")


def plan(person: Caseworker) -> None:
    page = person.page("woche")
    person.do("plan: ask", page.propose_plan)
    made = page.plan
    options = replace(made.panel.options.options(), weeks=2)
    person.do("plan: make", partial(made.make, options))
    person.until("plan: work", lambda: made.plan is not None)
    person.do("plan: keys", made.panel.take_keys)
    for _ in range(4):
        person.key("plan: down", KEY.Key_Down)
    person.key("plan: leave out", KEY.Key_Space)
    person.key("plan: take in", KEY.Key_Space)
    person.do("plan: accept", made.accept)
    person.until("plan: store", made.panel.isEnabled)
    person.until("plan: show what was stored", lambda: not tasks.is_working())
    person.do("undo", person.workplace.undo)


def letters(person: Caseworker) -> None:
    page = person.page("einladungen")
    for period in (Period.NEXT_WEEK, Period.UPCOMING):
        person.do("letters: period", partial(page.show_period, period))
    page.search.setFocus()
    person.type("letters: filter", "mus")
    person.do("letters: clear", page.search.clear)
    page.table.setFocus()
    for _ in range(4):
        person.key("letters: down", KEY.Key_Down)
    person.do("letters: undelivered", partial(page.stage.set_value, "undelivered"))
    person.do("letters: all", page.table.selectAll)
    person.do("letters: write", page.write)
    dialog = person.dialog()
    person.do("letters: preview", dialog.submit)
    preview = person.dialog()
    person.until("letters: preview", preview.print_button.isEnabled)
    person.key("letters: turn the page", KEY.Key_PageDown)
    person.close("letters")
    person.do("letters: every stage", partial(page.stage.set_value, "all"))


def papers(person: Caseworker) -> None:
    page = person.page("einladungen")
    person.click("list: print", page.print_button)
    preview = person.dialog()
    person.until("list: preview", lambda: preview.pdf)
    person.close("list")
    person.click("ics: open", page.calendar_button)
    dialog = person.dialog()
    person.do("ics: export", dialog.submit)
    person.rest("ics: export")
    person.close("ics")


def report(person: Caseworker) -> None:
    page = person.page("auswertung")
    person.until("auswertung: answer", lambda: page.answer is not None and not page.is_working())
    bar = page.view.verticalScrollBar()
    for place in range(0, bar.maximum(), 400):
        person.do("auswertung: scroll", partial(bar.setValue, place))


def concepts(person: Caseworker) -> None:
    page = person.page("konzepte")
    for concept in ("ue2019", "ffm2017", "mg2012"):
        person.do("konzepte: read", partial(page.reading.choose, concept))
    person.do("konzepte: compare", partial(page.show_room, "vergleichen"))
    person.until("konzepte: compare", page.comparison.has_answered)
    person.do("konzepte: compare another", partial(page.comparison.choose, "ffm2017"))
    person.until("konzepte: compare another", page.comparison.has_answered)
    page.comparison.table.setFocus()
    person.key("konzepte: down", KEY.Key_Down)
    person.do("konzepte: feasibility", partial(page.show_room, "machbarkeit"))
    person.until("konzepte: feasibility", page.feasibility.has_answered)
    person.do("konzepte: read", partial(page.show_room, "lesen"))


def settings(person: Caseworker) -> None:
    page = person.page("einstellungen")
    bar = page.area.verticalScrollBar()
    for place in range(0, bar.maximum(), 500):
        person.do("einstellungen: scroll", partial(bar.setValue, place))
    person.do("einstellungen: history", person.workplace.show_history)
    view = person.window.page("verlauf").view
    person.until("verlauf: read", lambda: not view.is_reading())
    person.do("keys", person.workplace.show_keys)
    person.close("keys")
    person.do("help", person.workplace.show_help)
    person.close("help")


def again(person: Caseworker) -> None:
    """Every page once more, as one goes back and forth."""
    for page in PAGES * 2:
        person.page(page)


DEEDS: tuple[Deed, ...] = (
    worklist,
    reasons,
    log_contacts,
    search,
    palette,
    files,
    book,
    undo,
    week,
    plan,
    letters,
    papers,
    report,
    concepts,
    settings,
    again,
)


def main(sizes: Sequence[int]) -> None:
    for size in sizes:
        turns = hour(size)
        stalls = sorted((t for t in turns if t.cpu > STALL), key=lambda turn: -turn.cpu)
        print(f"{size} clients: {len(turns)} turns, {len(stalls)} over 50 ms", flush=True)
        for turn in stalls[:_SHOWN]:
            print(turn)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or SIZES)
    QApplication.quit()
