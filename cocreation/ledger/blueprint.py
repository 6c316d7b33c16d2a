"""All addresses of this room."""

from flask import Blueprint

from cocreation.ledger import views

pages = Blueprint("ledger", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/register", view_func=views.index)
pages.add_url_rule("/register/<int:number>", view_func=views.entry)
pages.add_url_rule("/register.jsonl", view_func=views.download)
pages.add_url_rule("/register-checkpoints.jsonl", view_func=views.download_checkpoints)
pages.add_url_rule("/register-key.pem", view_func=views.download_key)
