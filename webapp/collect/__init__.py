from flask import Flask

from ..corridor import Station, add_station


def join(app: Flask) -> None:
    """Add this room's pages and commands to the app."""
    from . import (  # noqa: F401
        board_views,
        commands,
        floor_views,
        holding,
        import_views,
        models,
        models_hall,
        models_imports,
        models_sealed,
        moderation_views,
        news_views,
        organiser_views,
        paper_views,
        preview_views,
        read_back_views,
        retention_views,
        table_views,
        views,
    )

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.import_comments_command)
    add_station(app, Station("Collect", "collect.collected", organiser_views.state_of))
