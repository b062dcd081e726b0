"""Which pictures has an Auswertung? The same for a caseload and, without anybody, for a team."""

from collections.abc import Sequence

from kkd_desktop.domain.chart import Chart
from kkd_desktop.domain.charts import days, density, talks
from kkd_desktop.domain.charts.year import Year, of_caseload, of_team
from kkd_desktop.domain.report import YearReport
from kkd_desktop.domain.team_report import TeamReport


def charts_of(report: YearReport) -> tuple[Chart, ...]:
    """The pictures of one caseload; every point knows the people behind it."""
    return _charts(of_caseload(report), [talks.time_used(report.weeks)])


def team_charts(report: TeamReport) -> tuple[Chart, ...]:
    """The pictures without anybody in them. The weeks of several offices have no norm together."""
    return _charts(of_team(report), [])


def _charts(year: Year, weeks: Sequence[Chart]) -> tuple[Chart, ...]:
    return (
        density.by_month(year),
        density.by_profile(year),
        density.grid(year),
        days.standings(year),
        *days.shares(year),
        *talks.contacts(year),
        talks.show_rate(year),
        *weeks,
        talks.first_talks(year),
        days.means(year),
    )
