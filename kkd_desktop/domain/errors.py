"""What may go wrong through input or surroundings, as opposed to a bug."""


class UserError(Exception):
    """A known fault.

    Its text is one sentence for the person at the screen, naming what to mend. It never
    carries personal data or a passphrase, because it may be shown on any screen and logged.
    """


class NoSuchEntry(UserError):
    """What was named by its number is not stored (any more)."""
