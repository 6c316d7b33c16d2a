from flask import Blueprint

bp = Blueprint("dispositions", __name__)
