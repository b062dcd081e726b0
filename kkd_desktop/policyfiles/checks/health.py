"""Does the file ask for more about somebody's health than a yes or a no?"""

from kkd_desktop.domain import language
from kkd_desktop.domain.health_facts import is_about_health
from kkd_desktop.policyfiles.checks.sound import Found, Sound


def own_facts(sound: Sound) -> Found:
    """A fact about health is a flag or a day: a rule needs no more (§ 67 b SGB X)."""
    for name, said in sound.entries("facts").items():
        label, kind = (said, "text") if isinstance(said, str) else (said["label"], said.get("type"))
        if kind not in ("flag", "date") and (is_about_health(name) or is_about_health(label)):
            yield (
                ("facts", name),
                language.said(
                    'Angaben zur Gesundheit gibt es nur als ja oder nein: bitte type = "flag".'
                ),
            )
