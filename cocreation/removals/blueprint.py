"""All addresses of this room: they keep the names of the rooms they belong to, which know less."""

from flask import Blueprint

from cocreation.cycles import blueprint as cycles
from cocreation.cycles.manage import PART
from cocreation.meetings import blueprint as meetings
from cocreation.removals import views

BLUEPRINTS: tuple[Blueprint, ...] = ()

meetings.staff_pages.add_url_rule(
    "/<reference>/workshops/<int:number>/remove",
    view_func=views.remove_workshop,
    methods=["GET", "POST"],
)
cycles.staff_pages.add_url_rule(
    f"/<code>/{PART}/<int:part_id>/remove",
    endpoint="remove",
    view_func=views.remove_part,
    methods=["GET", "POST"],
)
