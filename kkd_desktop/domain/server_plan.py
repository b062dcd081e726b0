"""What is to be done about an entry on the server, and when is it a conflict?"""

from datetime import datetime

from kkd_desktop.domain.server_calendar import (
    Conflict,
    ServerEntry,
    Shown,
    Step,
    StepKind,
    There,
    Wanted,
)
from kkd_desktop.domain.values import replace


def needs_look(entry: ServerEntry, wanted: Wanted | None, version: str) -> bool:
    """Whether the content on the server matters: it is not the version we wrote, and not one that
    the user left there.
    """
    if entry.kept:
        return wanted is None or wanted.digest != entry.digest
    return version != entry.etag


def decided(
    entry: ServerEntry,
    wanted: Wanted | None,
    here: Shown | None,
    there: There | None,
    now: datetime,
) -> Step | Conflict | None:
    """The step that brings the entry up to date, the conflict that forbids it, or None.

    `wanted` is None where nothing of ours should stand there any longer, `there` where nothing
    does. `here` is what `wanted` shows; it is not asked for while the version is the one we wrote.
    """
    if wanted is None:
        return _unwanted(entry, there)
    fresh = replace(entry, digest=wanted.digest, kept=False, pushed_at=now)
    if there is None:
        return _missing(entry, fresh, wanted, here)
    if there.etag == entry.etag and not entry.kept:
        is_same = wanted.digest == entry.digest
        return None if is_same else Step(StepKind.CHANGE, fresh, wanted.body)
    if entry.kept and wanted.digest == entry.digest:
        # Left as it is by the user, and nothing of ours is news since.
        return None
    if there.shown is not None and there.shown == here:
        # Written by us, and the answer got lost; or somebody made the same change there.
        return Step(StepKind.ADOPT, replace(fresh, etag=there.etag))
    return Conflict(
        fresh, there.etag, wanted.body, here, there.shown, readable=there.shown is not None
    )


def _unwanted(entry: ServerEntry, there: There | None) -> Step | Conflict | None:
    if there is None:
        return Step(StepKind.DROP, entry)
    # Without an etag it was being written when something stopped us: it is ours.
    if not entry.kept and entry.etag in ("", there.etag):
        return Step(StepKind.WITHDRAW, replace(entry, etag=there.etag))
    return Conflict(entry, there.etag, b"", None, there.shown, readable=there.shown is not None)


def _missing(
    entry: ServerEntry, fresh: ServerEntry, wanted: Wanted, here: Shown | None
) -> Step | Conflict | None:
    if entry.kept:
        is_same = wanted.digest == entry.digest
        return None if is_same else Conflict(fresh, "", wanted.body, here, None)
    if not entry.etag:
        # It was about to be written, and never was.
        return Step(StepKind.CREATE, fresh, wanted.body)
    return Conflict(replace(fresh, etag=""), "", wanted.body, here, None)
