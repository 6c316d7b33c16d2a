from flask import Blueprint

bp = Blueprint("manage_meetings", __name__, url_prefix="/manage/meetings")
