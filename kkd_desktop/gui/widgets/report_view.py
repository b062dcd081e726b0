"""How do the figures of a year stand on the page? Headlines, charts in cards, who is left out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart, ChartKind, Ids
from kkd_desktop.domain.language import said
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.left_out import LeftOutModel, NumbersModel
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.chart_card import ChartCard, Definition
from kkd_desktop.gui.widgets.figure_card import FigureCard
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

if TYPE_CHECKING:
    from kkd_desktop.domain.report_sheets import Figure
    from kkd_desktop.domain.team_report import TeamReport
    from kkd_desktop.gui.models.year_answer import Headline, YearAnswer

_TWO_COLUMNS = 1000
_FIGURE_WIDTH, _SIDE = 138, 10
_NARROW, _BROAD = 100, 125
_AIR = 60
"""Above and below what the keys are at."""

_TABLES = "auswertung/tables"
_MOST_ROWS, _BAR = 9, 10
_LEFT_OUT_WIDTHS = (132, 134, 254, 86)


class ReportView(QScrollArea):
    """One column in a narrow window, two in a wide one; scrolled as a whole.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
        copied: a table is in the clipboard.
    """

    people_wanted = Signal(object, str)
    copied = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._columns = 1
        self.cards: list[ChartCard] = []
        self._charts: list[Chart] = []
        self._waiting: list[Chart] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self.headline = _Headline()
        self.hint = PlainLabel(
            self.tr(
                "Ein Klick auf einen Wert zeigt die Personen dahinter; "
                "mit der Tastatur: Tab, Pfeile, Eingabe."
            ),
            size=theme.SMALL_SIZE,
            muted=True,
        )
        self.besides = PlainLabel()
        self.besides.hide()
        self.left_out = LeftOutCard()
        self.meaning = _Meaning()
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.LARGE)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SMALL, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.headline)
        column.addWidget(self.besides)
        column.addWidget(self.hint)
        column.addLayout(self._grid)
        for card in (self.left_out, self.meaning):
            column.addWidget(card)
        column.addStretch()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        self.headline.people_wanted.connect(self.people_wanted)
        self.left_out.people_wanted.connect(self.people_wanted)
        self._timer.timeout.connect(self._make_next)

    def show_year(self, answer: "YearAnswer") -> None:
        """One caseload, with the people behind each figure."""
        self.headline.show_headlines(answer.headlines)
        besides = sum(month.besides for month in answer.report.months)
        self.besides.setVisible(bool(besides))
        self.besides.setText(
            self.tr("Nicht im Ist: {contacts} von Personen, für die es kein Soll gab.").format(
                contacts=texts.counted(besides, "zählender Kontakt", "zählende Kontakte")
            )
        )
        self.left_out.show_left_out(answer)
        self._show_charts(answer.charts)

    def show_team(self, report: "TeamReport") -> None:
        """Several caseloads, without anybody: who is left out are numbers, too."""
        from kkd_desktop.domain.charts import team_charts
        from kkd_desktop.domain.report_answers import team_answers
        from kkd_desktop.domain.team_sheets import team_left_out
        from kkd_desktop.gui.models.year_answer import Headline

        self.hint.hide()
        self.headline.show_headlines([Headline(each) for each in team_answers(report)])
        self.left_out.show_numbers(team_left_out(report))
        self._show_charts(team_charts(report))

    def card(self, chart_id: str) -> ChartCard:
        return next(card for card in self.cards if card.view.chart.id == chart_id)

    def is_complete(self) -> bool:
        """Whether all charts stand there; they are made one after the other."""
        return not self._waiting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            self._place_cards()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waiting:
            self._timer.start()

    def _show_charts(self, charts: Sequence[Chart]) -> None:
        """Where the same charts are shown anew, place, focus and scroll stay."""
        ids = [chart.id for chart in charts]
        if ids != [chart.id for chart in self._charts]:
            for card in self.cards:
                self._grid.removeWidget(card)
                card.hide()
                card.deleteLater()
            self.cards = []
        self._charts = list(charts)
        for card, chart in zip(self.cards, charts, strict=False):
            card.show_chart(chart)
        self._waiting = self._charts[len(self.cards) :]
        self._timer.start()

    def _make_next(self) -> None:
        """One card a turn: all at once would hold up the window for a tenth of a second. While
        nobody looks they wait: what is made out of sight is laid out all at once when it is seen.
        """
        if not self._waiting or not self.isVisible():
            return
        self.cards.append(self._made(self._waiting.pop(0)))
        self._place_cards()
        if self._waiting:
            self._timer.start()
        else:
            self._order_keys()

    def _order_keys(self) -> None:
        """Tab goes down the page as it is read, and the page follows."""
        controls: list[QWidget] = [figure.button for figure in self.headline.figures]
        for card in self.cards:
            controls += card.controls()
        controls += [self.left_out.table, self.left_out.definition.button]
        for one, following in pairwise(controls):
            QWidget.setTabOrder(one, following)
        for control in controls:
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Where the mouse pressed, nothing may move before it lets go.
        if (
            isinstance(event, QFocusEvent)
            and event.gotFocus()
            and event.reason() is not Qt.FocusReason.MouseFocusReason
            and isinstance(watched, QWidget)
        ):
            self.ensureWidgetVisible(watched, 0, _AIR)
        return super().eventFilter(watched, event)

    def _made(self, chart: Chart) -> ChartCard:
        card = ChartCard(chart)
        card.people_wanted.connect(self.people_wanted)
        card.copied.connect(self.copied)
        card.show_table(chart.id in self._tables())
        card.table_toggled.connect(self._keep_tables)
        return card

    def _place_cards(self) -> None:
        places = _places(self._charts, self._columns)
        for card, (row, column, width) in zip(self.cards, places, strict=False):
            self._grid.addWidget(card, row, column, 1, width)
        for each in range(2):
            self._grid.setColumnStretch(each, int(each < self._columns))

    def _tables(self) -> list[str]:
        kept = None if self._settings is None else self._settings.value(_TABLES)
        return str(kept or "").split()

    def _keep_tables(self) -> None:
        """Who reads tables rather than pictures need not ask for each of them every day."""
        if self._settings is not None:
            shown = [c.view.chart.id for c in self.cards if c.table_button.isChecked()]
            self._settings.setValue(_TABLES, " ".join(shown))


def _places(charts: Sequence[Chart], columns: int) -> list[tuple[int, int, int]]:
    """Row, column and width of each card. A grid wants the whole width, and one more chart where
    those after it would not come out even.
    """
    wide = [number for number, chart in enumerate(charts) if chart.kind is ChartKind.GRID]
    first = wide[-1] + 1 if wide else 0
    if (len(charts) - first) % 2:
        wide.append(first)
    found, row, column = [], 0, 0
    for number in range(len(charts)):
        width = columns if number in wide else 1
        if column + width > columns:
            row, column = row + 1, 0
        found.append((row, column, width))
        column += width
    return found


class _Headline(QWidget):
    """The few numbers that are asked for first, each with the way to its people.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
    """

    people_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: list[AskingFigure] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SMALL)

    def show_headlines(self, headlines: "Sequence[Headline]") -> None:
        while len(self.figures) > len(headlines):
            figure = self.figures.pop()
            figure.hide()
            figure.deleteLater()
        while len(self.figures) < len(headlines):
            figure = AskingFigure()
            figure.people_wanted.connect(self.people_wanted)
            self.figures.append(figure)
            self._columns = 0
        for figure, headline in zip(self.figures, headlines, strict=True):
            figure.show_headline(headline)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        number = len(self.figures)
        fit = max(self.width() // _FIGURE_WIDTH, 1)
        columns = number if fit >= number else min(fit, (number + 1) // 2)
        if not number or columns == self._columns:
            return
        self._columns = columns
        for place, figure in enumerate(self.figures):
            self._grid.addWidget(figure, place // columns, place % columns)
        for column in range(number):
            titles = [each.title.sizeHint().width() for each in self.figures[column::columns]]
            wanted = min(max(*titles, _NARROW), _BROAD)
            if columns < number:
                # In two rows there is room enough for all to be alike.
                wanted = int(column < columns)
            self._grid.setColumnStretch(column, wanted)


class AskingFigure(FigureCard):
    """A figure with the way to its people.

    Signals:
        people_wanted: their ids, and which figure that is.
    """

    people_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._ids: Ids = ()
        self._said = ""
        self.body.setContentsMargins(_SIDE, theme.MEDIUM, _SIDE, theme.MEDIUM)
        self.button = Button("", kind="link")
        self.button.setProperty("flush", "true")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        self.body.addLayout(row)
        self.button.clicked.connect(lambda: self.people_wanted.emit(self._ids, self._said))

    def show_headline(self, headline: "Headline") -> None:
        answer = headline.answer
        people = texts.counted(len(headline.ids), "Person", "Personen")
        self.title.setText(answer.label[:1].upper() + answer.label[1:])
        self.show_figure(answer.value, answer.note)
        self._ids, self._said = headline.ids, headline.said
        self.button.setText(people)
        self.button.setAccessibleName(
            self.tr("{title}: {people} zeigen").format(title=self.title.text(), people=people)
        )
        self.button.setVisible(bool(headline.ids))


class LeftOutCard(Card):
    """Who is not in a figure, in which month, and why; a row opens them.

    Signals:
        people_wanted: the ids of a row, and which row that is.
    """

    people_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Nicht enthalten"), parent=parent)
        self.model = LeftOutModel(self)
        self.nothing = PlainLabel(self.tr("Niemand ist ausgelassen."), muted=True)
        self.table = DataTable(self.model, self.tr("Nicht enthalten"))
        self.table.set_widths(*_LEFT_OUT_WIDTHS)
        self.numbers: DataTable | None = None
        self.definition = Definition()
        self.definition.show_text(said(definitions.POPULATION))
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table)
        self.body.addWidget(self.definition)

        self.table.row_opened.connect(lambda row: self.people_wanted.emit(row.ids, row.said))

    def show_left_out(self, answer: "YearAnswer") -> None:
        """By name, as far as there is anybody."""
        rows = answer.left_out
        self.model.show_rows(rows)
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(_height(len(rows)))

    def show_numbers(self, figure: "Figure") -> None:
        """Where nobody is known."""
        self.nothing.hide()
        self.table.hide()
        if self.numbers is not None:
            self.body.removeWidget(self.numbers)
            self.numbers.hide()
            self.numbers.deleteLater()
        self.numbers = DataTable(NumbersModel(figure), self.tr("Nicht enthalten"))
        self.numbers.model().setParent(self.numbers)
        self.numbers.fit_titles()
        self.numbers.setFixedHeight(_height(len(figure.rows)) + _BAR)
        self.body.insertWidget(self.body.count() - 1, self.numbers)


def _height(rows: int) -> int:
    return ROW_HEIGHT * (min(rows, _MOST_ROWS) + 1) + 4


class _Meaning(Card):
    """What holds for all figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Stichtag"), parent=parent)
        text = PlainLabel(said(definitions.AS_OF), size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.body.addWidget(text)
