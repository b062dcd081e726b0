"""How do I stand this week? Capacity against the norm, and the shares of the policy."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.caseload import Capacity, Quota
from kkd_desktop.domain.language import said_of_number
from kkd_desktop.domain.shares import Population
from kkd_desktop.domain.spans import Span
from kkd_desktop.domain.week import load_of
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.capacity import CapacityBar
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import PlainLabel, plain_tooltip

_HOUR = 60


class CapacityCard(Card):
    """Talks of the week, held and agreed, against what the policy asks of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = PlainLabel(weight=QFont.Weight.DemiBold)
        self.number = PlainLabel(weight=QFont.Weight.DemiBold)
        self.unit = PlainLabel(muted=True)
        self.bar = CapacityBar()
        self.detail = PlainLabel(muted=True, wrap=True)

        head = QHBoxLayout()
        head.setSpacing(theme.TINY)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.number)
        head.addWidget(self.unit)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.detail)

    def show_week(
        self,
        today: date,
        week: Sequence[Appointment],
        norm: Capacity | None,
        weekly_hours: Fraction,
    ) -> None:
        """`week` holds the appointments of the week; without a norm they are only counted."""
        load = load_of(each for each in week if not each.state.is_withdrawn)
        hours = float(load.hours)
        self.title.setText(self.tr("Kapazität KW {week}").format(week=today.isocalendar().week))
        self.bar.setVisible(norm is not None and norm.part > 0)
        self.detail.setToolTip("")
        if norm is None or not norm.part:
            self.number.setText(str(load.talks))
            self.unit.setText(said_of_number("Termin" if load.talks == 1 else "Termine"))
            without = (
                self.tr("ohne Vorgabe des Konzepts")
                if norm is None
                else self.tr("ohne Vorgabe: in dieser Woche haben Sie keine Sprechzeit")
            )
            self.detail.setText(
                self.tr("{hours} Stunden, {without}.").format(
                    hours=texts.decimal(hours), without=without
                )
            )
            return
        asked = float(norm.contact_hours)
        if norm.min_contacts is not None:
            self._show_parts(load.held, load.talks, norm.min_contacts)
            self.number.setText(str(load.talks))
            self.unit.setText(self.tr("von {number} Terminen").format(number=norm.min_contacts))
            missing = texts.counted(norm.min_contacts - load.talks, "Termin", "Termine")
            reached = load.talks >= norm.min_contacts
        else:
            self._show_parts(load.held_minutes / _HOUR, hours, asked)
            self.number.setText(texts.decimal(hours))
            self.unit.setText(self.tr("von {hours} Stunden").format(hours=texts.decimal(asked)))
            missing = self.tr("{hours} Stunden").format(hours=texts.decimal(asked - hours))
            reached = hours >= asked
        self.detail.setText(
            self.tr("{held} · {share} % von {week} · {rest}").format(
                held=texts.counted(load.talks, "Termin", "Termine")
                if norm.min_contacts is None
                else self.tr("{hours} Stunden").format(hours=texts.decimal(hours)),
                share=texts.decimal(float(norm.norm.share)),
                week=self._week(norm, weekly_hours),
                rest=self.tr("Vorgabe erreicht")
                if reached
                else self.tr("{missing} bis zur Vorgabe").format(missing=missing),
            )
        )

    def _week(self, norm: Capacity, weekly_hours: Fraction) -> str:
        """The hours of the week, and whether it is another than the usual one."""
        hours = texts.decimal(float(weekly_hours * norm.part))
        if norm.part == 1:
            return self.tr("{hours} h").format(hours=hours)
        usual = texts.decimal(float(weekly_hours))
        self.detail.setToolTip(
            plain_tooltip(
                self.tr(
                    "Gerechnet wird mit den Stunden, die in dieser Woche für Gespräche da sind; "
                    "üblich sind {usual} h. Für Feiertage, Abwesenheit und wechselnde Wochen "
                    "setzt das Konzept nichts fest."
                ).format(usual=usual)
            )
        )
        return self.tr("{hours} h (anteilig, sonst {usual} h)").format(hours=hours, usual=usual)

    def _show_parts(self, over: float, whole: float, asked: float) -> None:
        # The norm is a least, so more than it is a full bar and nothing to warn of.
        self.bar.show_capacity(over, whole - over, max(asked, whole))


class QuotaCard(Card):
    """The policy's shares of the caseload: what is reached, what is asked, in words and numbers.

    Signals:
        names_wanted: who would fill the gaps, and who is left out? Carries the populations.
    """

    names_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Anteile im Bestand"), parent=parent)
        self._populations: Sequence[Population] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.TINY)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.names_button = Button("", kind="link")
        beside = QHBoxLayout()
        # The link stands under the texts, not its focus frame.
        beside.setContentsMargins(-theme.LINK_INSET, 0, 0, 0)
        beside.addWidget(self.names_button)
        beside.addStretch()
        self.body.addLayout(beside)

        self.names_button.clicked.connect(lambda: self.names_wanted.emit(self._populations))

    def show_quotas(self, populations: Sequence[Population]) -> None:
        """One line per share in the order of the policies; the card hides where there is none."""
        self._populations = populations
        self._show_way_to_names()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        several = len({population.policy.id for population in populations}) > 1
        row = 0
        for population in populations:
            title = population.rule.title
            if several:
                title = f"{population.policy.short_title}: {title}"
            group = PlainLabel(title, size=theme.SMALL_SIZE, muted=True)
            self._grid.addWidget(group, row, 0, 1, 2)
            for place, standing in enumerate(population.shares, row + 1):
                self._add(place, standing.share.within, standing.quota)
            row += 1 + len(population.shares)
        self.setVisible(row > 0)

    def _show_way_to_names(self) -> None:
        gap = any(share.quota.missing for each in self._populations for share in each.shares)
        left_out = any(each.left_out for each in self._populations)
        self.names_button.setVisible(gap or left_out)
        self.names_button.setText(
            self.tr("Wer füllt die Lücke? …") if gap else self.tr("Wen sah lange niemand? …")
        )

    def _add(self, row: int, within: Span, quota: Quota) -> None:
        reached = PlainLabel(_share(quota))
        result = PlainLabel(
            self.tr("erreicht")
            if quota.fulfilled
            else self.tr("{number} fehlen").format(number=quota.missing)
        )
        result.set_tone(Tone.OK if quota.fulfilled else Tone.SOON)
        asked = self.tr("{share} in {within} (Soll {percent} %)").format(
            within=within.dative(),
            share=_share(quota),
            percent=texts.decimal(float(quota.percent)),
        )
        reached.setText(asked)
        reached.setToolTip(
            self.tr("{met} von {population} Personen, gefordert {required}").format(
                met=quota.met, population=quota.population, required=quota.required
            )
        )
        self._grid.addWidget(reached, row, 0)
        self._grid.addWidget(result, row, 1)


def _share(quota: Quota) -> str:
    return "–" if quota.share is None else f"{texts.decimal(float(quota.share * 100))} %"
