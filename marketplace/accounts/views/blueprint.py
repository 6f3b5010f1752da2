"""Where all pages of accounts hang."""

from flask import Blueprint

pages = Blueprint("accounts", __name__)
