"""Where all pages of selling hang."""

from flask import Blueprint

pages = Blueprint("selling", __name__)
