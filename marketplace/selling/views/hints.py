"""What is proposed while a seller types, as JSON."""

from flask import jsonify, request

from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.error_pages import answers_in_json
from marketplace.selling import hints
from marketplace.selling.views.blueprint import pages


@pages.get("/jual/petunjuk")
@open_to(signed_in)
@answers_in_json
def show_hints():
    """Categories, the usual price nearby and the usual unit of what is called like this."""
    categories = hints.list_categories(request.args.get("name", ""))
    return jsonify(
        {
            "categories": [{"slug": leaf.slug, "name": leaf.name, "icon": leaf.icon} for leaf in categories],
            "price": None,
            "unit": None,
        }
    )
