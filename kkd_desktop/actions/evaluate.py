"""Answer questions given as JSON: the evaluation contract for scripts and other programs.

The keys of question and answer are fixed; see README, "Questions as JSON".
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kkd_desktop.actions import requests
from kkd_desktop.domain import caseload
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.delivery import DeliveryFiction, deemed_on
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.explanation import explain, explain_obligation
from kkd_desktop.domain.outcome import Obligation, Outcome
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.policy_set import Combine, PolicySet, version_on
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.shelf import Shelf

Answer = dict[str, Any]

_MEMBER = ("client", "contacts")
_CAPACITY = ("weekly_hours", "role", "slot_minutes", "planned_contacts", "planned_hours")


class Evaluator:
    """Answers any number of questions; policies and holidays are read once."""

    def __init__(self, shelf: Shelf, fictions: Sequence[DeliveryFiction], today: date) -> None:
        """`today` stands in where a question names no day of its own."""
        self._shelf = shelf
        self._fictions = fictions
        self._today = today
        self._read: dict[str, tuple[Policy | PolicySet, Shelf]] = {}
        self._compiled: dict[str, CompiledPolicy] = {}
        self._calendars: dict[str | None, WorkCalendar] = {}

    def answer(self, question: Any) -> Answer | list[Answer]:
        """The answer to one question, or a list of answers to a list of them.

        Raises UserError naming the key (and the place in a list) of what cannot be used.
        """
        if not isinstance(question, list):
            return self._one(question)
        answers = []
        for index, each in enumerate(question):
            try:
                answers.append(self._one(each))
            except UserError as fault:
                raise UserError(f"[{index}] {fault}") from None
        return answers

    def _one(self, question: Any) -> Answer:
        given = requests.mapping(question, "Anfrage")
        kinds: dict[str, tuple[set[str], Callable[[Mapping[str, Any]], Answer]]] = {
            "law": ({"law", "posted"}, self._law),
            "caseload": ({"caseload", "policy", "today"}, self._caseload),
            "capacity": ({"capacity", "policy", "today"}, self._capacity),
            "client": ({"client", "contacts", "policy", "today"}, self._client),
        }
        for key, (allowed, answer) in kinds.items():
            if key in given:
                unknown = sorted(set(given) - allowed)
                if unknown:
                    raise UserError(f"{unknown[0]}: dieser Schlüssel ist hier unbekannt.")
                return answer(given)
        raise UserError("client: die Anfrage nennt weder client noch caseload, capacity oder law.")

    def _client(self, given: Mapping[str, Any]) -> Answer:
        today = self._day(given)
        subject = requests.subject(given["client"], today)
        contacts = requests.contacts(given.get("contacts"))
        policies = self._policies(given)
        return _outcome(evaluate(subject, contacts, policies, today), policies)

    def _caseload(self, given: Mapping[str, Any]) -> Answer:
        today = self._day(given)
        members = []
        for index, raw in enumerate(requests.sequence(given["caseload"], "caseload")):
            key = f"caseload[{index}]"
            member = requests.mapping(raw, key)
            requests.refuse_near_misses(member, _MEMBER, key)
            members.append(
                (
                    requests.subject(member.get("client"), today, f"{key}.client"),
                    requests.contacts(member.get("contacts"), f"{key}.contacts"),
                )
            )
        found: Answer = {}
        for policy in self._policies(given):
            found |= {
                key: {
                    "n": quota.population,
                    "met_count": quota.met,
                    "required": quota.required,
                    "missing": quota.missing,
                    "fulfilled": quota.fulfilled,
                    "share": None if quota.share is None else float(quota.share),
                }
                for key, quota in caseload.quotas(policy, members, today).items()
            }
        return {"quotas": found}

    def _capacity(self, given: Mapping[str, Any]) -> Answer:
        week = requests.mapping(given["capacity"], "capacity")
        requests.refuse_near_misses(week, _CAPACITY, "capacity")
        self._day(given)
        if "weekly_hours" not in week:
            raise UserError("capacity.weekly_hours: die Wochenstunden fehlen.")

        def optional(key: str, read: Callable[[Any, str], Any]) -> Any:
            return None if week.get(key) is None else read(week[key], f"capacity.{key}")

        hours = requests.number(week["weekly_hours"], "capacity.weekly_hours")
        policy = self._policies(given)[0].policy
        try:
            norm = caseload.capacity_norm(policy, week.get("role"))
        except UserError as fault:
            raise UserError(f"capacity.{fault}") from None
        if norm is None:
            return {"contact_hours": None, "min_contacts": None, "fulfilled": None}
        found = caseload.capacity(
            norm,
            hours,
            planned_contacts=optional("planned_contacts", requests.whole),
            planned_hours=optional("planned_hours", requests.number),
            slot_minutes=optional("slot_minutes", requests.whole),
        )
        return {
            "contact_hours": float(found.contact_hours),
            "min_contacts": found.min_contacts,
            "fulfilled": found.fulfilled,
        }

    def _law(self, given: Mapping[str, Any]) -> Answer:
        if given["law"] != "bekanntgabe":
            raise UserError(f"law: „{given['law']}“ ist unbekannt (möglich: bekanntgabe).")
        posted = requests.day(given.get("posted"), "posted")
        return {"deemed": deemed_on(posted, self._fictions).isoformat()}

    def _day(self, given: Mapping[str, Any]) -> date:
        return self._today if given.get("today") is None else requests.day(given["today"], "today")

    def _policies(self, given: Mapping[str, Any]) -> Rulebook:
        named = given.get("policy")
        wanted = named if isinstance(named, list) else [named]
        names = [name for name in wanted if isinstance(name, str) and name and name.isprintable()]
        if not names or len(names) < len(wanted):
            raise UserError(
                "policy: hier wird die Kennung eines Konzepts oder eine Datei erwartet."
            )
        today = self._day(given)
        try:
            whole = [self._content(name) for name in names]
            policies = [policy for each, shelf in whole for policy in _parts(each, shelf, today)]
        except UserError as fault:
            raise UserError(f"policy: {fault}") from fault
        alone = whole[0][0] if len(whole) == 1 else None
        combine = alone.combine if isinstance(alone, PolicySet) else Combine.STRICTEST
        return Rulebook(map(self._compile, policies), combine)

    def _content(self, name: str) -> tuple[Policy | PolicySet, Shelf]:
        if name not in self._read:
            shelf = self._shelf
            self._read[name] = (
                shelf.load_any(Path(name))
                if name.endswith(".toml")
                else (shelf.policy_set(name) or shelf.load(name), shelf)
            )
        return self._read[name]

    def _compile(self, policy: Policy) -> CompiledPolicy:
        known = self._compiled.get(policy.id)
        if known is None or known.policy is not policy:
            calendar = self._calendars.setdefault(policy.land, WorkCalendar(policy.land))
            known = self._compiled[policy.id] = CompiledPolicy(policy, calendar)
        return known


def _parts(found: Policy | PolicySet, shelf: Shelf, today: date) -> list[Policy]:
    if isinstance(found, Policy):
        return [found]
    return [version_on([shelf.load(each) for each in versions], today) for versions in found.parts]


def _outcome(outcome: Outcome, policies: Sequence[CompiledPolicy]) -> Answer:
    calendars = {each.policy.land: each.calendar for each in policies}
    answers = [
        _obligation(found, calendars[found.policy.land], outcome.today)
        for found in outcome.obligations
    ]
    deciding = next(i for i, found in enumerate(outcome.obligations) if found is outcome.deciding)
    named = [
        {"obligation": found.id, **answer} if found.id else answer
        for found, answer in zip(outcome.obligations, answers, strict=True)
    ]
    warnings = [notice.code for found in outcome.obligations for notice in found.warnings]
    return {
        **answers[deciding],
        "warnings": list(dict.fromkeys(warnings)),
        "explanation": explain(outcome),
        "obligations": named,
    }


def _obligation(found: Obligation, calendar: WorkCalendar, today: date) -> Answer:
    return {
        "policy": found.policy.id,
        "state": found.state.value,
        "rule": None if found.rule is None else found.rule.id,
        "counted": list(found.counted),
        "last": _iso(found.last),
        "earliest": _iso(found.earliest),
        "target": _iso(found.target),
        "latest": _iso(found.latest),
        "earliest_workday": _iso(found.earliest and calendar.on_or_after(found.earliest)),
        "latest_workday": _iso(found.latest and calendar.on_or_before(found.latest)),
        "days_left": found.days_left(today),
        "required": found.required,
        "count": found.count,
        "missing": found.missing,
        "period_start": _iso(found.period_start),
        "period_end": _iso(found.period_end),
        "milestones": {key: day.isoformat() for key, day in found.milestones.items()} or None,
        "tier": found.tier,
        "required_form": found.required_form and found.required_form.value,
        "warnings": [notice.code for notice in found.warnings],
        "explanation": explain_obligation(found, today),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
