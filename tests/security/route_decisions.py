"""Who may use which route: every one has its decision here, and `test_routes.py` holds the application to it.

A new route under the address of a series or of something in one (PLACES) is decided with its kind: viewers read it,
editors send to it; under the API's addresses by their tokens alone. Anything else, and every exception, is written down
below by its endpoint. A new `<int:thing_id>` needs a row in `world.py` too, so that the walk knows an address that
exists.
"""

ANYBODY = "anybody"  # no session: delegates, readers, and people about to sign in
LINK = "link"  # whoever holds the table's link; nobody else can know the address
SIGNED_IN = "signed in"
VIEWER, EDITOR, OWNER = "viewer", "editor", "owner"
ADMINISTRATOR = "administrator"
NOBODY = "nobody"  # there is nothing at the address
# By a token in the header and nothing else: whoever holds one, or one whose owner has this role in the series.
BY_TOKEN, TOKEN_VIEWER, TOKEN_EDITOR = "token", "token viewer", "token editor"
ADDRESS_ONLY = "address only"  # makes addresses; the files are served before the application is reached

# Each stands for a series or something in it, so that its routes ask for a role in that series.
PLACES = ("/series/<int:", "/events/<int:", "/sessions/<int:", "/tables/<int:", "/questions/<int:", "/themes/<int:")
PLACES += ("/responses/<int:", "/editions/<int:")
PLACES += ("/runs/<int:", "/boards/<int:", "/statements/<int:", "/log/<int:")

API = "/api/v1"

DECISIONS: dict[str, str | dict[str, str]] = {
    # Delegates and readers, by the event's code or the receipt's.
    "programme.home": ANYBODY,
    "programme.go": ANYBODY,
    "collect.respond": ANYBODY,
    "collect.send": ANYBODY,
    "collect.table_worker": ANYBODY,
    "collect.worker": ANYBODY,
    "collect.privacy": ANYBODY,
    "accounts.data_protection": ANYBODY,
    "collect.news": ANYBODY,
    "collect.receipt": ANYBODY,
    "collect.correct": ANYBODY,
    "collect.confirm_withdrawal": ANYBODY,
    "collect.withdraw": ANYBODY,
    "collect.leave_out_part": ANYBODY,
    "collect.floor": ANYBODY,
    "collect.floor_list": ANYBODY,
    "collect.floor_alike": ANYBODY,
    "collect.back": ANYBODY,
    "collect.forget": ANYBODY,
    "collect.screen": ANYBODY,
    "collect.screen_list": ANYBODY,
    "schemas.report_schema": ANYBODY,
    "branding.public_look": ANYBODY,
    "branding.branding": EDITOR,
    # Programs.
    "api_docs.docs": ANYBODY,
    "api_docs.openapi": ANYBODY,
    "api.list_series": BY_TOKEN,
    # Process managers and load balancers.
    "operation.healthz": ANYBODY,
    "operation.readyz": ANYBODY,
    # Readers of what is published.
    "report.public_report": ANYBODY,
    "report.public_edition": ANYBODY,
    "report.public_evidence": ANYBODY,
    "report.public_file": ANYBODY,
    "report.public_news": ANYBODY,
    # Facilitators and scribes.
    "collect.read_back": LINK,
    "collect.handover": LINK,
    "collect.table": LINK,
    "collect.lines": LINK,
    "collect.edit": LINK,
    "collect.delete": LINK,
    "collect.restore": LINK,
    "collect.answer": LINK,
    # Signing in.
    "security.login": ANYBODY,
    "security.logout": ANYBODY,
    "security.forgot_password": ANYBODY,
    "security.reset_password": ANYBODY,
    "security.tf_select": ANYBODY,
    "security.two_factor_token_validation": ANYBODY,
    "security.mf_recovery": ANYBODY,
    "security.wan_signin": ANYBODY,
    "security.wan_signin_response": ANYBODY,
    "security.static": ANYBODY,
    "security.two_factor_rescue": NOBODY,
    "accounts.invitation": ANYBODY,
    # A person's own account.
    "security.change_password": SIGNED_IN,
    "security.verify": SIGNED_IN,
    "security.two_factor_setup": SIGNED_IN,
    "security.two_factor_setup_validate": SIGNED_IN,
    "security.mf_recovery_codes": SIGNED_IN,
    "security.wan_register": SIGNED_IN,
    "security.wan_register_response": SIGNED_IN,
    "security.wan_delete": SIGNED_IN,
    "security.wan_verify": SIGNED_IN,
    "security.wan_verify_response": SIGNED_IN,
    "accounts.accept": SIGNED_IN,
    "accounts.account": SIGNED_IN,
    "accounts.delete_own": SIGNED_IN,
    "accounts.second_factor_first": SIGNED_IN,
    "accounts.end": SIGNED_IN,
    "accounts.end_others": SIGNED_IN,
    "tokens.tokens": SIGNED_IN,
    "tokens.revoke": SIGNED_IN,
    "programme.series_list": SIGNED_IN,
    "programme.new_series": SIGNED_IN,
    # The installation.
    "accounts.accounts": ADMINISTRATOR,
    "accounts.one_account": ADMINISTRATOR,
    "accounts.act": ADMINISTRATOR,
    "accounts.delete_disabled": ADMINISTRATOR,
    "accounts.password_link": ADMINISTRATOR,
    "accounts.revoke_site_invitation": ADMINISTRATOR,
    "accounts.audit_log": ADMINISTRATOR,
    "accounts.audit_file": ADMINISTRATOR,
    "programme.all_series": ADMINISTRATOR,
    "programme.give_owner": ADMINISTRATOR,
    "static": ADDRESS_ONLY,
    # In a series, other than viewers reading and editors sending.
    "programme.people": {"GET": VIEWER, "POST": OWNER},
    "programme.change_role": OWNER,
    "programme.remove_member": OWNER,
    "programme.revoke": OWNER,
    "programme.delete_series": OWNER,
    "series_files.series_file": OWNER,
    "series_files.download": OWNER,
    "webhooks.webhooks": OWNER,
    "webhooks.webhook": OWNER,
    "webhooks.test": OWNER,
    "webhooks.resume": OWNER,
    "webhooks.remove": OWNER,
    "programme.delete_event": EDITOR,
    "programme.edit_series": EDITOR,
    "programme.new_event": EDITOR,
    "programme.edit_event": EDITOR,
    "programme.new_session": EDITOR,
    "programme.edit_session": EDITOR,
    "programme.new_question": EDITOR,
    "programme.edit_question": EDITOR,
    "programme.edit_table": EDITOR,
    "report.paragraph_evidence": EDITOR,
    "report.editor": EDITOR,
    "report.publishing": EDITOR,
    "themes.review": EDITOR,
    "themes.proposal": EDITOR,
    "collect.cards": EDITOR,
    "collect.printed_cards": EDITOR,
    "collect.type_card": EDITOR,
    "collect.erase": OWNER,
    "collect.news_list": OWNER,
    "collect.news_file": OWNER,
    "collect.take_out_of_news": OWNER,
    "collect.retention": OWNER,
    "collect.import_file": EDITOR,
    "collect.one_import": EDITOR,
    "collect.take_back_import": EDITOR,
    "themes.split": EDITOR,
    "themes.redact": EDITOR,
}


def decision(endpoint: str, address: str, method: str) -> str | None:
    """Who may send `method` to the route; None where nobody decided."""
    written = DECISIONS.get(endpoint)
    if written is None and address.removeprefix(API).startswith(PLACES) and address.startswith(API):
        return TOKEN_VIEWER if method == "GET" else TOKEN_EDITOR
    if isinstance(written, dict):
        return written.get(method)
    if written is None and address.startswith(PLACES):
        return VIEWER if method == "GET" else EDITOR
    return written
