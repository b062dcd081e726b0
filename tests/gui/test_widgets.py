import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner, NoticeBar
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.capacity import CapacityBar
from kkd_desktop.gui.widgets.chip import Chip
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel, SectionHeading
from kkd_desktop.gui.widgets.passphrase import strength
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.side_column import SideColumn
from kkd_desktop.gui.widgets.steps import StepLine
from kkd_desktop.gui.widgets.tiles import ProposalTiles, Tile
from kkd_desktop.gui.widgets.toast import Toast

FORMS = [("persoenlich", "persönlich"), ("telefonisch", "telefonisch"), ("video", "Video")]


def test_arrow_keys_choose_a_segment(qtbot, present):
    control = SegmentedControl(FORMS, "Form")
    present(control)
    control.setFocus()

    with qtbot.waitSignal(control.value_changed) as changed:
        qtbot.keyClick(control.button("persoenlich"), Qt.Key.Key_Right)

    assert changed.args == ["telefonisch"]
    assert control.value() == "telefonisch"


def test_a_click_chooses_a_segment_and_a_second_one_keeps_it(qtbot):
    control = SegmentedControl(FORMS, "Form")
    qtbot.addWidget(control)

    for _ in range(2):
        qtbot.mouseClick(control.button("video"), Qt.MouseButton.LeftButton)

    assert control.value() == "video"
    assert control.button("video").accessibleName() == "Video"


TILES = [
    Tile("a", "Mo 23.11. 11:00", "wird ausgehändigt"),
    Tile("b", "Di 24.11. 09:00", "auch per Post", "Reicht für die Post."),
    Tile("other", "Anderer Tag …"),
]


def test_the_first_proposal_is_chosen_and_arrows_move_on(qtbot, present):
    tiles = ProposalTiles("Nächster Termin")
    tiles.show_tiles(TILES)
    present(tiles)
    assert tiles.value() == "a"
    tiles.button("a").setFocus()

    qtbot.keyClick(tiles.button("a"), Qt.Key.Key_Right)

    assert tiles.value() == "b"
    assert tiles.button("b").accessibleName() == "Di 24.11. 09:00, auch per Post"
    assert tiles.button("b").accessibleDescription() == "Reicht für die Post."


def test_new_proposals_keep_the_choice_where_it_is_still_offered(qtbot):
    tiles = ProposalTiles()
    qtbot.addWidget(tiles)
    tiles.show_tiles(TILES)
    tiles.set_value("b")

    tiles.show_tiles(TILES[1:])
    assert tiles.value() == "b"

    tiles.show_tiles(TILES[:1])
    assert tiles.value() == "a"

    tiles.show_tiles([])
    assert tiles.value() is None


@pytest.mark.parametrize("widget", [PlainLabel, ElidedLabel, Paragraph, Chip])
def test_a_name_is_never_read_as_rich_text(qtbot, widget):
    label = widget("<img src=file:///etc/hostname><b>Mallory</b>")
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_cut_text_is_whole_in_the_tooltip(qtbot):
    label = ElidedLabel("Freiherrin von Langenfeld zu Hohenstein")
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    assert label.toolTip() == "Freiherrin von Langenfeld zu Hohenstein"

    label.resize(600, 20)
    assert label.toolTip() == ""


def test_reading_text_grows_with_its_lines(qtbot):
    text = Paragraph("Letzter zählender Kontakt 30.09.2026, Marktprofil alle sechs Wochen. " * 3)
    qtbot.addWidget(text)

    assert text.heightForWidth(150) > 2 * text.heightForWidth(600)
    assert Paragraph("a\nb").heightForWidth(300) == 2 * Paragraph("a").heightForWidth(300)


def test_a_label_names_its_field_and_an_error_is_told_below_it(qtbot, heard):
    field = FormField("&Nachname", QLineEdit(), "Wie im Ausweis")
    qtbot.addWidget(field)
    field.show()
    assert field.field.accessibleName() == "Nachname"

    field.show_error("Geben Sie den Nachnamen ein.")
    assert field.message.text() == "Geben Sie den Nachnamen ein."
    assert field.field.accessibleDescription() == "Geben Sie den Nachnamen ein."
    assert heard == ["Nachname: Geben Sie den Nachnamen ein."]

    qtbot.keyClicks(field.field, "M")
    assert field.error() == ""
    assert field.message.text() == "Wie im Ausweis"


def test_a_number_stands_away_from_the_edge_of_its_field(qtbot):
    field = FormField("Dauer", QSpinBox())
    qtbot.addWidget(field)

    assert field.field.findChild(QLineEdit).textMargins().left() > 0


def test_the_banner_says_word_and_reason(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)

    banner.say("zählt nicht", "nur persönliche Gespräche", Tone.LATE)

    assert banner.accessibleName() == "zählt nicht nur persönliche Gespräche"
    assert banner.property("tone") == "late"


def test_a_notice_stays_until_it_is_taken_back(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    pressed: list[bool] = []

    bar.show_notice("policy", "alt")
    notice = bar.show_notice(
        "policy", "abgelaufen", Tone.LATE, "Verlängern …", lambda: pressed.append(True)
    )
    assert notice.accessibleName() == "abgelaufen"
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]

    bar.clear_notice("policy")
    assert bar.isHidden()


def test_the_line_with_a_way_back_does_it_and_goes(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 300)
    toast = Toast(page)
    undone: list[bool] = []
    page.show()

    toast.say("Kontakt erfasst", "Rückgängig", lambda: undone.append(True))
    assert toast.isVisible()
    assert not toast.hasFocus()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)

    assert undone == [True]
    assert toast.isHidden()


def test_the_line_stands_above_what_a_page_keeps_clear(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    legend = QWidget(page)
    legend.setGeometry(0, 290, 600, 20)
    toast = Toast(page, kept_clear=lambda: legend)
    page.show()

    toast.say("Termin verlegt")
    assert toast.geometry().bottom() < legend.y()

    legend.hide()
    toast.say("Termin verlegt")
    assert toast.geometry().intersects(legend.geometry())


def test_no_line_is_broken_between_a_weekday_and_its_date():
    text = "Bekannt am Di 24.11.2026 (§ 37 SGB X), KW 48, 45 min, 90 % kommen, Nr. 3, Satz 1"

    label = PlainLabel(text, wrap=True)

    assert label.text() == text
    shown = QLabel.text(label)
    assert shown.split(" ") == [
        *("Bekannt", "am", "Di\u00a024.11.2026", "(§\u00a037", "SGB\u00a0X),", "KW\u00a048,"),
        *("45\u00a0min,", "90\u00a0%", "kommen,", "Nr.\u00a03,", "Satz\u00a01"),
    ]
    assert QLabel.text(PlainLabel(text)) == text


def test_what_goes_on_below_a_bullet_stands_below_its_words():
    goals = Paragraph("· Vermeidung einer Verfestigung\n· Beseitigung von Einschränkungen")

    layout, _ = goals._laid_out(120)
    lines = [layout.lineAt(place) for place in range(layout.lineCount())]

    words = layout.text()
    begins = [words[line.textStart()] == "·" for line in lines]
    assert begins.count(True) == 2
    assert {line.position().x() > 0 for line in lines} == {True, False}
    assert [line.position().x() == 0 for line in lines] == begins


def test_of_proposals_as_many_are_shown_as_can_be_read_always_with_the_chosen_one(qtbot):
    tiles = ProposalTiles("Nächster Termin")
    qtbot.addWidget(tiles)
    days = [str(day) for day in range(1, 6)]
    tiles.show_tiles([Tile(day, f"Mo 0{day}.02. 08:00", "auch per Post") for day in days], "4")
    tiles.show()

    tiles.fit(280)

    assert [day for day in days if tiles.button(day).isVisible()] == ["1", "4"]
    assert tiles.value() == "4"
    tiles.fit(2000)
    assert all(tiles.button(day).isVisible() for day in days)


def test_the_present_step_stands_out_also_where_the_page_came_to_scroll(qtbot):
    window, area = QWidget(), QWidget()
    for each in (window, area):
        qtbot.addWidget(each)
        QVBoxLayout(each)
    line = StepLine(["Datei", "Lesart", "Prüfung"])
    window.layout().addWidget(line)
    window.show()
    line.show_step(2)

    area.layout().addWidget(line)
    area.show()

    weights = [label.font().weight() for label in line._labels]
    assert weights == [QFont.Weight.Normal, QFont.Weight.Normal, QFont.Weight.DemiBold]


def test_an_empty_list_says_what_to_do(qtbot):
    empty = EmptyState("Noch niemand", "Legen Sie die erste Person an.", "Person anlegen")
    qtbot.addWidget(empty)

    with qtbot.waitSignal(empty.action_requested):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_capacity_is_told_in_words(qtbot):
    bar = CapacityBar()
    qtbot.addWidget(bar)

    bar.show_capacity(14, 4.5, 24)

    assert bar.accessibleName() == "18,5 von 24 belegt"
    assert not bar.grab().isNull()


def test_a_button_is_named_without_its_underline_and_tells_its_key(qtbot):
    button = Button("&Speichern", keys="Strg S")
    qtbot.addWidget(button)

    assert button.accessibleName() == "Speichern"
    assert button.accessibleDescription() == "Strg S"
    assert button.sizeHint().width() > Button("&Speichern").sizeHint().width()


def test_a_heading_holds_buttons_at_its_right(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    heading = SectionHeading("Heute", "23 Personen", page=True)
    button = Button("Plan vorschlagen …")
    heading.add(button)
    QVBoxLayout(page).addWidget(heading)
    page.resize(600, 60)
    page.show()

    assert button.geometry().right() > heading.width() - 5


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("", Tone.LATE),
        ("Igel", Tone.LATE),
        ("Passwort123!", Tone.LATE),
        ("0123456789", Tone.LATE),
        ("aaaaaaaaaaaaaaaaaaaa", Tone.LATE),
        ("x8$kQ2pL9v", Tone.SOON),
        ("Der Igel isst gern rote Äpfel im Herbst", Tone.OK),
    ],
)
def test_a_sentence_is_better_than_a_word_with_figures(text, tone):
    assert strength(text).tone is tone


def test_a_line_without_room_takes_its_shorter_words_and_keeps_the_long_ones_in_the_tooltip(qtbot):
    line, short = ElidedLabel("23. – 27. November 2026"), ElidedLabel("Nov 2026")
    line.set_shorter("Nov 2026")
    for each in (line, short):
        qtbot.addWidget(each)
        each.resize(80, 20)

    assert line.grab().toImage() == short.grab().toImage()
    assert line.toolTip() == "23. – 27. November 2026"


class Counter(QObject):
    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.layouts = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.layouts += event.type() is QEvent.Type.LayoutRequest
        return False


def test_a_column_of_cards_grows_with_its_texts_and_then_rests(qtbot):
    text = PlainLabel("kurz", wrap=True)
    column = SideColumn([text])
    column.resize(200, 100)
    qtbot.addWidget(column)
    column.show()

    text.setText("Ein langer Satz, der viele Zeilen braucht. " * 20)
    qtbot.waitUntil(lambda: column.widget().height() >= text.heightForWidth(text.width()) > 200)
    counter = Counter(column.widget())
    qtbot.wait(100)

    assert counter.layouts == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_keys_is_pressed_by_enter_too(qtbot, present, key):
    button = Button("Fertig", kind="link")
    present(button)
    button.setFocus()

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_control_and_enter_is_for_the_dialog_not_for_the_button(qtbot, present):
    button = Button("Abbrechen")
    present(button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))

    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert pressed == []


def test_of_several_shorter_words_the_longest_that_fits_is_shown(qtbot):
    label = ElidedLabel("30. November – 4. Dezember 2026")
    qtbot.addWidget(label)
    label.set_shorter("Nov/Dez 2026", "Nov/Dez", "")
    advance = label.fontMetrics().horizontalAdvance

    found = []
    for text in (label.text(), "Nov/Dez 2026", "Nov/Dez", "N"):
        label.resize(advance(text), 20)
        found.append(label.said())

    assert found == ["30. November – 4. Dezember 2026", "Nov/Dez 2026", "Nov/Dez", ""]
    assert label.minimumSizeHint().width() == 0
