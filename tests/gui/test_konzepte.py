"""The concepts: read with their sentences, compared on the caseload, switched on purpose."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget

from kkd_desktop import paths
from kkd_desktop.actions import comparison, feasibility, policies, worklist
from kkd_desktop.domain.comparison import Change
from kkd_desktop.domain.hours import Block
from kkd_desktop.domain.policy import CountInPeriod
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.policy_reading import place_text, plain_text, read
from kkd_desktop.gui.pages.konzepte import COMPARISON, FEASIBILITY, READING, KonzeptePage
from kkd_desktop.gui.pages.konzepte_vergleich import ComparisonRoom
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.policyfiles.shelf import Shelf

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 20)


@pytest.fixture
def page(session, present):
    page = KonzeptePage(session)
    page.resize(1150, 760)
    present(page)
    return page


@pytest.fixture
def compared(page, qtbot):
    """The page after the second room was entered by a click."""
    qtbot.mouseClick(page.rooms.button(COMPARISON), LEFT)
    qtbot.waitUntil(page.comparison.has_answered)
    return page.comparison


@pytest.fixture
def workplace(session, qtbot, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, stored)
    settled = []
    workplace.settling.connect(lambda: settled.append(True))
    workplace.window.show()
    workplace.window.activateWindow()
    qtbot.waitUntil(lambda: bool(settled) and workplace.window.isActiveWindow())
    yield workplace
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()


def with_own(session: Session, folder, name: str, *changes: tuple[str, str]) -> None:
    """An own file of the office beside the shipped ones: Mönchengladbach with some changes."""
    folder.mkdir(exist_ok=True)
    text = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    for old, new in (('id = "mg2012"', f'id = "{name}"'), *changes):
        text = text.replace(old, new)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    session.context.shelf = Shelf((paths.policies(), folder))
    session.changed.emit()


def faulty_lines(path: Path) -> list[int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if "wochen" in line]


def shown(document) -> str:
    return document.toPlainText()


def items(room):
    return [room.model.item(room.model.index(n)) for n in range(room.model.rowCount())]


def move_to(room, concept: str, qtbot) -> None:
    """Down or up in the list until this concept is read."""
    room.list.setFocus()
    steps = room.model.place_of(concept) - room.list.currentIndex().row()
    for _ in range(abs(steps)):
        qtbot.keyClick(room.list, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


# ── The way to it ───────────────────────────────────────────────────────────────────────────────


def test_the_page_opens_from_the_rail_and_by_its_key(workplace, qtbot):
    window = workplace.window

    qtbot.keyClick(window, Qt.Key.Key_6, CONTROL)

    assert window.current_page() == "konzepte"
    assert window.rail.button("konzepte").isChecked()
    assert window.page("konzepte").reading.list.hasFocus()


def test_the_settings_lead_to_the_concepts(workplace, qtbot):
    settings = workplace.window.show_page("einstellungen")

    qtbot.mouseClick(settings.concept.read_button, LEFT)

    assert workplace.window.current_page() == "konzepte"


def test_the_command_field_finds_the_comparison(workplace, qtbot):
    commands = workplace.window.commands
    qtbot.keyClick(workplace.window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(commands, "konzepte verg")
    qtbot.keyClick(commands, Qt.Key.Key_Return)

    page = workplace.window.page("konzepte")
    assert workplace.window.current_page() == "konzepte"
    assert page.rooms.value() == COMPARISON
    qtbot.waitUntil(page.comparison.has_answered)


# ── The shelf ───────────────────────────────────────────────────────────────────────────────────


def test_a_room_is_made_when_it_is_entered_and_offers_the_concepts(page, qtbot):
    assert not page.findChildren(ComparisonRoom)

    page.show_room("vergleichen")

    (room,) = page.findChildren(ComparisonRoom)
    qtbot.waitUntil(room.has_answered)
    assert room.second.field.count() > 1


def test_the_list_says_state_nature_and_which_one_is_ours(page):
    found = {item.id: item for item in items(page.reading)}

    assert found["mg2012"].mark == "Ihr Konzept"
    assert found["ba2010"].mark == ""
    assert found["mg2012"].state == "in Kraft"
    assert found["ue2019"].state == "abgelaufen seit 01.01.2024"
    assert found["mk2015"].state == "in Kraft, soweit bekannt"
    assert "am 27.03.2015 in Kraft; Beginn und Ende sind nicht belegt" in found["mk2015"].details
    assert "Empfehlung" in found["ba2010"].details
    assert "Soll-Regelung" in found["ffm2017"].details
    assert "Jobcenter Landkreis Uelzen" in found["ue2019"].details
    assert page.heading.note.text() == "5 Konzepte, davon 4 in Kraft"


def test_everything_about_a_concept_is_heard(page):
    place = page.reading.model.place_of("mg2012")
    spoken = page.reading.model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == (
        "Mönchengladbach 2012, Ihr Konzept, in Kraft, Jobcenter Mönchengladbach, Muss-Regelung, "
        "seit 01.03.2012, ohne Ende"
    )


def test_a_concept_to_come_and_a_broken_one_are_listed(page, session, tmp_path):
    folder = tmp_path / "konzepte"
    with_own(session, folder, "morgen", ("from = 2012-03-01", "from = 2027-01-01"))
    with_own(session, folder, "kaputt", ("weeks = 6", "wochen = 6"))

    found = {item.id: item for item in items(page.reading)}

    assert found["morgen"].state == "gilt noch nicht"
    assert "Muss-Regelung · eigene Datei" in found["morgen"].details
    assert found["kaputt"].title == "kaputt.toml"
    assert found["kaputt"].state == "nicht lesbar, 2 Fehler"
    first = faulty_lines(folder / "kaputt.toml")[0]
    assert f"kaputt.toml, Zeile {first}" in found["kaputt"].faults[0]


def test_a_broken_file_shows_all_its_faults_on_its_page(page, session, tmp_path, qtbot):
    with_own(session, tmp_path / "konzepte", "kaputt", ("weeks = 6", "wochen = 6"))

    move_to(page.reading, "kaputt", qtbot)

    text = shown(page.reading.document)
    assert "Was zu berichtigen ist" in text
    for line in faulty_lines(tmp_path / "konzepte" / "kaputt.toml"):
        assert f"Zeile {line}" in text
    assert not page.reading.compare_button.isVisible()


def test_markup_in_a_file_stays_text(page, session, tmp_path, qtbot):
    markup = "<b>fett</b> & <a href='x'>Verweis</a>"
    with_own(session, tmp_path / "konzepte", "frech", ("Marktprofil", markup))

    move_to(page.reading, "frech", qtbot)

    assert markup in shown(page.reading.document)


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def test_first_the_concept_of_the_caseload_is_read(page):
    text = shown(page.reading.document)

    assert page.reading.current() == "mg2012"
    assert text.startswith("Kundenkontaktdichte-Konzept des Jobcenters Mönchengladbach")
    assert "zwischen 2 und 3 Monaten" in text
    assert "zählt nicht, weil es kein qualifiziertes Beratungsgespräch war" in text
    assert "45 Minuten, dazu 15 Minuten Vor- und Nachbereitung" in text
    assert "60 % der Arbeitszeit für Gespräche" in text
    assert "Termine sind nicht an die Öffnungszeiten gebunden." in text


def test_arrows_read_another_concept_and_enter_goes_into_its_text(page, qtbot):
    move_to(page.reading, "ffm2017", qtbot)
    assert "45 % innerhalb von einem Monat" in shown(page.reading.document)

    qtbot.keyClick(page.reading.list, Qt.Key.Key_Return)

    assert page.reading.document.hasFocus()


def test_the_sentence_of_a_rule_stands_below_it_by_arrows_and_esc_folds_it(page, qtbot):
    document = page.reading.document
    quote = "„Marktprofil Alle 6 Wochen“"
    document.setFocus()
    assert quote not in shown(document)

    while document.chosen() != "rule:markt":
        qtbot.keyClick(document, Qt.Key.Key_Down)
    assert quote in shown(document)
    assert "Kontaktzyklen, Tabelle, Marktprofil · Lesart R12" in shown(document)

    qtbot.keyClick(document, Qt.Key.Key_Escape)
    assert document.chosen() == ""
    assert quote not in shown(document)


def test_a_row_far_down_is_brought_into_sight(page, qtbot):
    document = page.reading.document
    document.setFocus()

    for _ in range(60):
        qtbot.keyClick(document, Qt.Key.Key_Down)

    place = document.place_of(document.chosen())
    assert document.chosen() == "provision:auswertung"
    assert 0 <= place.top() < place.bottom() <= document.viewport().height()


def test_a_click_on_a_row_shows_its_sentence_and_another_one_hides_it(page, qtbot):
    document = page.reading.document
    place = document.place_of("rule:u25").center().toPoint()

    qtbot.mouseClick(document.viewport(), LEFT, pos=place)
    assert document.chosen() == "rule:u25"
    assert "Das Konzept nennt sie nur, es enthält sie nicht." in shown(document)

    there = document.place_of("rule:u25").topLeft().toPoint() + QPoint(3, 3)
    qtbot.mouseClick(document.viewport(), LEFT, pos=there)
    assert document.chosen() == ""


def test_all_sentences_at_once(page, qtbot):
    document = page.reading.document
    qtbot.mouseClick(page.reading.all_quotes, LEFT, pos=QPoint(8, 12))

    text = shown(document)

    assert "„ab 01.03.2012 im Bereich Markt und Integration anzuwenden“" in text
    assert text.count("„") > 20


def test_the_chosen_row_and_the_whole_concept_can_be_copied(page, qtbot):
    document, clipboard = page.reading.document, QGuiApplication.clipboard()
    document.setFocus()
    document.choose("rule:markt")

    qtbot.keyClick(document, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == (
        "Marktprofil\talle 6 Wochen\n"
        "    „Marktprofil Alle 6 Wochen“\n"
        "    (Kontaktzyklen, Tabelle, Marktprofil · Lesart R12)"
    )

    qtbot.mouseClick(page.reading.copy_button, LEFT)
    assert clipboard.text().startswith("Kundenkontaktdichte-Konzept")
    assert "„Marktprofil Alle 6 Wochen“" in clipboard.text()


def test_a_switch_of_the_colours_sets_the_text_anew(page, qapp):
    document = page.reading.document
    light = document.document().begin().begin().fragment().charFormat().foreground().color()
    theme.apply(qapp, Qt.ColorScheme.Dark)
    dark = document.document().begin().begin().fragment().charFormat().foreground().color()

    assert light.name() == theme.LIGHT.text
    assert dark.name() == theme.DARK.text


def test_a_change_elsewhere_leaves_the_reader_where_they_were(page, session, qtbot):
    move_to(page.reading, "ba2010", qtbot)
    page.reading.document.choose("rule:markt")

    session.changed.emit()

    assert page.reading.current() == "ba2010"
    assert page.reading.document.chosen() == "rule:markt"


def test_the_own_concept_is_named_beside_its_title_and_no_line_is_spent_on_it(page):
    view = page.reading.list
    model, delegate = view.model(), view.itemDelegate()
    heights = {
        item.id: delegate.sizeHint(QStyleOptionViewItem(), model.index(place, 0)).height()
        for place, item in enumerate(items(page.reading))
    }

    assert heights["mg2012"] == heights["ffm2017"]


@pytest.mark.parametrize("concept", ["ba2010", "ffm2017", "mg2012", "mk2015", "ue2019"])
def test_every_sentence_of_a_policy_stands_on_its_page(session, concept):
    policy = session.context.policy(concept)

    text = plain_text(read(policy, "in Kraft", Tone.OK, TODAY))

    cited = [
        *policy.rules,
        *policy.counting,
        *policy.duties,
        *policy.shifts,
        *policy.capacity,
        *policy.provisions,
        policy.validity,
    ]
    for each in cited:
        if each.citation is not None:
            assert each.citation.quote in text
            assert place_text(each.citation) in text
    for rule in policy.rules:
        assert rule.title in text
        assert all(goal in text for goal in rule.goals)
        if isinstance(rule.demand, CountInPeriod) and rule.demand.period_citation is not None:
            assert rule.demand.period_citation.quote in text


def test_steps_classes_and_declared_facts_are_said_in_words():
    folder = Path(__file__).parents[1] / "cases" / "policies"
    shelf = Shelf((folder,))

    def text(name):
        return plain_text(read(shelf.load(name), "in Kraft", Tone.OK, TODAY))

    following, forms, levels = map(
        text, ("musterstadt_folge", "musterstadt_formen", "musterstadt_stufen")
    )
    assert "Sprachkurs: nein" in following
    assert "dann zwischen 2 und 3 Monaten" in following
    assert "erfüllt durch: Beratungsgespräch" in following
    assert "Telefonkontakt und Persönliches Gespräch gelten nebeneinander." in forms
    assert "Elternzeit: die Vorgabe ruht, längstens 12 Monate" in forms
    assert "Betreuungsstufe: Stufe A" in levels
    assert "Leistungsbeginn: bis 12 Monate danach" in levels
    assert "Video · Entfernung in km über 30" in levels


# ── Comparing ───────────────────────────────────────────────────────────────────────────────────


def counts_shown(room):
    kinds = ("all", *(kind for kind in Change if kind is not Change.OTHER))
    return {kind: int(room.kind.button(kind).text().split()[-1]) for kind in kinds}


def test_two_concepts_are_compared_client_by_client(compared, session):
    found = comparison.compare(session.context, "mg2012", compared.second.field.value())
    counts = found.counts

    assert compared.first.text() == "Mönchengladbach 2012"
    assert compared.model.total() == len(found.rows) == len(worklist.entries(session.context))
    assert counts_shown(compared) == {
        "all": len(found.rows),
        Change.EARLIER: counts[Change.EARLIER],
        Change.LATER: counts[Change.LATER],
        Change.GAINED: counts[Change.GAINED],
        Change.LOST: counts[Change.LOST],
        Change.SAME: counts[Change.SAME] + counts[Change.OTHER],
    }
    assert (
        compared.overdue.figure.text() == f"{found.one.overdue}\u00a0→\u00a0{found.other.overdue}"
    )


def test_the_heads_name_the_two_concepts(compared, qtbot):
    compared.choose("ue2019")

    heads = [compared.model.headerData(n, Qt.Orientation.Horizontal) for n in (2, 3)]

    assert heads == ["Mönchengladbach 2012", "Uelzen 2019"]
    assert "abgelaufen" in compared.banner.text.text()


def test_a_kind_of_change_narrows_the_table_by_arrow_keys(compared, qtbot):
    compared.choose("ffm2017")
    compared.kind.button("all").setFocus()

    qtbot.keyClick(compared.kind.button("all"), Qt.Key.Key_Right)

    rows = compared.model.rows()
    assert compared.kind.value() == Change.EARLIER
    assert {moved.row.change for moved in rows} == {Change.EARLIER}
    assert len(rows) == counts_shown(compared)[Change.EARLIER]


def test_the_widest_moves_stand_first_and_the_columns_sort(compared, qtbot):
    compared.choose("mk2015")
    earlier = [m.row.days for m in compared.model.rows() if m.row.change is Change.EARLIER]
    assert earlier == sorted(earlier)

    header = compared.table.horizontalHeader()
    at = header.sectionViewportPosition(0) + 20
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(at, header.height() // 2))

    names = [moved.row.client.name for moved in compared.model.rows()]
    assert names == sorted(names, key=str.casefold)


def test_the_highlighted_client_shows_both_reasons(compared, qtbot):
    compared.choose("ffm2017")
    compared.table.setFocus()
    qtbot.keyClick(compared.table, Qt.Key.Key_Down)

    moved = compared.model.row(compared.table.currentIndex())

    assert compared.table.currentIndex().row() == 1
    assert compared.before.title.text() == "Mönchengladbach 2012"
    assert compared.after.title.text() == "Frankfurt 2017"
    assert compared.before.text.text()
    assert moved.row.other.deciding.policy.id == "ffm2017"


def test_a_change_in_the_store_leaves_the_highlighted_client(compared, session, qtbot):
    for _ in range(6):
        qtbot.keyClick(compared.table, Qt.Key.Key_Down)
    before = compared.model.row(compared.table.currentIndex()).id

    session.changed.emit()
    assert compared.model.row(compared.table.currentIndex()).id == before

    compared.choose("ue2019")
    assert compared.table.currentIndex().row() == 0


def test_enter_and_double_click_open_the_client(page, compared, qtbot):
    compared.table.setFocus()
    first = compared.model.rows()[0].id

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(compared.table, Qt.Key.Key_Return)
    assert opened.args == [first]

    place = compared.table.visualRect(compared.model.index(1, 0)).center()
    qtbot.mouseClick(compared.table.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.mouseDClick(compared.table.viewport(), LEFT, pos=place)
    assert opened.args == [compared.model.rows()[1].id]


def test_the_rules_stand_side_by_side_from_the_top(compared, qtbot):
    compared.choose("ue2019")

    qtbot.mouseClick(compared.rules_button, LEFT)

    text = shown(compared.rules)
    assert compared.rules.isVisible()
    assert compared.rules.verticalScrollBar().value() == 0
    assert not compared.kind.isEnabled()
    assert "Wo sich die Vorgaben unterscheiden" in text
    assert "Ü25 · arbeitslos · Profillage I, Z" in text
    assert "nicht berücksichtigt: in einer Maßnahme, Bereich" in text

    qtbot.mouseClick(compared.rules_button, LEFT)
    assert compared.table.isVisible()


def test_marked_text_survives_the_menu_that_copies_it(page, qtbot):
    document = page.reading.document
    document.setFocus()
    document.choose("rule:markt")
    document.selectAll()

    menu = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(document, menu)

    assert document.textCursor().hasSelection()


def test_reading_leads_to_the_comparison_with_that_concept(page, qtbot):
    move_to(page.reading, "ue2019", qtbot)

    qtbot.mouseClick(page.reading.compare_button, LEFT)

    assert page.rooms.value() == COMPARISON
    assert page.comparison.second.field.value() == "ue2019"
    qtbot.waitUntil(page.comparison.has_answered)


def test_a_preview_of_a_day_changes_nothing(compared, session, qtbot):
    compared.choose("ffm2017")
    compared.day.field.setFocus()
    qtbot.keyClicks(compared.day.field, "01.01.2027")

    found = comparison.switch_preview(session.context, "ffm2017", date(2027, 1, 1))

    assert counts_shown(compared)[Change.LATER] == found.counts[Change.LATER]
    assert compared.comparison().day == date(2027, 1, 1)
    said = compared.banner.text.text()
    assert "So stünde der Bestand am Fr 01.01.2027 da. Geändert ist noch nichts." in said
    assert "Einen Wechsel vormerken kann das Programm nicht" in said
    assert session.context.settings.policies == ("mg2012",)


def test_a_day_that_is_none_is_told_at_the_field(compared, qtbot):
    compared.day.field.setFocus()
    qtbot.keyClicks(compared.day.field, "31.11.2026")
    qtbot.keyClick(compared.day.field, Qt.Key.Key_Tab)
    assert compared.day.error() == "Bitte als TT.MM.JJJJ"

    compared.day.field.setFocus()
    compared.day.field.selectAll()
    qtbot.keyClicks(compared.day.field, "30.11.2026")
    qtbot.keyClick(compared.day.field, Qt.Key.Key_Tab)
    assert compared.day.error() == ""


def test_only_the_button_switches_and_it_can_be_taken_back(page, compared, session, qtbot):
    compared.choose("ffm2017")
    steps = []
    session.done.connect(steps.append)

    qtbot.mouseClick(compared.switch_button, LEFT)

    assert session.context.settings.policies == ("ffm2017",)
    assert compared.first.text() == "Frankfurt 2017"
    assert compared.second.field.value() == "mg2012"
    [said] = steps
    assert said == "Umgestellt: Es gilt „Frankfurt 2017“"

    assert session.undo() == said
    assert session.context.settings.policies == ("mg2012",)
    assert compared.first.text() == "Mönchengladbach 2012"


def test_several_concepts_laid_over_each_other_are_compared_as_one_side(compared, session):
    session.perform(lambda context: policies.choose(context, "mg2012", "ba2010"))

    compared.choose("ffm2017")

    assert compared.comparison().one.title == "Mönchengladbach 2012 + BA 2010"


def test_a_broken_concept_in_force_is_said_above_the_table(compared, session, tmp_path, qtbot):
    folder = tmp_path / "konzepte"
    with_own(session, folder, "eigenes")
    session.perform(lambda context: policies.choose(context, "eigenes"))
    with_own(session, folder, "eigenes", ("weeks = 6", "wochen = 6"))
    session.context.forget()
    session.changed.emit()

    compared.choose("mg2012")

    assert compared.first.text() == "eigenes"
    assert "eigenes ist nicht lesbar: keine Fristen." in compared.banner.text.text()
    assert counts_shown(compared)[Change.EARLIER] == 0
    assert counts_shown(compared)[Change.GAINED] > 0


SET = """kind = "set"
id = "{name}"
title = "Konzepte des Jobcenters Musterstadt"
short_title = "Musterstadt"
office = "Jobcenter Musterstadt"
combine = "{combine}"
"""


def with_set(session: Session, folder, *parts: list[str], combine="strictest", name="muster"):
    """A set of the office on the shelf, and two versions of one concept: "mg2020" and "mg2027"."""
    folder.mkdir(exist_ok=True)
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    for year, validity in (
        (2020, "from = 2020-01-01\nuntil = 2026-12-31"),
        (2027, "from = 2027-01-01"),
    ):
        text = whole.replace('"mg2012"', f'"mg{year}"').replace("from = 2012-03-01", validity)
        text = text.replace('"Mönchengladbach 2012"', f'"Mönchengladbach {year}"')
        (folder / f"mg{year}.toml").write_text(text, encoding="utf-8")
    text = SET.format(name=name, combine=combine)
    text += "".join(f"[[part]]\npolicies = {json.dumps(part)}\n" for part in parts)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    session.context.shelf = Shelf((paths.policies(), folder))
    session.changed.emit()


def test_a_set_is_ours_and_so_is_what_speaks_in_it(compared, page, session, tmp_path):
    with_set(session, tmp_path / "konzepte", ["mg2020", "mg2027"], ["ba2010"])
    session.perform(lambda context: policies.choose(context, "muster"))

    marks = {item.id: item.mark for item in items(page.reading) if item.mark}

    part = "Teil Ihres Konzepts"
    assert marks == {"muster": "Ihr Konzept", "mg2020": part, "ba2010": part}
    assert compared.first.text() == "Musterstadt"
    assert compared.comparison().one.title == "Musterstadt"


@pytest.mark.parametrize(
    ("combine", "kind", "today"),
    [
        (
            "first",
            "Zusammenstellung: in dieser Reihenfolge · eigene Datei",
            "Heute: Mönchengladbach 2020, Uelzen 2019 (abgelaufen)",
        ),
        (
            "strictest",
            "Zusammenstellung: die strengere Vorgabe gilt · eigene Datei",
            "Heute: Mönchengladbach 2020 + Uelzen 2019 (abgelaufen)",
        ),
    ],
)
def test_the_list_says_what_a_set_is_and_which_versions_speak(
    page, session, tmp_path, combine, kind, today
):
    with_set(session, tmp_path / "konzepte", ["mg2020", "mg2027"], ["ue2019"], combine=combine)

    item = next(each for each in items(page.reading) if each.id == "muster")

    assert (item.title, item.mark) == ("Musterstadt", "")
    assert (item.state, item.tone) == ("nur teilweise in Kraft", Tone.SOON)
    assert item.details == ("Jobcenter Musterstadt", kind, today)


def test_a_set_is_read_and_its_concepts_are_links_for_the_keyboard(page, session, tmp_path, qtbot):
    with_set(session, tmp_path / "konzepte", ["mg2020", "mg2027"], ["ue2019"], combine="first")
    move_to(page.reading, "muster", qtbot)
    document = page.reading.document
    text = shown(document)

    qtbot.keyClick(page.reading.list, Qt.Key.Key_Return)
    qtbot.keyClick(document, Qt.Key.Key_Down)
    qtbot.keyClick(document, Qt.Key.Key_Down)
    qtbot.keyClick(document, Qt.Key.Key_Return)

    assert "Das erste Konzept, das für eine Person etwas vorgibt, entscheidet." in text
    for said in ("gilt", "andere Fassung", "abgelaufen", "sagt heute nichts"):
        assert said in text
    assert page.reading.current() == "mg2027"
    assert document.accessibleName() != "Konzepte des Jobcenters Musterstadt"


def test_a_click_on_a_concept_of_a_set_opens_it(page, session, tmp_path, qtbot):
    with_set(session, tmp_path / "konzepte", ["mg2020", "mg2027"], ["ue2019"])
    page.reading.choose("muster")
    document = page.reading.document

    place = document.place_of("part:2:ue2019").topLeft().toPoint()
    qtbot.mouseClick(document.viewport(), LEFT, pos=place + QPoint(60, 8))

    assert page.reading.current() == "ue2019"


def test_a_set_is_the_second_side_of_a_comparison(compared, session, tmp_path, qtbot):
    with_set(session, tmp_path / "konzepte", ["mk2015"], ["ue2019"])
    qtbot.waitUntil(compared.has_answered)
    choice = compared.second.field
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    qtbot.waitUntil(compared.has_answered)

    assert choice.currentText() == "Musterstadt"
    found = compared.comparison()
    expected = comparison.compare(session.context, "mg2012", "muster")
    assert found.counts == expected.counts
    assert found.other.title == "Musterstadt"
    assert "Uelzen 2019 ist seit 01.01.2024 abgelaufen" in compared.banner.text.text()
    qtbot.mouseClick(compared.rules_button, LEFT)
    assert "Mönchengladbach 2012 und Musterstadt" in shown(compared.rules)


def test_a_caseload_is_switched_to_a_set_and_back(compared, page, session, tmp_path, qtbot):
    with_set(session, tmp_path / "konzepte", ["mk2015"], ["ue2019"])
    compared.choose("muster")
    compared.day.field.setFocus()
    qtbot.keyClicks(compared.day.field, "01.01.2027")
    qtbot.keyClick(compared.day.field, Qt.Key.Key_Return)
    qtbot.waitUntil(compared.has_answered)
    assert compared.comparison().day == date(2027, 1, 1)
    assert "Uelzen 2019 ist seit 01.01.2024 abgelaufen: keine Fristen." in (
        compared.banner.text.text()
    )

    with qtbot.waitSignal(session.done) as done:
        qtbot.mouseClick(compared.switch_button, LEFT)

    assert session.context.settings.policies == ("muster",)
    assert done.args[0] == "Umgestellt: Es gilt „Musterstadt“"
    assert session.undo() == done.args[0]
    assert session.context.settings.policies == ("mg2012",)


def test_whether_a_set_can_be_kept_is_asked_like_a_concept(page, session, tmp_path, qtbot):
    with_set(session, tmp_path / "konzepte", ["mk2015"], ["ba2010"])
    qtbot.mouseClick(page.rooms.button(FEASIBILITY), LEFT)
    room = page.feasibility
    room.concept.field.setCurrentIndex(room.concept.field.findData("muster"))
    qtbot.waitUntil(room.has_answered)

    expected = feasibility.feasibility(session.context, "muster")
    assert len(expected.policies) == 2
    assert shown(room.document).startswith(
        " + ".join(policy.short_title for policy in expected.policies)
    )


def test_without_a_second_concept_there_is_nothing_to_compare(compared, session, tmp_path, qtbot):
    (tmp_path / "konzepte").mkdir()
    (tmp_path / "konzepte" / "mg2012.toml").write_bytes(
        (paths.policies() / "mg2012.toml").read_bytes()
    )
    session.context.shelf = Shelf((tmp_path / "konzepte",))
    session.changed.emit()

    qtbot.waitUntil(compared.empty.isVisible)
    assert compared.empty.text.text() == "Es liegt kein zweites lesbares Konzept vor."
    assert not compared.switch_button.isEnabled()


def test_nothing_is_compared_while_nobody_looks(page, session, monkeypatch):
    asked = []
    monkeypatch.setattr(comparison, "compare", lambda *args: asked.append(args))

    session.changed.emit()

    assert asked == []


# ── Feasibility ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def feasible(page, qtbot):
    qtbot.mouseClick(page.rooms.button(FEASIBILITY), LEFT)
    qtbot.waitUntil(page.feasibility.has_answered)
    return page.feasibility


def choose_concept(room, title: str, qtbot) -> None:
    room.concept.field.setFocus()
    qtbot.keyClicks(room.concept.field, title)


def test_the_talks_that_are_needed_stand_against_the_slots(feasible, session):
    found = feasibility.feasibility(session.context)
    text = shown(feasible.document)

    assert feasible.concept.field.currentText() == "Mönchengladbach 2012 (Ihr Konzept)"
    assert feasible.result.figure.text() == "erreichbar"
    assert f"{found.supply.booked} vereinbart" in feasible.possible.remark.text()
    assert "Woher die Gespräche kommen" in text
    assert "Marktprofil" in text


def test_shares_are_shown_in_all_readings_that_differ(feasible, session, qtbot):
    choose_concept(feasible, "Frankfurt", qtbot)

    text = shown(feasible.document)

    assert "Wie man das Konzept lesen kann" in text
    assert "mindestens" in text
    assert "mit festen Gruppen" in text
    assert "–" in feasible.needed.figure.text()


def test_what_cannot_be_reached_is_said_with_its_share(feasible, session, qtbot):
    """One hour on Mondays is left, and half a year of it is looked at."""
    monday = ((Block(time(9), time(10)),), (), (), (), ())
    hours = replace(session.context.settings.hours, weeks=(monday,))
    session.perform(lambda context: context.change_settings(hours=hours))
    feasible.weeks.field.setFocus()
    feasible.weeks.field.selectAll()
    qtbot.keyClicks(feasible.weeks.field, "26")
    qtbot.keyClick(feasible.weeks.field, Qt.Key.Key_Return)

    found = feasibility.feasibility(session.context, None, 26)

    assert f"{found.supply.free} frei" in feasible.possible.remark.text()
    assert feasible.result.figure.text() == "nicht erreichbar"
    assert f"nicht erreichbar, {feasible.result.remark.text()}" in shown(feasible.document)


def test_the_sentence_of_a_rule_is_at_hand_there_too(feasible, qtbot):
    document = feasible.document
    document.setFocus()

    while document.chosen() != "rule:mg2012:markt":
        qtbot.keyClick(document, Qt.Key.Key_Down)

    assert "„Marktprofil Alle 6 Wochen“" in shown(document)


def test_the_working_hours_are_one_click_away(page, feasible, qtbot):
    with qtbot.waitSignal(page.settings_wanted):
        qtbot.mouseClick(feasible.hours_button, LEFT)


# ── Keyboard and screen reader ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("room", [READING, COMPARISON, FEASIBILITY])
def test_every_control_is_reached_by_tab_and_has_a_name(page, qtbot, room):
    page.show_room(room)
    QApplication.processEvents()
    wanted = {
        child
        for child in page.findChildren(QWidget)
        if child.isVisible()
        and child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
        and child.parent().objectName() != "qt_spinbox_lineedit"
    }

    reached, focused = set(), None
    page.rooms.button(room).setFocus()
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused in reached:
            break
        reached.add(focused)
        page.focusNextChild()

    nameless = [w for w in reached if not (w.accessibleName() or getattr(w, "text", str)())]
    missed = [w for w in wanted - reached if not any(w in r.findChildren(QWidget) for r in reached)]
    segments = set(page.rooms.findChildren(QWidget)) | set(
        page.comparison.kind.findChildren(QWidget)
    )
    assert nameless == []
    assert [w for w in missed if w not in segments] == []
