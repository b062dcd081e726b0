"""Which template is a document set with: the office's own one, or the shipped one?"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import Value

MAX_BYTES = 500_000
MAX_FILE_BYTES = 2_000_000
_NAMED = re.compile(r'"([^"\\\n]{1,200})"')


class Template(Value, frozen=True):
    """A template with its text as it was read; `folder` is where it may find its pictures."""

    name: str
    source: str
    folder: Path
    own: bool
    files: tuple[tuple[str, bytes], ...] = ()
    """What it reads from there, by name: a letter must look the same when the logo is another."""

    @property
    def path(self) -> Path:
        return self.folder / f"{self.name}.typ"

    @property
    def digest(self) -> str:
        found = sha256(self.source.encode())
        for name, content in self.files:
            found.update(b"\0" + name.encode() + b"\0" + sha256(content).digest())
        return found.hexdigest()


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
            raise UserError(
                said("{folder}/{file}: Die Vorlage ist größer als 500 kB.").format(
                    folder=path.parent.name, file=path.name
                )
            )
        source = content.decode("utf-8-sig")
        return Template(name, source, path.parent, own=True, files=_files_of(source, path.parent))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            said("{folder}/{file}, Zeile {line}: nicht in UTF-8 geschrieben.").format(
                folder=path.parent.name, file=path.name, line=line
            )
        ) from error
    except OSError as error:
        raise UserError(
            said("{folder}/{file}: nicht lesbar.").format(folder=path.parent.name, file=path.name)
        ) from error


@contextmanager
def kept_template(
    name: str, source: str, files: Mapping[str, bytes], own_folder: Path
) -> Iterator[Template]:
    """A template as it was, with its files as they were for as long as it is used.

    Letters recorded before files were kept find theirs where they lay, if they still do.
    """
    if not files:
        folder = own_folder if own_folder.is_dir() else shipped_template(name).folder
        yield Template(name, source, folder, own=True)
        return
    with TemporaryDirectory(prefix="kkd-vorlage-") as folder_name:
        for each, content in files.items():
            path = Path(folder_name) / each
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Template(name, source, Path(folder_name), own=True, files=tuple(files.items()))


def _files_of(source: str, folder: Path) -> tuple[tuple[str, bytes], ...]:
    """The files that a template names, and those that parts of it name in turn."""
    found: dict[str, bytes] = {}
    waiting = [source]
    while waiting:
        for named in _NAMED.findall(waiting.pop()):
            path = (folder / named.lstrip("/")).resolve()
            if not path.is_relative_to(folder.resolve()) or not path.is_file():
                continue
            name = path.relative_to(folder.resolve()).as_posix()
            if name in found:
                continue
            if path.stat().st_size > MAX_FILE_BYTES:
                raise UserError(
                    said("{folder}/{name}: größer als 2 MB, zu groß für eine Vorlage.").format(
                        folder=folder.name, name=name
                    )
                )
            found[name] = path.read_bytes()
            if path.suffix == ".typ":
                waiting.append(found[name].decode("utf-8", errors="replace"))
    return tuple(sorted(found.items()))
