"""The blueprints of these pages: endpoints and templates carry the name of what a page is about."""

from flask import Blueprint

site_pages = Blueprint("site", __name__)
region_pages = Blueprint("regions", __name__)
kim_pages = Blueprint("kim", __name__)
business_pages = Blueprint("umkm", __name__)
