"""What is proposed while a seller types, as JSON."""

from flask import jsonify, request
from flask_login import current_user

from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.error_pages import answers_in_json
from marketplace.foundation.limits import limiter
from marketplace.selling.hints.categories import list_categories
from marketplace.selling.hints.prices import PriceHint, hint_of_price
from marketplace.selling.queries.desk import list_own_businesses
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.uploads import person

KEPT_SECONDS = 300
TOO_OFTEN = "Terlalu sering. Tunggu sebentar, lalu lanjutkan."


@pages.get("/jual/petunjuk")
@open_to(signed_in)
@answers_in_json
@limiter.limit("60 per minute", key_func=person, error_message=TOO_OFTEN)
def show_hints():
    """Categories, the usual price nearby and the usual unit of what is called like this; `category` may be chosen."""
    name, chosen = request.args.get("name", "").replace("\0", ""), request.args.get("category")
    leaves = list_categories(name)
    category = next((leaf for leaf in leaves if leaf.slug == chosen), next(iter(leaves), None))
    business = next(iter(list_own_businesses(current_user)), None)
    village_code = business.village_code if business else current_user.village_code
    hint = hint_of_price(name, category, village_code) if category else PriceHint(None, None)
    answer = jsonify(
        {
            "categories": [{"slug": leaf.slug, "name": leaf.name, "icon": leaf.icon} for leaf in leaves],
            "price": hint.price,
            "unit": hint.unit,
        }
    )
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer
