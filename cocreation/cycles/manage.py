from flask import Blueprint

bp = Blueprint("manage_cycles", __name__, url_prefix="/manage/cycles")
