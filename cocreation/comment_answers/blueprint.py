"""All addresses of this room."""

from flask import Blueprint

from cocreation.comment_answers import manage, manage_answers, manage_templates, views

pages = Blueprint("comment_answers", __name__)
staff_pages = Blueprint("manage_comment_answers", __name__, url_prefix="/manage")
template_pages = Blueprint("manage_answer_templates", __name__, url_prefix="/manage/answer-templates")
BLUEPRINTS = (pages, staff_pages, template_pages)

pages.add_url_rule("/consultations/<reference>/answers/<int:answer_id>", view_func=views.answer)

DESK = "/consultations/<reference>/answers"
staff_pages.add_url_rule("/comment-answers", view_func=manage_answers.index)
staff_pages.add_url_rule(DESK, view_func=manage.comment_desk, methods=["GET", "POST"])
COMMENT = f"{DESK}/comments/<int:number>"
staff_pages.add_url_rule(COMMENT, view_func=manage.comment_case, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{DESK}/list", view_func=manage_answers.answer_list)
staff_pages.add_url_rule(f"{DESK}/list/send", view_func=manage_answers.send, methods=["POST"])
staff_pages.add_url_rule(f"{DESK}/list/approve", view_func=manage_answers.approve, methods=["POST"])
staff_pages.add_url_rule(f"{DESK}/list/publish", view_func=manage_answers.publish, methods=["POST"])
ANSWER = f"{DESK}/<int:answer_id>"
staff_pages.add_url_rule(ANSWER, view_func=manage_answers.answer_sheet, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{ANSWER}/read", view_func=manage_answers.read, methods=["POST"])
staff_pages.add_url_rule(f"{ANSWER}/words", view_func=manage_answers.name_words, methods=["POST"])
staff_pages.add_url_rule(f"{ANSWER}/move", view_func=manage_answers.move, methods=["POST"])
staff_pages.add_url_rule(f"{ANSWER}/remove", view_func=manage_answers.remove, methods=["POST"])
staff_pages.add_url_rule(f"{ANSWER}/reword", view_func=manage_answers.reword, methods=["GET", "POST"])

template_pages.add_url_rule("", view_func=manage_templates.templates)
template_pages.add_url_rule("/new", view_func=manage_templates.new_template, methods=["GET", "POST"])
template_pages.add_url_rule(
    "/<int:template_id>", view_func=manage_templates.edit_template, methods=["GET", "POST"]
)
template_pages.add_url_rule(
    "/<int:template_id>/remove", view_func=manage_templates.remove_template, methods=["POST"]
)
