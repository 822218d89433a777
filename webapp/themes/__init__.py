from flask import Flask

from ..corridor import Station, add_station


def join(app: Flask) -> None:
    """Add this room's pages, commands and background reading to the app."""
    from ..collect.signals import texts_removed, words_changed, words_erased, words_going, words_taken_back
    from ..programme.signals import event_going
    from . import (  # noqa: F401
        across_views,
        blackening,
        commands,
        deciding_views,
        log_views,
        map_views,
        proposal_views,
        queries,
        redaction_views,
        retaining,
        review_views,
        statement_views,
        taken_back,
        tasks,
        theme_views,
        uses,
        views,
    )

    app.register_blueprint(views.bp)
    app.cli.add_command(commands.worker)
    app.cli.add_command(commands.find_themes)
    app.cli.add_command(commands.remove_old_texts_command)
    event_going.connect(taken_back.forget_event)
    words_changed.connect(tasks.words_came_in)
    words_going.connect(blackening.blacken_before_erasing)
    words_erased.connect(taken_back.erase_words)
    texts_removed.connect(retaining.leave_no_words)
    words_taken_back.connect(tasks.words_were_taken_back)
    add_station(app, Station("Themes", "themes.board", queries.state_in_words))
