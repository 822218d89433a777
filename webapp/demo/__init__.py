from flask import Flask


def join(app: Flask) -> None:
    """Add the command that loads the demo series."""
