"""All addresses of this room."""

from flask import Blueprint

from cocreation.study.manage import answers, colleagues, criteria, referrals

staff_pages = Blueprint("manage_study", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/bundle", view_func=answers.bundle, methods=["GET", "POST"])

staff_pages.add_url_rule("/criteria/<code>", view_func=criteria.criteria, methods=["GET", "POST"])
staff_pages.add_url_rule("/criteria/<code>/usual", view_func=criteria.usual_criteria, methods=["POST"])
staff_pages.add_url_rule(
    f"/criteria/<code>/{criteria.NUMBER}", view_func=criteria.criterion, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/criteria/<code>/{criteria.NUMBER}/<any(up, down):way>",
    view_func=criteria.move_criterion,
    methods=["POST"],
)
staff_pages.add_url_rule(
    f"/criteria/<code>/{criteria.NUMBER}/remove", view_func=criteria.remove_criterion, methods=["POST"]
)

staff_pages.add_url_rule("/bundle/delegate", view_func=colleagues.delegate, methods=["POST"])
staff_pages.add_url_rule("/colleagues", view_func=colleagues.colleagues, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/colleagues/<int:institution_id>/<int:person_id>/dismiss", view_func=colleagues.dismiss, methods=["POST"]
)

staff_pages.add_url_rule("/referrals", view_func=referrals.referrals, methods=["GET", "POST"])
staff_pages.add_url_rule("/referrals/late", view_func=referrals.late)
staff_pages.add_url_rule("/referrals/late/<slug>/remind", view_func=referrals.remind, methods=["POST"])
