from flask import Flask

from ..corridor import Station, add_station


def join(app: Flask) -> None:
    """Add this room's pages and its station to the app."""
    from ..collect.signals import texts_going, words_going
    from ..programme.signals import event_going
    from ..themes.signals import words_set_aside
    from . import (  # noqa: F401
        signals,
        states,
        taking_out,
        unsaid,
        uses,
        views,
        views_branding,
        views_editions,
        views_editor,
        views_public,
        views_schema,
    )

    app.register_blueprint(views.bp)
    app.register_blueprint(views_schema.bp)
    app.register_blueprint(views_branding.bp)
    event_going.connect(taking_out.forget_event)
    words_going.connect(taking_out.keep_out_what_was_cut)
    texts_going.connect(taking_out.keep_what_is_printed)
    words_set_aside.connect(taking_out.words_were_set_aside)
    # Words may be taken back between the look at what may be published and the edition's commit.
    signals.edition_published.connect(taking_out.words_were_set_aside)
    add_station(app, Station("Report", "report.report", states.state_in_words))
