"""The blueprint that the catalogue's pages share."""

from flask import Blueprint

pages = Blueprint("catalogue", __name__)
