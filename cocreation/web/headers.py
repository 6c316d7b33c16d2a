"""Security headers: nothing from elsewhere, nothing inline; nothing framed but a mail among all mails."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, url_for

from cocreation.languages import i18n

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

# A mail within a page of ours: colours of its own, nothing fetched, nothing run, nothing sent.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)


def init_app(app: Flask) -> None:
    app.after_request(_protect)


def framing(response: Response) -> Response:
    """Let this page hold frames of ours."""
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


def framed(response: Response) -> Response:
    """Let this answer, which is a mail, stand in a frame of ours."""
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def _fonts() -> list[str]:
    """The fonts of a page, in both weights: asked for before the page itself is read."""
    script = "arabic" if i18n.current().direction == "rtl" else "latin"
    names = (f"vendor/fonts/ibm-plex-sans-arabic-{script}-{weight}-normal.woff2" for weight in (400, 600))
    addresses = (url_for("static", filename=name) for name in names)
    return [f"<{address}>; rel=preload; as=font; type=font/woff2; crossorigin" for address in addresses]


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    if g.get("private"):
        # The address itself may be the key: it is not kept, not indexed and not told to the next page.
        headers["Cache-Control"] = "no-store"
        headers["X-Robots-Tag"] = "noindex"
        headers["Referrer-Policy"] = "no-referrer"
    else:
        headers.setdefault("Cache-Control", "no-cache")
        headers.setdefault("Referrer-Policy", "same-origin")
    # Not for a mail in a frame, which fetches nothing.
    is_page = response.mimetype == "text/html" and headers["Content-Security-Policy"] != MAIL_POLICY
    if is_page and not response.location:
        headers.extend(("Link", font) for font in _fonts())
    if current_app.extensions["settings"].secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
