"""How do the figures of a year stand on the page? Headlines, charts in cards, who is left out."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart, Ids
from kkd_desktop.domain.charts import team_charts
from kkd_desktop.domain.report_answers import team_answers
from kkd_desktop.domain.report_sheets import Figure, team_figures
from kkd_desktop.domain.team_report import TeamReport
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.left_out import LeftOutModel, NumbersModel
from kkd_desktop.gui.models.year_answer import Headline, YearAnswer
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.chart_card import ChartCard, Definition
from kkd_desktop.gui.widgets.figure_card import FigureCard
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_TWO_COLUMNS = 1000
_FIGURE_WIDTH = 138
_TABLES = "auswertung/tables"
_MOST_ROWS = 9
_LEFT_OUT_WIDTHS = (140, 130, 240, 96)


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
        self.headline = _Headline()
        self.left_out = LeftOutCard()
        self.meaning = _Meaning()
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.LARGE)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SMALL, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.headline)
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

    def show_year(self, answer: YearAnswer) -> None:
        """One caseload, with the people behind each figure."""
        self.headline.show_headlines(answer.headlines)
        self.left_out.show_left_out(answer)
        self._show_charts(answer.charts)

    def show_team(self, report: TeamReport) -> None:
        """Several caseloads, without anybody: who is left out are numbers, too."""
        self.headline.show_headlines([Headline(each) for each in team_answers(report)])
        figures = team_figures(report)
        found = next(each for each in figures if each.title == "Nicht im Soll")
        self.left_out.show_numbers(found)
        self._show_charts(team_charts(report))

    def card(self, chart_id: str) -> ChartCard:
        return next(card for card in self.cards if card.view.chart.id == chart_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            self._place_cards()

    def _show_charts(self, charts: Sequence[Chart]) -> None:
        """Where the same charts are shown anew, place, focus and scroll stay."""
        if [card.view.chart.id for card in self.cards] == [chart.id for chart in charts]:
            for card, chart in zip(self.cards, charts, strict=True):
                card.show_chart(chart)
            return
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._made(chart) for chart in charts]
        self._place_cards()

    def _made(self, chart: Chart) -> ChartCard:
        card = ChartCard(chart)
        card.people_wanted.connect(self.people_wanted)
        card.copied.connect(self.copied)
        card.show_table(chart.id in self._tables())
        card.table_toggled.connect(self._keep_tables)
        return card

    def _place_cards(self) -> None:
        row = column = 0
        before: QWidget = self.headline
        for card in self.cards:
            if column and (card.is_wide or column >= self._columns):
                row, column = row + 1, 0
            wide = card.is_wide or self._columns == 1
            self._grid.addWidget(card, row, column, 1, self._columns if wide else 1)
            column += self._columns if wide else 1
            QWidget.setTabOrder(before, card)
            before = card
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

    def show_headlines(self, headlines: Sequence[Headline]) -> None:
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
            self._grid.setColumnStretch(column, int(column < columns))


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
        self.button = Button("", kind="link")
        self.button.setProperty("flush", "true")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        self.body.addLayout(row)
        self.button.clicked.connect(lambda: self.people_wanted.emit(self._ids, self._said))

    def show_headline(self, headline: Headline) -> None:
        answer = headline.answer
        people = texts.counted(len(headline.ids), self.tr("Person"), self.tr("Personen"))
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
        self.definition.show_text(definitions.POPULATION)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table)
        self.body.addWidget(self.definition)

        self.table.row_opened.connect(lambda row: self.people_wanted.emit(row.ids, row.said))

    def show_left_out(self, answer: YearAnswer) -> None:
        """By name, as far as there is anybody."""
        rows = answer.left_out
        self.model.show_rows(rows)
        self.nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(_height(len(rows)))

    def show_numbers(self, figure: Figure) -> None:
        """Where nobody is known."""
        self.nothing.hide()
        self.table.hide()
        if self.numbers is not None:
            self.body.removeWidget(self.numbers)
            self.numbers.hide()
            self.numbers.deleteLater()
        self.numbers = DataTable(NumbersModel(figure), self.tr("Nicht enthalten"))
        self.numbers.model().setParent(self.numbers)
        self.numbers.setFixedHeight(_height(len(figure.rows)))
        self.body.insertWidget(self.body.count() - 1, self.numbers)


def _height(rows: int) -> int:
    return ROW_HEIGHT * (min(rows, _MOST_ROWS) + 1) + 4


class _Meaning(Card):
    """What holds for all figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Stichtag"), parent=parent)
        text = PlainLabel(definitions.AS_OF, size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.body.addWidget(text)
