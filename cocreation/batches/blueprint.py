"""All addresses of this room."""

from flask import Blueprint

from cocreation.batches import manage

staff_pages = Blueprint("manage_batches", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/fates/<reference>", view_func=manage.reword, methods=["GET", "POST"])

staff_pages.add_url_rule("/batches", view_func=manage.batches)
staff_pages.add_url_rule("/batches/new", view_func=manage.new_batch, methods=["GET", "POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>", view_func=manage.batch)
staff_pages.add_url_rule("/batches/<int:batch_id>/sheet", view_func=manage.batch_sheet)
staff_pages.add_url_rule("/batches/<int:batch_id>/ideas", view_func=manage.add_ideas, methods=["GET", "POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/delete", view_func=manage.delete_batch, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/embargo", view_func=manage.set_embargo, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/send", view_func=manage.send_for_review, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/review", view_func=manage.review, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/publish", view_func=manage.publish, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/<reference>", view_func=manage.draft)
staff_pages.add_url_rule("/batches/<int:batch_id>/<reference>", view_func=manage.decide, methods=["POST"])
staff_pages.add_url_rule(
    "/batches/<int:batch_id>/<reference>/remove", view_func=manage.remove, methods=["POST"]
)
