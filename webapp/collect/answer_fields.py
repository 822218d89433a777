"""The fields that WTForms lacks: several choices with one of one's own, a ranking, and ratings of what was attended."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, SelectMultipleField


class SeveralOrOtherField(SelectMultipleField):
    """Several of the choices, and one in the delegate's words; `data` is {"choices": [...], "other": "..."}."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        said = data if isinstance(data, dict) else {}
        super().process(formdata, said.get("choices", []), extra_filters)
        other = said.get("other", "")
        if formdata is not None:
            other = formdata.get(f"{self.name}-other", "")
        self.data = {"choices": self.data or [], "other": other}


class RankingField(Field):
    """A rank for each choice that the delegate cares to rank; `data` is the ranked choices, the first one first.

    Every choice has a list of its own, named `<field>-<index>`, so that ranking needs neither script nor dragging.
    `same` is a rank that was given twice, or None.
    """

    def __init__(self, label: str, ranked: Sequence[str], **more: Any) -> None:
        super().__init__(label, **more)
        self.ranked = ranked

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        self.process_errors: list[str] = []
        order = {choice: str(place) for place, choice in enumerate(data or [], start=1)}
        self.places = [order.get(choice, "") for choice in self.ranked]
        if formdata:
            self.places = [formdata.get(f"{self.name}-{index}", "") for index in range(len(self.ranked))]
        given = [place for place in self.places if place]
        allowed = {str(place) for place in range(1, len(self.ranked) + 1)}
        self.forged = not allowed.issuperset(given)
        self.same = next((place for place in given if given.count(place) > 1), None)
        pairs = [(place, choice) for place, choice in zip(self.places, self.ranked, strict=True) if place in allowed]
        self.data = [choice for _place, choice in sorted(pairs, key=lambda pair: int(pair[0]))]

    @property
    def rows(self) -> list[tuple[int, str, str]]:
        """(index, choice, the rank that it has or "") of each choice."""
        return [(index, choice, self.places[index]) for index, choice in enumerate(self.ranked)]


class SessionRatingsField(Field):
    """A tick for each session attended, and a rating for those ticked; `data` is {session: rating or None}.

    A session's tick is named `<field>-<index>-there` and its rating `<field>-<index>`. A rating without a tick says
    that its author was there too.
    """

    def __init__(self, label: str, sessions: Sequence[str], **more: Any) -> None:
        super().__init__(label, **more)
        self.sessions = sessions

    def process(self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None) -> None:
        self.process_errors: list[str] = []
        said = dict(data) if isinstance(data, dict) else {}
        if formdata:
            for index, session in enumerate(self.sessions):
                rating = formdata.get(f"{self.name}-{index}", "")
                if rating or formdata.get(f"{self.name}-{index}-there"):
                    said[session] = rating or None
        self.data = said

    @property
    def rows(self) -> list[tuple[int, str, bool, str]]:
        """(index, session, whether it was attended, its rating or "") of each session."""
        return [
            (index, session, session in self.data, str(self.data.get(session) or ""))
            for index, session in enumerate(self.sessions)
        ]
