from flask import Flask


def join(app: Flask) -> None:
    """Add the JSON API, its description, and the pages of those who use it."""
    from ..extensions import csrf
    from ..programme.signals import event_going
    from ..report.signals import edition_published
    from ..themes.signals import analysis_finished, words_read
    from . import (
        announcing,
        models,  # noqa: F401
        models_webhooks,  # noqa: F401
        openapi,
        tasks,
        views_docs,
        views_editions,  # noqa: F401
        views_programme,  # noqa: F401
        views_responses,  # noqa: F401
        views_themes,  # noqa: F401
        views_tokens,
        views_webhooks,
    )

    # A token in a header cannot be sent by another site's page, as a cookie can.
    csrf.exempt(openapi.bp)
    openapi.describe(app)
    app.register_blueprint(views_docs.bp)
    app.register_blueprint(views_tokens.bp)
    app.register_blueprint(views_webhooks.bp)
    event_going.connect(announcing.forget_event)
    for news in (words_read, analysis_finished, edition_published):
        news.connect(tasks.news_came)
