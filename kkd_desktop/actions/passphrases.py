"""Another passphrase for the caseload, in one go or with the long part in another thread."""

from pathlib import Path

from kkd_desktop.actions import remembering
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.store import rekeying
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.rekeying import Rewritten, State, state_of

__all__ = ["Rewritten", "State", "change", "put_in_place", "rewrite", "state"]


def state(context: Context) -> State:
    """To be asked for before `rewrite`, and given to `put_in_place`."""
    return state_of(context.store)


def rewrite(path: Path, key: Key, current: Passphrase, new: Passphrase) -> Rewritten:
    """Write the caseload under a new passphrase, beside the old file; for any thread.

    Who does not know the current passphrase may not change it, though the window is open.
    """
    if derive_key(path, current) != key:
        raise UserError(said("Die bisherige Passphrase stimmt nicht."))
    if current == new:
        raise UserError(said("Die neue Passphrase ist dieselbe wie die bisherige."))
    return rekeying.rewrite(path, key, new)


def put_in_place(context: Context, rewritten: Rewritten, unchanged_since: State) -> None:
    """Let the rewritten file be the caseload; refused where somebody has written meanwhile."""
    rekeying.put_in_place(context.store, rewritten, unchanged_since)


def change(context: Context, current: Passphrase, new: Passphrase) -> None:
    """Both in one go. Back-ups that were made before keep the passphrase they have."""
    old = context.store.key
    assert old is not None
    seen = state(context)
    put_in_place(context, rewrite(context.store.path, old, current, new), seen)
    fresh = context.store.key
    assert fresh is not None
    remembering.renew(old, fresh)
