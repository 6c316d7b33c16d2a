from flask import Blueprint

bp = Blueprint("manage_plan", __name__, url_prefix="/manage/plan")
