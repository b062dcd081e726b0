"""The Auswertung on paper: the preview, with a say on whether people stand in it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import report as reports
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.report import YearReport
from kkd_desktop.domain.team_report import TeamReport
from kkd_desktop.gui.background import beside
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.segmented import SegmentedControl

NAMED, NAMELESS = "named", "nameless"


class ReportPreview(PrintPreview):
    """One caseload, with the people who are left out by name, or without anybody."""

    def __init__(
        self,
        session: Session,
        report: YearReport,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Auswertung drucken"),
            self._prepared,
            f"{report_name(report)}.pdf",
            places,
            parent,
            subtitle=self.tr("{year} bis {day}").format(
                year=report.year, day=texts.weekday_day(report.until)
            ),
        )
        self.people = SegmentedControl(
            ((NAMED, self.tr("Mit Namen")), (NAMELESS, self.tr("Ohne Personen"))),
            self.tr("Angaben zu Personen"),
        )
        self._report = report
        self.add_option(self.people)
        self.people.value_changed.connect(self.refresh)

    def _prepared(self) -> Typesetter:
        report, today = self._report, self._session.context.today
        if self.people.value() == NAMELESS:
            return lambda progress: reports.pseudonymous_pdf(report, today)

        def named(context: Context, progress: Callable[[int, int], object]) -> bytes:
            return reports.pdf(context, report)

        return beside(self._session, named)


class TeamReportPreview(PrintPreview):
    """Several caseloads added up."""

    def __init__(
        self,
        session: Session,
        report: TeamReport,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        today = session.context.today
        super().__init__(
            session,
            self.tr("Teamauswertung drucken"),
            lambda: lambda progress: reports.team_pdf(report, today),
            f"team-{report.year}.pdf",
            places,
            parent,
            subtitle=str(report.year),
        )


def report_name(report: YearReport) -> str:
    """A name for a file that tells no person: `auswertung-2026-bis-2026-11-20`."""
    return f"auswertung-{report.year}-bis-{report.until.isoformat()}"
