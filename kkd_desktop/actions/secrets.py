"""Where does a passphrase come from, when nobody types it? Never from an argument."""

import os
from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.store.key import Key, Passphrase, derive_key

__all__ = ["SHORTEST", "Key", "Passphrase", "given_passphrase", "key_of"]

SHORTEST = 10
"""Characters below which a passphrase is guessed by trying. The window asks for as many; scripts
are told, because a passphrase of theirs may come from elsewhere and be changed later.
"""


def given_passphrase(file: Path | None, *variables: str) -> Passphrase | None:
    """The first line of a file, else the first variable that is set, else None."""
    if file is not None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise UserError(
                said("{file}: Die Datei mit der Passphrase ist nicht lesbar.").format(file=file)
            ) from None
        return Passphrase(text.split("\n", 1)[0].removesuffix("\r"))
    for name in variables or ("KKD_PASSPHRASE",):
        if os.environ.get(name):
            return Passphrase(os.environ[name])
    return None


def key_of(path: Path, passphrase: Passphrase) -> Key:
    """The key of an existing store, ready to open it in any thread; takes about 0.1 s."""
    return derive_key(path, passphrase)
