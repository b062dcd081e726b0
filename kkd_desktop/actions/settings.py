"""What has the office and its caseworker set? Read from and written to the store's settings."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from kkd_desktop.domain.backup import Rotation
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import WorkingHours
from kkd_desktop.domain.hours_text import hours_as_dict, hours_of_dict
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.plain_text import line, mail_address
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.retention_period import DEFAULT_MONTHS, check_months
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.texts import LAENDER
from kkd_desktop.domain.values import Value, field, field_names, replace
from kkd_desktop.store import settings as stored
from kkd_desktop.store.opening import Store

if TYPE_CHECKING:
    from kkd_desktop.domain.text_blocks import Review

DEFAULT_POLICY = "mg2012"
MOST_MARGIN_DAYS = 20
MOST_REMINDER = 7 * 24 * 60
"""Minutes: a week."""
MOST_LOCK_MINUTES = 120
LEAST_STEPS, MOST_STEPS = 20, 2000
LEAST_HISTORY, MOST_HISTORY = 6, 120
"""Months."""


class Settings(Value, frozen=True):
    """Settings of one caseload.

    `policies` are the ids in force, laid over each other; `prolonged` maps a policy whose document
    has run out to the last day the office itself has set. `land` overrides the Land of
    the policy for holidays. `post_margin_days` are working days between Bekanntgabe and talk.
    `room` is the usual one, `rooms` are others to choose from. `reference` is the Zeichen of
    letters; `keep_letters` keeps the PDF of each in the store. `usual_purpose` is the id of what
    invitations are about where nothing was agreed; None: what the last ones were about.
    `privacy`, `reminder` and `preparation` are what calendars show unless somebody chooses
    otherwise; `live_calendar` is the path of the file that calendar programs read along, "" where
    there is none; `server` is the calendar on a server that takes the appointments, if any.
    `rotation` says which regular back-ups are kept; `second_folder` gets a copy of each, "" where
    there is none.
    `lock_minutes` without a key or the mouse lock the window, 0 never.
    `kept_steps` can be taken back; what changed is kept for `history_months`, or with None for as
    long as the person is stored.
    `retention_months` after the last contact a person is proposed for deletion.
    `saved_searches` are query lines by their names.
    `text_reviews` are the office's review marks: the text's key → digest of what was read, and who.
    """

    policies: tuple[str, ...] = (DEFAULT_POLICY,)
    prolonged: Mapping[str, date] = field(default_factory=dict)
    land: str | None = None
    office: str = ""
    caseworker: str = ""
    mailbox: str = ""
    room: str = ""
    rooms: tuple[str, ...] = ()
    role: str | None = None
    hours: WorkingHours = field(default_factory=WorkingHours)
    post_margin_days: int = 3
    privacy: Privacy = Privacy.INITIALS
    reminder: int | None = None
    preparation: Preparation = Preparation.WHOLE
    live_calendar: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    reference: str = ""
    keep_letters: bool = False
    usual_purpose: str | None = None
    text_reviews: "Mapping[str, tuple[str, Review]]" = field(default_factory=dict)
    server: ServerAccount = ServerAccount()
    rotation: Rotation = Rotation()
    second_folder: str = ""
    retention_months: int = DEFAULT_MONTHS
    lock_minutes: int = 10
    kept_steps: int = 200
    history_months: int | None = None
    saved_searches: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_rooms(self) -> tuple[str, ...]:
        """The rooms to choose from, each once: the usual one first, also where none is set."""
        return tuple(dict.fromkeys((self.room, *self.rooms)))

    @property
    def calendar_form(self) -> CalendarForm:
        return CalendarForm(self.privacy, self.reminder, self.preparation)


def load(store: Store) -> Settings:
    names = set(field_names(Settings))
    known = stored.everything(store)
    return _decoded({name: known[name] for name in names & known.keys()})


def change(store: Store, settings: Settings, **changes: Any) -> Settings:
    """Write the changed settings and return all of them; nothing is written where one is
    unusable.
    """
    changed = changed_settings(settings, **changes)
    encoded = _encoded(changed)
    with store.write(to_say("Einstellungen geändert")):
        for name in changes:
            stored.put(store, name, encoded[name])
    return changed


def changed_settings(settings: Settings, **changes: Any) -> Settings:
    """The settings with these changes, nothing stored; `UserError` where one is unusable."""
    changed = replace(settings, **changes)
    if not changed.policies:
        raise UserError(said("Konzept: mindestens ein Konzept muss gewählt sein."))
    if changed.land is not None and changed.land not in LAENDER:
        raise UserError(said("Land: „{land}“ ist kein Bundesland.").format(land=changed.land))
    if not 0 <= changed.post_margin_days <= MOST_MARGIN_DAYS:
        raise UserError(
            said("Vorlauf: bitte zwischen 0 und {most_margin_days} Arbeitstagen.").format(
                most_margin_days=MOST_MARGIN_DAYS
            )
        )
    if changed.reminder is not None and not 0 <= changed.reminder <= MOST_REMINDER:
        raise UserError(
            said("Erinnerung: bitte zwischen 0 und {most_reminder} Minuten vorher.").format(
                most_reminder=MOST_REMINDER
            )
        )
    changed.rotation.check()
    check_months(changed.retention_months)
    if not 0 <= changed.lock_minutes <= MOST_LOCK_MINUTES:
        raise UserError(
            said("Sperre: bitte zwischen 0 und {most_lock_minutes} Minuten.").format(
                most_lock_minutes=MOST_LOCK_MINUTES
            )
        )
    _check_history(changed)
    _check_purpose(changed.usual_purpose)
    return replace(
        changed,
        office=line(changed.office, "Jobcenter"),
        caseworker=line(changed.caseworker, said("Name")),
        room=line(changed.room, said("Raum")),
        rooms=_rooms(changed.rooms),
        mailbox=mail_address(changed.mailbox, said("Postfach")),
        street=line(changed.street, said("Straße der Dienststelle")),
        postcode=line(changed.postcode, said("PLZ der Dienststelle")),
        city=line(changed.city, said("Ort der Dienststelle")),
        phone=line(changed.phone, said("Telefon")),
        reference=line(changed.reference, said("Zeichen")),
    )


def _check_history(changed: Settings) -> None:
    if not LEAST_STEPS <= changed.kept_steps <= MOST_STEPS:
        raise UserError(
            said("Rückgängig: bitte zwischen {least_steps} und {most_steps} Schritten.").format(
                least_steps=LEAST_STEPS, most_steps=MOST_STEPS
            )
        )
    months = changed.history_months
    if months is not None and not LEAST_HISTORY <= months <= MOST_HISTORY:
        raise UserError(
            said(
                "Verlauf aufbewahren: bitte zwischen {least_history} und {most_history} Monaten."
            ).format(least_history=LEAST_HISTORY, most_history=MOST_HISTORY)
        )


def _check_purpose(purpose: str | None) -> None:
    if purpose is None:
        return
    # Only an office that writes letters has one.
    from kkd_desktop.domain.letter_kinds import Purpose

    if purpose not in set(map(str, Purpose)):
        raise UserError(said("Meldezweck: „{purpose}“ gibt es nicht.").format(purpose=purpose))


def _rooms(rooms: Iterable[str]) -> tuple[str, ...]:
    """Each once and in the order given; what is empty is left out."""
    named = (line(room, said("Weitere Räume")) for room in rooms)
    return tuple(dict.fromkeys(room for room in named if room))


def _decoded(given: Mapping[str, Any]) -> Settings:
    values = dict(given)
    if "policies" in values:
        values["policies"] = tuple(values["policies"])
    if "rooms" in values:
        values["rooms"] = tuple(values["rooms"])
    if "prolonged" in values:
        values["prolonged"] = {
            name: date.fromisoformat(until) for name, until in values["prolonged"].items()
        }
    if "hours" in values:
        values["hours"] = hours_of_dict(values["hours"])
    if "privacy" in values:
        values["privacy"] = Privacy(values["privacy"])
    if "server" in values:
        values["server"] = ServerAccount.from_dict(values["server"])
    if "rotation" in values:
        values["rotation"] = Rotation(**values["rotation"])
    if "preparation" in values:
        values["preparation"] = Preparation(values["preparation"])
    if values.get("text_reviews"):
        # Only an office that writes letters with its own texts has any.
        from kkd_desktop.domain.text_blocks import Review

        values["text_reviews"] = {
            key: (digest, Review(by, date.fromisoformat(on)))
            for key, (digest, by, on) in values["text_reviews"].items()
        }
    return Settings(**values)


def _encoded(settings: Settings) -> dict[str, Any]:
    return {
        "policies": list(settings.policies),
        "prolonged": {name: until.isoformat() for name, until in settings.prolonged.items()},
        "land": settings.land,
        "office": settings.office,
        "caseworker": settings.caseworker,
        "mailbox": settings.mailbox,
        "room": settings.room,
        "rooms": list(settings.rooms),
        "role": settings.role,
        "hours": hours_as_dict(settings.hours),
        "post_margin_days": settings.post_margin_days,
        "privacy": settings.privacy.value,
        "reminder": settings.reminder,
        "preparation": settings.preparation.value,
        "live_calendar": settings.live_calendar,
        "street": settings.street,
        "postcode": settings.postcode,
        "city": settings.city,
        "phone": settings.phone,
        "reference": settings.reference,
        "keep_letters": settings.keep_letters,
        "usual_purpose": settings.usual_purpose,
        "server": settings.server.as_dict(),
        "rotation": {name: getattr(settings.rotation, name) for name in field_names(Rotation)},
        "second_folder": settings.second_folder,
        "retention_months": settings.retention_months,
        "lock_minutes": settings.lock_minutes,
        "kept_steps": settings.kept_steps,
        "history_months": settings.history_months,
        "saved_searches": dict(settings.saved_searches),
        "text_reviews": {
            key: [digest, review.by, review.on.isoformat()]
            for key, (digest, review) in settings.text_reviews.items()
        },
    }
