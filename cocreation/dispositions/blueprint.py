"""All addresses of this room."""

from flask import Blueprint

from cocreation.fates import views as fates_views
from cocreation.fates.manage import appeals, batches
from cocreation.lineage import manage as lineage_manage
from cocreation.screening import views as screening_views
from cocreation.screening.manage import reasons, screening as manage_screening
from cocreation.study import views as study_views
from cocreation.study.manage import answers, bundle_sheet, colleagues, criteria, referrals

pages = Blueprint("dispositions", __name__)
staff_pages = Blueprint("manage_dispositions", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/institutions/board", view_func=study_views.board)

pages.add_url_rule("/fates", view_func=fates_views.fates)
pages.add_url_rule("/fates/filters", view_func=fates_views.narrow)
pages.add_url_rule("/fates.<any(csv, xlsx, json):kind>", view_func=fates_views.table)

pages.add_url_rule("/screening", view_func=screening_views.screening)

staff_pages.add_url_rule("/bundle", view_func=answers.bundle, methods=["GET", "POST"])
staff_pages.add_url_rule("/bundle/<reference>/<slug>", view_func=answers.answer, methods=["GET", "POST"])

staff_pages.add_url_rule("/appeals", view_func=appeals.appeals)
staff_pages.add_url_rule("/appeals/<reference>", view_func=appeals.hear, methods=["GET", "POST"])
staff_pages.add_url_rule("/fates/<reference>", view_func=appeals.reword, methods=["GET", "POST"])

staff_pages.add_url_rule("/sheets/<code>.xlsx", view_func=bundle_sheet.sheet)
staff_pages.add_url_rule("/sheets/<code>", view_func=bundle_sheet.import_answers, methods=["GET", "POST"])

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

staff_pages.add_url_rule("/batches", view_func=batches.batches)
staff_pages.add_url_rule("/batches/new", view_func=batches.new_batch, methods=["GET", "POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>", view_func=batches.batch)
staff_pages.add_url_rule("/batches/<int:batch_id>/ideas", view_func=batches.add_ideas, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/embargo", view_func=batches.set_embargo, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/send", view_func=batches.send_for_review, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/review", view_func=batches.review, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/publish", view_func=batches.publish, methods=["POST"])
staff_pages.add_url_rule("/batches/<int:batch_id>/<reference>", view_func=batches.draft)
staff_pages.add_url_rule("/batches/<int:batch_id>/<reference>", view_func=batches.decide, methods=["POST"])
staff_pages.add_url_rule(
    "/batches/<int:batch_id>/<reference>/remove", view_func=batches.remove, methods=["POST"]
)

staff_pages.add_url_rule("/lineage/<reference>", view_func=lineage_manage.lineage)
staff_pages.add_url_rule(
    "/lineage/<reference>/<any(merge, gather, split, restate, carry):way>",
    view_func=lineage_manage.link,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/lineage/<reference>/undo/<int:link_id>", view_func=lineage_manage.unlink, methods=["GET", "POST"]
)

staff_pages.add_url_rule("/reasons", view_func=reasons.reasons)
staff_pages.add_url_rule("/reasons/new", view_func=reasons.new_reason, methods=["GET", "POST"])
staff_pages.add_url_rule("/reasons/<int:template_id>", view_func=reasons.edit_reason, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/reasons/<int:template_id>/remove", view_func=reasons.remove_reason, methods=["POST"]
)

staff_pages.add_url_rule("/referrals", view_func=referrals.referrals, methods=["GET", "POST"])
staff_pages.add_url_rule("/referrals/late", view_func=referrals.late)
staff_pages.add_url_rule("/referrals/late/<slug>/remind", view_func=referrals.remind, methods=["POST"])

staff_pages.add_url_rule("/screening", view_func=manage_screening.screening, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/<reference>", view_func=manage_screening.screen, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/screening/<reference>/question", view_func=manage_screening.ask, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/workload", view_func=manage_screening.workload)
