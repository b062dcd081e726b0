"""Create, open and check the file of a caseload."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import choose, open_shelf
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.store import opening
from kkd_desktop.store.errors import file_faults_of
from kkd_desktop.store.key import Key, Passphrase


@contextmanager
def open_caseload(
    path: Path, secret: Passphrase | Key, today: date, *, thorough: bool = True
) -> Iterator[Context]:
    """Open an existing caseload and close it again.

    Reading every page takes time in a large file. Who leaves it out with `thorough` lets
    `require_in_order` do it in another thread, right after the first picture.
    """
    with opening.open_store(path, secret, thorough=thorough) as store:
        yield Context(store, open_shelf(), today)


def reopen(context: Context) -> None:
    """Go on with another connection to the same file; UserError where that does not open."""
    store = context.store
    assert store.key is not None, "only a file can be opened twice"
    store.use(opening.open_store(store.path, store.key, thorough=False).connection)


def require_in_order(path: Path, key: Key) -> None:
    """Read every page through a connection of this thread; UserError where the file is damaged."""
    opening.open_store(path, key, read_only=True).close()


def require_writable(path: Path) -> None:
    """Write something beside the file; UserError that says why it cannot be."""
    trial = path.with_name(f".{path.name}.trial")
    with file_faults_of(path):
        try:
            trial.write_bytes(bytes(1))
        finally:
            trial.unlink(missing_ok=True)


def create_caseload(
    path: Path, secret: Passphrase, today: date, policies: Sequence[str] = ()
) -> Context:
    """Create an empty caseload, worked by these policies; the caller closes `context.store`."""
    context = Context(opening.create_store(path, secret), open_shelf(), today)
    with _all_or_no_file(context):
        if policies:
            choose(context, *policies)
        remember_holidays(context)
    return context


@contextmanager
def _all_or_no_file(context: Context) -> Iterator[None]:
    """Who was refused may try again under the same name."""
    try:
        yield
    except BaseException:
        opening.discard(context.store)
        raise


def create_demo(
    path: Path, secret: Passphrase, today: date, *, clients: int = 300, seed: int | None = None
) -> Context:
    """Create a caseload of invented people; the same seed gives the same caseload."""
    # Only here: nobody else needs the words of the invented caseload.
    from kkd_desktop.actions.demo import fill

    if not 1 <= clients <= 20_000:
        raise UserError(said("Anzahl erfundener Personen: zwischen 1 und 20000."))
    context = create_caseload(path, secret, today)
    with _all_or_no_file(context):
        fill(context, clients, seed)
    return context


def verify(context: Context) -> Sequence[str]:
    """Findings in the file, each a sentence; none means that all is in order."""
    # Only here: opening needs none of it.
    from kkd_desktop.store.verify import verify as found_in

    return found_in(context.store)


def remember_holidays(context: Context) -> None:
    """Keep the holidays of the years around today in the store, so that starting needs no
    library.
    """
    from kkd_desktop.domain.workdays import statutory_holidays
    from kkd_desktop.store import holiday_cache

    lands = {policy.policy.land for policy in context.policies()} | {context.settings.land}
    years = range(context.today.year - 3, context.today.year + 4)
    for land in lands:
        known = holiday_cache.known(context.store, land)
        missing = [year for year in years if year not in known]
        if missing:
            with context.store.write(journaled=False):
                for year in missing:
                    days = statutory_holidays(land, year)
                    holiday_cache.put(context.store, land, year, days)
