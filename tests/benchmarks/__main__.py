"""`make bench`: all benchmarks in one table."""

from tests.benchmarks import comparing, logging_a_talk, startup, worklist
from tests.benchmarks.report import table


def main() -> None:
    rows = [*startup.rows(), *worklist.rows(), *comparing.rows(), *logging_a_talk.rows()]
    print(table(rows))


main()
