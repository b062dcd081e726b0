"""How does a passphrase become the key of the file, and how is either kept out of sight?"""

import os
import unicodedata
from pathlib import Path

from sqlcipher3 import dbapi2

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.store.errors import faults_of
from kkd_desktop.store.places import SALT_BYTES, require_file

KDF_ROUNDS = 256_000
"""SQLCipher 4's own PBKDF2-HMAC-SHA512, so that its command line opens the file too."""

KEY_BYTES = 32


class Passphrase:
    """What the user types. In Unicode form C, because keyboards differ in how they send an ö."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not text:
            raise UserError(said("Die Passphrase darf nicht leer sein."))
        if "\0" in text:
            raise UserError(
                said("Die Passphrase enthält ein Zeichen, das nicht erlaubt ist (U+0000).")
            )
        self._text = unicodedata.normalize("NFC", text)

    def to_bytes(self) -> bytes:
        return self._text.encode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Passphrase) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Passphrase(…)"


class Key:
    """The raw key of one file together with that file's salt."""

    __slots__ = ("_raw", "_salt")

    def __init__(self, raw: bytes, salt: bytes) -> None:
        if (len(raw), len(salt)) != (KEY_BYTES, SALT_BYTES):
            raise ValueError("a key has 32 bytes and a salt 16")
        self._raw = raw
        self._salt = salt

    def pragma(self) -> str:
        """The statement that unlocks a connection, without another key derivation."""
        return f"PRAGMA key = {self.literal()}"

    def literal(self) -> str:
        """The key as SQLCipher reads it in a statement."""
        return f"\"x'{self._raw.hex()}{self._salt.hex()}'\""

    def raw(self) -> bytes:
        """The key itself, for a keyring and nothing else."""
        return self._raw

    def name(self) -> str:
        """What the file goes by where neither its path nor a person may be named."""
        return self._salt.hex()

    def fits(self, beginning: bytes) -> bool:
        """Whether a file that begins like this can be one of this key."""
        return beginning == self._salt

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and (self._raw, self._salt) == (other._raw, other._salt)

    def __hash__(self) -> int:
        return hash((self._raw, self._salt))

    def __repr__(self) -> str:
        return "Key(…)"


def derive_key(path: Path, passphrase: Passphrase) -> Key:
    """The key of an existing file. Takes about 0.1 s and leaves the other threads running."""
    return _stretch(passphrase, read_salt(path))


def new_key(passphrase: Passphrase) -> Key:
    """A key for a file that does not exist yet."""
    return _stretch(passphrase, os.urandom(SALT_BYTES))


def read_salt(path: Path) -> bytes:
    """The first 16 bytes of the file, read through SQLite.

    Opening and closing the file by other means would cancel the POSIX locks of every connection
    this process has to it, and two writers without locks destroy it.
    """
    require_file(path)
    with faults_of(path):
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            # Any key makes SQLCipher read the header; a raw one costs no derivation.
            connection.execute(f"PRAGMA key = \"x'{bytes(KEY_BYTES).hex()}'\"")
            return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchone()[0])
        finally:
            connection.close()


def _stretch(passphrase: Passphrase, salt: bytes) -> Key:
    # Not needed where a key is at hand, and it loads the whole of OpenSSL.
    import hashlib

    raw = hashlib.pbkdf2_hmac("sha512", passphrase.to_bytes(), salt, KDF_ROUNDS, KEY_BYTES)
    return Key(raw, salt)
