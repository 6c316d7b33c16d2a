from flask import Blueprint

bp = Blueprint("manage_accounts", __name__, url_prefix="/manage/accounts")
