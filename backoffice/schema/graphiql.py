"""GraphiQL, the API's own explorer: one page whose every file is served from here."""

from flask import Response, make_response, render_template

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",  # its style sheet carries its fonts
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def page() -> Response:
    """The page. It holds the session's CSRF token, and no data."""
    response = make_response(render_template("graphiql/page.html"))
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
