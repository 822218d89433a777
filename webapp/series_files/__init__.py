from flask import Flask


def join(app: Flask) -> None:
    """Add the owner's page and the commands that carry a series from one installation to another."""
    from . import commands, series_file_views

    app.register_blueprint(series_file_views.bp)
    app.cli.add_command(commands.export_series_command)
    app.cli.add_command(commands.import_series_command)
