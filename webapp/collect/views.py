from flask import Blueprint

bp = Blueprint("collect", __name__)
