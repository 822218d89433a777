from flask.testing import FlaskClient


def test_every_page_carries_a_policy_without_inline_script_or_style(client: FlaskClient) -> None:
    response = client.get("/nothing-here")
    assert response.status_code == 404
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
