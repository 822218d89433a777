"""How the reports of a series look: whose they are, their logo, and one colour."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import db


class SeriesBrand(db.Model):
    """At most one a series. The logo is stored as it was checked and cleaned, never as it was sent."""

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), unique=True)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    # #rrggbb as it was chosen; empty for the usual one.
    colour: Mapped[str] = mapped_column(String(7), default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    logo_kind: Mapped[str] = mapped_column(String(3), default="")  # svg, png
    logo_alternative: Mapped[str] = mapped_column(String(300), default="")
