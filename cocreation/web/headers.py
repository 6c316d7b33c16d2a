"""Security headers: nothing from elsewhere, nothing inline, nothing framed."""

from __future__ import annotations

from flask import Flask, Response, current_app, g

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


def init_app(app: Flask) -> None:
    app.after_request(_protect)


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
    if current_app.extensions["settings"].secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
