"""`kkd caldav`: the calendar on a server that takes the appointments."""

import os
import sys
from getpass import getpass

import click

from kkd_desktop.actions import caldav
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command, Group
from kkd_desktop.cli.options import with_context
from kkd_desktop.cli.output import show
from kkd_desktop.domain import conflict_text
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import Conflict, Password, PushPlan, PushResult, StepKind
from kkd_desktop.domain.texts import counted
from kkd_desktop.domain.values import replace

_NO = 1
_VARIABLE = "KKD_CALDAV_PASSWORD"

address_option = click.option("--url", "address", required=True, help="Adresse des Servers.")
user_option = click.option("--user", required=True, help="Benutzer auf dem Server.")


@click.group("caldav", cls=Group)
def caldav_group() -> None:
    """Termine in einem Kalender auf einem Server (CalDAV).

    Das Passwort kommt aus KKD_CALDAV_PASSWORD, dem Schlüsselbund oder einer Eingabe.
    """


@caldav_group.command("calendars", cls=Command)
@address_option
@user_option
def calendars(address: str, user: str) -> None:
    """Die Kalender, die der Server anbietet."""
    account = caldav.checked_account(address, user)
    found = caldav.calendars(account.address, account.user, _password(account))
    show([f"{each.url}  {each.name}{'' if each.writable else ' (nur lesen)'}" for each in found])


@caldav_group.command("use", cls=Command)
@with_context
@address_option
@user_option
@click.option("--calendar", "wanted", required=True, help="Adresse oder Name eines Kalenders.")
def use(context: Context, address: str, user: str, wanted: str) -> None:
    """Diesen Kalender verwenden; hinaus geht erst etwas mit „push“."""
    account = caldav.checked_account(address, user)
    found = caldav.calendars(account.address, account.user, _password(account))
    chosen = [each for each in found if wanted in (each.url, each.name)]
    if len(chosen) != 1:
        raise UserError(f"--calendar: „{wanted}“ nennt nicht genau einen Kalender des Servers.")
    if not chosen[0].writable:
        raise UserError(f"--calendar: In „{chosen[0].name}“ darf nur gelesen werden.")
    privacy = context.settings.privacy
    caldav.choose(
        context, replace(account, calendar=chosen[0].url, name=chosen[0].name, privacy=privacy)
    )
    show([f"Kalender „{chosen[0].name}“ gewählt."])


@caldav_group.command("push", cls=Command)
@with_context
@click.option("--dry-run", is_flag=True, help="Nur sagen, was geschähe.")
def push(context: Context, dry_run: bool) -> int:
    """Den Kalender auf den Stand von hier bringen; Konflikte werden nur genannt."""
    caldav.require_installed()
    # Before the password is asked for.
    account = caldav.prepare(context).account
    if dry_run:
        return _show_plan(caldav.plan(context, _password(account)))
    return _show_result(caldav.push(context, _password(account)))


@caldav_group.command("withdraw", cls=Command)
@with_context
def withdraw(context: Context) -> int:
    """Alle Einträge von hier aus dem Kalender nehmen."""
    caldav.require_installed()
    account = caldav.prepare(context).account
    return _show_result(caldav.push(context, _password(account), nothing=True))


def _show_plan(plan: PushPlan) -> int:
    for kind, word in ((StepKind.CREATE, "neu"), (StepKind.CHANGE, "ändern")):
        for step in plan.of_kind(kind):
            shown = caldav.when(step)
            show([f"{word}: {conflict_text.moment(shown)}" if shown is not None else word])
    if withdrawn := len(plan.of_kind(StepKind.WITHDRAW)):
        show([f"zurückziehen: {counted(withdrawn, 'Eintrag', 'Einträge')}"])
    show([f"unverändert: {counted(plan.unchanged + plan.kept, 'Eintrag', 'Einträge')}"])
    return _show_conflicts(plan.conflicts)


def _show_result(result: PushResult) -> int:
    show([f"{result.created} neu, {result.changed} geändert, {result.withdrawn} zurückgezogen"])
    if result.taken:
        known = counted(result.taken, "Termin steht", "Termine stehen")
        show([f"{known} schon aus einer Kalenderdatei dort und wurden nicht angefasst."])
    return _show_conflicts(result.conflicts)


def _show_conflicts(conflicts: tuple[Conflict, ...]) -> int:
    """Each with both sides, for they are decided in the window; the exit code says of any."""
    for each in conflicts:
        show(
            [
                f"Konflikt: {conflict_text.title(each)}, im Kalender "
                f"{conflict_text.there(each)}, hier {conflict_text.here(each)}"
            ]
        )
    return _NO if conflicts else 0


def _password(account: ServerAccount) -> Password:
    """From the variable, else the keyring, else the prompt; never from an argument."""
    given = os.environ.get(_VARIABLE)
    try:
        return caldav.known_password(account, Password(given) if given else None)
    except caldav.PasswordWanted:
        if not sys.stdin.isatty():
            raise UserError(
                f"Passwort: bitte über {_VARIABLE} angeben (hier ist keine Eingabe möglich)."
            ) from None
    return Password(getpass("Passwort: "))
