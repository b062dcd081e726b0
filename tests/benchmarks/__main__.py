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
from tests.benchmarks.report import Row, table


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
    rows: list[Row] = []
    try:
        for part in parts:
            rows += part.rows()
    finally:
        # It takes twenty minutes: what was measured before a fault is shown all the same.
        print(table(rows))


main()
