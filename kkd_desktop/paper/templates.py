"""Which template is a document set with: the office's own one, or the shipped one?"""

from hashlib import sha256
from pathlib import Path

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import Value

MAX_BYTES = 500_000


class Template(Value, frozen=True):
    """A template with its text as it was read; `folder` is where it may find its pictures."""

    name: str
    source: str
    folder: Path
    own: bool

    @property
    def digest(self) -> str:
        return sha256(self.source.encode()).hexdigest()


def shipped_template(name: str) -> Template:
    folder = paths.resources() / "templates"
    return Template(name, (folder / f"{name}.typ").read_text(encoding="utf-8"), folder, own=False)


def find_template(name: str, own_folder: Path | None) -> Template:
    """The office's own template wins."""
    path = None if own_folder is None else own_folder / f"{name}.typ"
    if path is None or not path.is_file():
        return shipped_template(name)
    try:
        content = path.read_bytes()[: MAX_BYTES + 1]
        if len(content) > MAX_BYTES:
            raise UserError(f"{path.parent.name}/{path.name}: die Vorlage ist größer als 500 kB.")
        return Template(name, content.decode("utf-8-sig"), path.parent, own=True)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path.parent.name}/{path.name}, Zeile {line}: nicht in UTF-8 geschrieben."
        ) from error
    except OSError as error:
        raise UserError(f"{path.parent.name}/{path.name}: nicht lesbar.") from error
