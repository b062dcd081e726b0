"""`make bench`: all benchmarks in one table."""

from importlib import import_module

from tests.benchmarks.report import Row, table

PARTS = (
    "startup",
    "bundle",
    "opening",
    "worklist",
    "comparing",
    "logging_a_talk",
    "letters",
    "exporting",
    "importing",
    "importing_busy",
    "previewing",
    "proposing",
    "planning",
    "quota_planning",
    "reading_history",
    "reporting",
    "finding",
    "searching",
    "suchlauf",
    "week_view",
    "pages",
    "an_hour",
    "soak",
)


def main() -> None:
    rows: list[Row] = []
    try:
        for part in PARTS:
            # Only now: the first ones measure memory, of which Qt in this process would be a part.
            rows += import_module(f"tests.benchmarks.{part}").rows()
    finally:
        # It takes a quarter of an hour: what was measured before a fault is shown all the same.
        print(table(rows))


main()
