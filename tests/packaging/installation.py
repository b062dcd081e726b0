"""A program as somebody got it, worked with from outside: no Python of ours, no checkout."""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "nur zum Ausprobieren"
TODAY = "2026-11-20"
PATIENCE = 60.0
"""Seconds for a window on a busy machine."""


@dataclass(frozen=True)
class Installation:
    """Where the two programs lie, and an empty home to run them in."""

    programs: Path
    home: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.home / "bestand.kkd"

    @property
    def backups(self) -> list[Path]:
        """Those that the window made by itself."""
        return sorted((self.home / "sicherungen").glob("*.kkd"))

    def kkd(self, *arguments: str, given: str = "", also: int = 0) -> str:
        """What the command says; a failure is the test's, but for the exit code `also`."""
        done = subprocess.run(
            [self.programs / "kkd", *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=self.home,
            env=self.environment(),
            timeout=PATIENCE,
        )
        assert done.returncode in (0, also), (
            f"kkd {' '.join(arguments)}: {done.stdout}{done.stderr}"
        )
        return done.stdout

    @contextmanager
    def window(self) -> "Iterator[subprocess.Popen[bytes]]":
        """The window of the store, with the passphrase at hand; it never outlives its test."""
        process = subprocess.Popen(
            [self.programs / "kkd-desktop", "--store", self.store, "--as-of", TODAY],
            cwd=self.home,
            env=self.environment(),
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "daten"),
            "XDG_RUNTIME_DIR": str(self.home),
            "LANG": "C.UTF-8",
            "KKD_PASSPHRASE": SECRET,
            **self.variables,
        }


def work(program: Installation) -> None:
    """What a caseworker does in a week, once through every library inside."""
    store = ("--store", str(program.store), "--as-of", TODAY)
    program.kkd("demo", *store, "--clients", "60")
    program.kkd("verify", "--store", str(program.store))
    assert "Überfällig" in program.kkd("due", *store)
    assert "Termin" in program.kkd("plan", *store, "--weeks", "3", "--apply")
    week = ("--from", "23.11.2026", "--until", "11.12.2026")
    files = {
        "liste.pdf": ("list", *week),
        "auswertung.pdf": ("report", "--year", "2026"),
        "auswertung.xlsx": ("report", "--year", "2026"),
        "bestand.xlsx": ("export",),
        "termine.ics": ("ics",),
    }
    for name, command in files.items():
        program.kkd(*command, "-o", name, *store)
        assert (program.home / name).stat().st_size > 1000, name
    # The texts are samples, which is something that is not in order.
    letters = ("letters", *week, "--kind", "einladung", "--purpose", "vermittlung")
    assert "Briefe" in program.kkd(*letters, "-o", "briefe.pdf", *store, also=1)
    again = program.kkd("import", "bestand.xlsx", *store, "--dry-run")
    assert "Nichts zu übernehmen." in again
    program.kkd("busy", "import", "termine.ics", *store)
    program.kkd("backup", "kopie.kkd", *store)
    question = '{"policy": "mg2012", "today": "2026-11-20", "client": {"profile": "markt"}}'
    assert '"state"' in program.kkd("evaluate", given=question)
    assert len(program.kkd("policies", "list").splitlines()) >= 5


def until(
    condition: Callable[[], object], process: "subprocess.Popen[bytes] | None" = None
) -> None:
    """Wait for it, as long as the program runs."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process is None or process.poll() is None, "the program has ended"
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
