from flask import Blueprint

bp = Blueprint("manage_dispositions", __name__, url_prefix="/manage/dispositions")
