"""What an edition's files leave out for those who did not hear it themselves."""

from dataclasses import replace

from .document import Report


def for_everybody(report: Report) -> Report:
    """The report without what ties the statements of one speaker together: nobody is named, but ten remarks by one
    delegate may be enough for a colleague to know whose they are. The rows of responses go too, for their numbers of
    statements would give the ties back."""
    statements = tuple(replace(row, speaker="") for row in report.statements)
    return replace(report, statements=statements, data=replace(report.data, responses=()))
