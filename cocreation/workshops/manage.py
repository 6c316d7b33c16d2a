from flask import Blueprint

bp = Blueprint("manage_workshops", __name__, url_prefix="/manage/workshops")
