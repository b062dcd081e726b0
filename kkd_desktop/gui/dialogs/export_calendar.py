"""Which appointments go into the own calendar, and how much does it learn about the people?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from kkd_desktop.actions import calendar_export
from kkd_desktop.actions.calendar_export import CalendarExport
from kkd_desktop.domain import texts
from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.help import open_help
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calendar_choices import PreparationChoice, ReminderChoice
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_INDENT = 24
_WIDTH = 640


class ExportCalendarDialog(Dialog):
    """Asks for scope, form and kind of file, says what comes out, then asks for the place.

    The form begins as in the settings and holds for this export only: in theirs the live calendar
    file is written, and an export must not change what a subscribed calendar shows.
    """

    def __init__(
        self,
        session: Session,
        since: date,
        until: date,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Kalenderdatei exportieren"), parent=parent)
        self._session = session
        self._since, self._until = since, until
        self._places = places
        self._task: tasks.Task | None = None
        usual = session.context.settings.calendar_form

        self.changed = QRadioButton(
            self.tr("Nur neue und geänderte seit dem letzten Export, alle kommenden Tage")
        )
        self.all = QRadioButton(
            self.tr("Alle im Zeitraum {since} bis {until}").format(
                since=texts.weekday_day(since), until=texts.weekday_day(until)
            )
        )
        self.changed.setChecked(True)
        self.privacy = SegmentedControl(
            (
                (Privacy.NEUTRAL, self.tr("Nur „Termin“")),
                (Privacy.INITIALS, self.tr("Initialen und Kürzel")),
                (Privacy.FULL, self.tr("Voller Name")),
            ),
            self.tr("Angaben zur Person"),
        )
        self.privacy.set_value(usual.privacy)
        self.warning = Banner()
        self.warning.say(
            self.tr("Achtung"),
            self.tr(
                "Namen von Leistungsberechtigten sind Sozialdaten (§ 35 SGB I). Wer Ihren "
                "Kalender oder die Datei öffnen kann, liest dann mit, wer zu Ihnen kommt."
            ),
            Tone.SOON,
        )
        self.reminder = ReminderChoice()
        self.reminder.show_minutes(usual.reminder)
        self.preparation = PreparationChoice()
        self.preparation.show_preparation(usual.preparation)
        self.one_file = QRadioButton(self.tr("Eine Datei für alle Termine"))
        self.one_each = QRadioButton(self.tr("Eine Datei je Termin, in einen Ordner"))
        self.one_file.setChecked(True)
        self.summary = PlainLabel(weight=QFont.Weight.DemiBold)
        self.remark = PlainLabel(muted=True, wrap=True)
        self.help_button = Button(self.tr("Welcher Weg für welches Programm?"), kind="link")
        self._lay_out()
        self.add_cancel()
        self.export_button = self.set_main_action(self.tr("Speichern unter …"), self.submit)
        self.setFixedWidth(_WIDTH)

        for button in (self.changed, self.all, self.one_file, self.one_each):
            button.toggled.connect(self._show_result)
        self.privacy.value_changed.connect(self._show_result)
        self.preparation.currentIndexChanged.connect(self._show_result)
        self.help_button.clicked.connect(lambda: open_help("kalender", self))
        self._show_result()
        self.changed.setFocus()

    def _lay_out(self) -> None:
        self._group(self.tr("Welche Termine?"), self.changed, self.all)
        self.body.addLayout(
            _titled(self.tr("Was der Kalender über die Person erfährt"), self.privacy)
        )
        self.body.addWidget(self.warning)
        self.body.addLayout(
            side_by_side(
                (FormField(self.tr("Erinnerung"), self.reminder), 2),
                (FormField(self.tr("Zeit zur Vor- und Nachbereitung"), self.preparation), 3),
            )
        )
        self._group(
            self.tr("Dateien"),
            self.one_file,
            _hint(
                self.tr("Thunderbird, Evolution und die meisten anderen lesen sie in einem Zug.")
            ),
            self.one_each,
            _hint(
                self.tr(
                    "Für Outlook: Mehrere Termine in einer Datei öffnet es als eigenen, zweiten "
                    "Kalender."
                )
            ),
        )
        again = Paragraph(
            self.tr(
                "Die meisten Kalender aktualisieren bekannte Termine nicht: Outlook legt sie ein "
                "zweites Mal an, Thunderbird weist sie zurück. Deshalb gehen sonst nur neue und "
                "geänderte hinaus. Bei einem verlegten Termin löschen Sie zuerst den alten "
                "Eintrag im Kalender."
            ),
            muted=True,
        )
        self.body.addLayout(
            _titled(self.tr("Beim erneuten Einlesen"), again, beside=self.help_button)
        )
        result = QVBoxLayout()
        result.setSpacing(theme.HAIR)
        result.addWidget(self.summary)
        result.addWidget(self.remark)
        self.footer.insertLayout(0, result)

    def submit(self) -> None:
        """Ask for the place and write what the preview line says."""
        export = self._selection()
        one_each = self.one_each.isChecked()
        path = self._place(one_each)
        if path is None:
            return
        self.show_error("")
        gone, form = None, self._form()
        if export.has_cancellations:
            gone = calendar_export.cancellations_beside(path, one_each=one_each)
        write = calendar_export.prepare_calendar(
            self._session.context,
            export,
            path,
            form,
            cancellations=gone,
            one_each=one_each,
        )
        folder = path if one_each else path.parent

        def said() -> str:
            return self.tr("{what} gespeichert in {folder}").format(
                what=_amount(self, export), folder=folder
            )

        self.set_busy(True, self.tr("Wird geschrieben …"))
        self._task = tasks.run(
            lambda progress: write(progress.report),
            lambda _: self._remember(export, form, said),
            self._fail,
        )

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _remember(
        self, export: CalendarExport, form: CalendarForm, said: Callable[[], str]
    ) -> None:
        """What is written is on the disk, whether or not the log takes it."""
        self.set_busy(False)
        self._session.perform(
            lambda context: calendar_export.remember(
                context, export, form, withdrawn_too=export.has_cancellations
            ),
            said,
        )
        self.accept()

    def _fail(self, fault: UserError) -> None:
        self.set_busy(False)
        self.show_error(str(fault))

    def _form(self) -> CalendarForm:
        return CalendarForm(
            Privacy(self.privacy.value()), self.reminder.minutes(), self.preparation.preparation()
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def show_error(self, text: str) -> None:
        super().show_error(text)
        self._fit()

    def _fit(self) -> None:
        """As high as its texts at this width; Qt by itself stops at two thirds of the screen.

        Where the screen has less room, what scrolls asks for no height.
        """
        layout = self.layout()
        if layout is not None and not self._scrolls:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

    def _selection(self) -> CalendarExport:
        context = self._session.context
        if self.changed.isChecked():
            return calendar_export.select(context, changed=True, form=self._form())
        return calendar_export.select(context, self._since, self._until, form=self._form())

    def _place(self, one_each: bool) -> Path | None:
        if one_each:
            return self._places.folder(self, self.tr("Ordner für die Kalenderdateien"))
        name = f"termine-{self._session.context.today.isoformat()}.ics"
        title = self.tr("Kalenderdatei speichern")
        return self._places.file(self, title, name, self.tr("Kalenderdatei (*.ics)"))

    def _show_result(self) -> None:
        export = self._selection()
        self.summary.setText(_amount(self, export))
        self.remark.setText(self._remark(export))
        self.remark.setVisible(bool(self.remark.text()))
        self.warning.setVisible(Privacy(self.privacy.value()) is Privacy.FULL)
        self.export_button.setEnabled(not export.is_empty)
        several = self.one_each.isChecked()
        self.export_button.setText(
            self.tr("Ordner wählen …") if several else self.tr("Speichern unter …")
        )
        self._fit()

    def _remark(self, export: CalendarExport) -> str:
        parts = []
        if export.updated:
            parts.append(
                self.tr("{n} davon seit dem letzten Export geändert.").format(n=export.updated)
            )
        if export.withdrawn:
            parts.append(self.tr("Absagen kommen in eine eigene Datei „…\u2011absagen.ics“."))
        elif export.follow_ups:
            parts.append(
                self.tr(
                    "Frühere Einträge „Vor- und Nachbereitung“ nimmt eine eigene Datei "
                    "„…\u2011absagen.ics“ zurück."
                )
            )
        if self.changed.isChecked() and export.unchanged:
            count = texts.counted(export.unchanged, "Termin ist", "Termine sind")
            parts.append(self.tr("{count} unverändert und schon im Kalender.").format(count=count))
        if export.left_out:
            count = texts.counted(export.left_out, "Termin", "Termine")
            parts.append(
                self.tr(
                    "{count} nicht enthalten: nicht erschienen, oder abgesagt, bevor der Kalender "
                    "davon wusste."
                ).format(count=count)
            )
        return " ".join(parts)

    def _group(self, title: str, *widgets: QWidget) -> None:
        group = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in widgets:
            if isinstance(widget, QRadioButton):
                group.addButton(widget)
            column.addWidget(widget)
        self.body.addLayout(_titled(title, column))


def _amount(dialog: ExportCalendarDialog, export: CalendarExport) -> str:
    """`7 Termine, 1 Absage`."""
    if export.is_empty:
        return dialog.tr("Nichts zu exportieren")
    parts = []
    if not export.standing and not export.withdrawn:
        return dialog.tr("Nur Absagen der Vor- und Nachbereitung")
    if export.standing:
        parts.append(texts.counted(len(export.standing), "Termin", "Termine"))
    if export.withdrawn:
        parts.append(texts.counted(len(export.withdrawn), "Absage", "Absagen"))
    return ", ".join(parts)


def _titled(
    title: str, content: QWidget | QVBoxLayout, beside: QWidget | None = None
) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.TINY)
    head = QHBoxLayout()
    head.addWidget(PlainLabel(title, size=theme.SMALL_SIZE, muted=True), 1)
    if beside is not None:
        head.addWidget(beside)
    column.addLayout(head)
    if isinstance(content, QWidget):
        column.addWidget(content)
    else:
        column.addLayout(content)
    return column


def _hint(text: str) -> PlainLabel:
    label = PlainLabel(text, size=theme.SMALL_SIZE, muted=True, wrap=True)
    label.setContentsMargins(_INDENT, 0, 0, theme.TINY)
    return label
