from flask import Blueprint

bp = Blueprint("manage_ideas", __name__, url_prefix="/manage/ideas")
