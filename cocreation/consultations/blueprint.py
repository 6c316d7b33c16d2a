"""All addresses of this room."""

from flask import Blueprint

from cocreation.consultations import manage, manage_texts, views

pages = Blueprint("consultations", __name__)
staff_pages = Blueprint("manage_consultations", __name__, url_prefix="/manage/consultations")
BLUEPRINTS: tuple[Blueprint, ...] = (pages, staff_pages)

pages.add_url_rule("/consultations", view_func=views.index)
pages.add_url_rule("/consultations/follow", view_func=views.follow, methods=["GET", "POST"])
pages.add_url_rule("/consultations/follow/sent", view_func=views.follow_sent, methods=["GET", "POST"])
pages.add_url_rule("/consultations/following/<receipt>", view_func=views.following, methods=["GET", "POST"])
pages.add_url_rule("/consultations/following/<receipt>/stop", view_func=views.stop, methods=["GET", "POST"])
pages.add_url_rule("/consultations/<reference>", view_func=views.show)
pages.add_url_rule("/consultations/<reference>/event.ics", view_func=views.event)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>", view_func=manage.show)
staff_pages.add_url_rule("/<reference>/edit", view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/remove", view_func=manage.remove, methods=["POST"])
staff_pages.add_url_rule("/<reference>/announce", view_func=manage.announce, methods=["POST"])
staff_pages.add_url_rule("/<reference>/extend", view_func=manage.extend, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/call-off", view_func=manage.call_off, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/texts", view_func=manage_texts.choose, methods=["GET", "POST"])

TEXT = "/<reference>/texts/<int:text_id>"
staff_pages.add_url_rule(TEXT, view_func=manage_texts.summarise, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{TEXT}/latest", view_func=manage_texts.take_latest, methods=["POST"])
staff_pages.add_url_rule(f"{TEXT}/remove", view_func=manage_texts.take_out, methods=["POST"])
staff_pages.add_url_rule(f"{TEXT}/move/<any(up, down):way>", view_func=manage_texts.move, methods=["POST"])
