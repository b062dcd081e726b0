"""`make bench`: all benchmarks in one table."""

from tests.benchmarks import (
    an_hour,
    bundle,
    comparing,
    exporting,
    finding,
    importing,
    importing_busy,
    letters,
    logging_a_talk,
    opening,
    pages,
    planning,
    previewing,
    proposing,
    quota_planning,
    reading_history,
    reporting,
    searching,
    soak,
    startup,
    suchlauf,
    week_view,
    worklist,
)
from tests.benchmarks.report import table


def main() -> None:
    parts = (
        startup,
        bundle,
        opening,
        worklist,
        comparing,
        logging_a_talk,
        letters,
        exporting,
        importing,
        importing_busy,
        previewing,
        proposing,
        planning,
        quota_planning,
        reading_history,
        reporting,
        finding,
        searching,
        suchlauf,
        week_view,
        pages,
        an_hour,
        soak,
    )
    rows = [row for part in parts for row in part.rows()]
    print(table(rows))


main()
