"""All addresses of this room."""

from flask import Blueprint

from cocreation.accounts import manage, views
from cocreation.accounts.refusals import LinkEnded

pages = Blueprint("accounts", __name__)
staff_pages = Blueprint("manage_accounts", __name__, url_prefix="/manage/accounts")
pages.register_error_handler(LinkEnded, views.link_ended)
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/sign-in", view_func=views.sign_in, methods=["GET", "POST"])
pages.add_url_rule("/sign-in/code", view_func=views.prove, methods=["GET", "POST"])
pages.add_url_rule("/sign-in/link/<token>", view_func=views.link, methods=["GET", "POST"])
pages.add_url_rule("/sign-out", view_func=views.sign_out, methods=["POST"])
pages.add_url_rule("/sign-in/forgotten", view_func=views.forgot, methods=["GET", "POST"])
pages.add_url_rule("/invitations/<token>", view_func=views.accept, methods=["GET", "POST"])
pages.add_url_rule("/account", view_func=views.show)
pages.add_url_rule("/account/sign-ins/<int:sign_in_id>/end", view_func=views.end_sign_in, methods=["POST"])
pages.add_url_rule("/account/sign-ins/end-others", view_func=views.end_others, methods=["POST"])
pages.add_url_rule("/account/digest", view_func=views.digest, methods=["POST"])
pages.add_url_rule("/account/password", view_func=views.change_password, methods=["GET", "POST"])

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/invite", view_func=manage.invite, methods=["GET", "POST"])
staff_pages.add_url_rule("/grants/<int:grant_id>/take-back", view_func=manage.take_back, methods=["POST"])
staff_pages.add_url_rule(
    "/people/<int:person_id>/withdraw", view_func=manage.withdraw_invitation, methods=["POST"]
)
staff_pages.add_url_rule("/people/<int:person_id>/disable", view_func=manage.disable, methods=["POST"])
staff_pages.add_url_rule("/people/<int:person_id>/enable", view_func=manage.enable, methods=["POST"])
staff_pages.add_url_rule(
    "/people/<int:person_id>/forget-device", view_func=manage.forget_device, methods=["POST"]
)
