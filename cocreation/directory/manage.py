from flask import Blueprint

bp = Blueprint("manage_directory", __name__, url_prefix="/manage/directory")
