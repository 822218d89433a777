from flask import Flask


def join(app: Flask) -> None:
    """Add the command that loads the demo series."""
    from .commands import demo

    app.cli.add_command(demo)
