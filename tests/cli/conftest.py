"""Run `kkd` in this process, as a terminal would."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kkd_desktop.cli.main import main

TODAY = "2026-11-20"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """Runs commands on one store; the day is fixed."""

    def __init__(self, capsys, monkeypatch, store: Path) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.store = store

    def run(self, *arguments: str, stdin: str | None = None) -> Answer:
        """Any command line, exactly as given."""
        if stdin is not None:
            stream = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
            self._monkeypatch.setattr(sys, "stdin", stream)
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main(list(arguments))
        said = self._capsys.readouterr()
        return Answer(int(stop.value.code or 0), said.out, said.err)

    def __call__(self, *arguments: str) -> Answer:
        """A command on the store as of the fixed day."""
        return self.run(*arguments, "--store", str(self.store), "--as-of", TODAY)


@pytest.fixture
def passphrase(monkeypatch):
    monkeypatch.setenv("KKD_PASSPHRASE", "vier zufällige Wörter hier")


@pytest.fixture
def kkd(capsys, monkeypatch, tmp_path, passphrase) -> Terminal:
    """A terminal without a store yet."""
    return Terminal(capsys, monkeypatch, tmp_path / "bestand.kkd")


@pytest.fixture
def office(kkd) -> Terminal:
    """A terminal on a store with one client, seen on 30 September."""
    kkd("init")
    kkd(
        *("clients", "add", "--number", "123A400017", "--code", "K17"),
        *("--last-name", "Beispiel", "--first-name", "Amina", "--birth-date", "05.05.1988"),
        *("--profile", "markt", "--status", "arbeitslos", "--registered", "2026-09-01"),
    )
    kkd("contacts", "add", "--client", "K17", "--date", "30.09.2026")
    return kkd
