"""What is wrong with a file: a policy, a set of them, or cases that policies must answer?"""

from datetime import date
from pathlib import Path

from kkd_desktop.actions.case_files import failures
from kkd_desktop.actions.context import delivery_fictions
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.case_files import cases_of, is_case_file
from kkd_desktop.policyfiles.faults import Fault, PolicyFileError
from kkd_desktop.policyfiles.sets import is_set, set_of
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.policyfiles.source import read_document


class Checked(Value, frozen=True):
    """What was found in one file. Notices are no faults; `cases` is how many were run."""

    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    cases: int = 0


def check_file(path: Path, shelf: Shelf, today: date, against: Path | None = None) -> Checked:
    """All faults of a file at once; with the text of a document, each quote is looked up in it."""
    try:
        return _check(path, shelf, today, against)
    except PolicyFileError as found:
        return Checked(found.faults)


def _check(path: Path, shelf: Shelf, today: date, against: Path | None) -> Checked:
    from kkd_desktop.policyfiles import check
    from kkd_desktop.policyfiles.checks import sets

    document, text = read_document(path)
    if is_case_file(document):
        cases = cases_of(path, text, document)
        evaluator = Evaluator(shelf, delivery_fictions(), today)
        return Checked(failures(cases, evaluator), cases=len(cases))
    if is_set(document):
        look_up = shelf.with_folder(path.parent).look_up
        if faults := check.set_faults(path, text, document, look_up):
            return Checked(faults)
        return Checked(notices=tuple(sets.notices(set_of(document), look_up)))
    return Checked(check.check_file(path, None if against is None else _text(against)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{path}: der Text ist nicht lesbar (UTF-8).") from None
