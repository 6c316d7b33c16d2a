"""The language is in the path: /ar/…, /fr/…, /en/…, /zgh/…"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.languages import i18n
from cocreation.web.access import access, anyone
from cocreation.web.typed import page_above

PREFIX = f"/<any({', '.join(i18n.LANGUAGES)}):lang>"

bp = Blueprint("language", __name__)


@bp.get("/")
@access(anyone)
def choose() -> ResponseReturnValue:
    """The front door without a language leads to the one the browser asks for, else to Arabic."""
    code = _asked()
    return redirect(url_for("portal.home", lang=code))


def init_app(app: Flask) -> None:
    i18n.init_app(app, _of_request)
    app.url_value_preprocessor(lambda _endpoint, values: values.pop("lang", None) if values else None)
    app.url_defaults(_speak_on)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        languages=list(i18n.LANGUAGES.values()),
        url_in=url_in,
        languages_of=languages_of,
        spoken_in=i18n.interface,
    )
    app.context_processor(lambda: {"language": i18n.current()})


def _of_request() -> str:
    """Read from the path itself, since an address that leads nowhere has no view arguments. The worker and
    commands have no request: they speak the default language, or say which.
    """
    if not has_request_context():
        return i18n.DEFAULT.code
    code = request.path.split("/", 2)[1]
    return code if code in i18n.LANGUAGES else _asked()


def _asked() -> str:
    """The first language the browser wants that we speak; of a tag like ar-MA, its language counts."""
    wanted = (tag.split("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((code for code in wanted if code in i18n.LANGUAGES), i18n.DEFAULT.code)


def _speak_on(endpoint: str, values: dict[str, object]) -> None:
    from flask import current_app

    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = i18n.current().code


def url_in(code: str) -> str:
    """This same page in another language. When it takes no visits, the one whose form was sent to it, else
    the home page.
    """
    if request.endpoint is None or "GET" not in (request.url_rule.methods if request.url_rule else ()):  # type: ignore[operator]
        above = page_above()
        return f"/{code}/{above.split('/', 2)[2]}" if above else url_for("portal.home", lang=code)
    # The parameters go as they came: as arguments of url_for some names would mean something else.
    page = url_for(request.endpoint, **{**(request.view_args or {}), "lang": code})
    return f"{page}?{request.query_string.decode()}" if request.args else page


def languages_of(endpoint: str, **values: Any) -> list[tuple[i18n.Language, str]]:
    """The languages that have every sentence, each with the address of `endpoint` in it."""
    return [(i18n.LANGUAGES[code], url_for(endpoint, lang=code, **values)) for code in i18n.WHOLE]
