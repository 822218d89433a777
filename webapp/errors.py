"""What can go wrong in the domain. Actions and queries raise these; only the web edge turns them into pages."""


class DomainError(Exception):
    """Something was asked for that cannot be done; the message is written for the person who asked."""

    status = 400


class NotFound(DomainError):
    """There is no such thing, or the person may not know that there is: both look the same from outside."""

    status = 404


class Refused(DomainError):
    """The thing exists, but not now or not so: closed, out of date, against a rule."""

    status = 409


class NotAllowed(Refused):
    """The person may see the thing, and their role does not let them change it."""

    status = 403
