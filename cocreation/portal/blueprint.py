"""All addresses of this room."""

from flask import Blueprint

from cocreation.meetings import blueprint as meetings
from cocreation.portal.about import views as about
from cocreation.portal.coverage import views as coverage
from cocreation.portal.find import views as find
from cocreation.portal.first_steps import views as first_steps
from cocreation.portal.home import views as home
from cocreation.portal.idea import views as idea
from cocreation.portal.mails import views as mails
from cocreation.portal.meeting import views as meeting
from cocreation.portal.receipt import views as receipt
from cocreation.portal.region import views as region
from cocreation.portal.sources import views as sources
from cocreation.registration import blueprint as registration

pages = Blueprint("portal", __name__)
staff_pages = Blueprint("manage_mails", __name__, url_prefix="/manage/mails")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/", view_func=home.home)
pages.add_url_rule("/regions/<code>", view_func=region.region)
pages.add_url_rule("/about", view_func=about.about)
pages.add_url_rule("/privacy", view_func=about.privacy)
pages.add_url_rule("/translations", view_func=about.translations)

pages.add_url_rule("/find", view_func=find.find)
pages.add_url_rule("/share.png", view_func=about.picture)

pages.add_url_rule("/ideas/<reference>", view_func=idea.idea)

pages.add_url_rule("/meetings/<reference>/workshops/<int:number>", view_func=sources.workshop)
pages.add_url_rule("/lines/<line_reference>", view_func=sources.line)
pages.add_url_rule("/plan/commitments/<reference>", view_func=sources.commitment)
pages.add_url_rule("/plan", view_func=sources.plan)

# Pages of lower rooms that show what other rooms know: they keep the names of the room they belong to.
meetings.pages.add_url_rule("/meetings", view_func=meeting.index)
meetings.pages.add_url_rule("/meetings/<reference>", view_func=meeting.show)
meetings.staff_pages.add_url_rule("", endpoint="index", view_func=meeting.manage_index)
meetings.staff_pages.add_url_rule("/<reference>", endpoint="show", view_func=meeting.manage_show)
meetings.staff_pages.add_url_rule("/<reference>/call-off", view_func=meeting.call_off, methods=["POST"])
registration.pages.add_url_rule("/registrations/<receipt>", view_func=receipt.show_registration)
registration.pages.add_url_rule("/registrations/<receipt>/data.json", view_func=receipt.export_registration)

pages.add_url_rule("/coverage", view_func=coverage.coverage)
pages.add_url_rule("/coverage.<any(csv, xlsx, json):form>", view_func=coverage.coverage_file)

pages.add_url_rule("/manage/first-steps", view_func=first_steps.first_steps)

staff_pages.add_url_rule("", view_func=mails.index)
staff_pages.add_url_rule("/<int:mail_id>/retry", view_func=mails.retry, methods=["POST"])
staff_pages.add_url_rule("/retry", view_func=mails.retry_all, methods=["POST"])
staff_pages.add_url_rule("/<int:mail_id>/dismiss", view_func=mails.dismiss, methods=["POST"])
