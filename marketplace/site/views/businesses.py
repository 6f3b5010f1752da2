"""The page of a business."""

from flask import redirect, render_template, request

from marketplace.catalogue.contacts import contact_for_business
from marketplace.catalogue.crumbs import crumbs_to_village
from marketplace.catalogue.queries import cards
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import Crumb, PageMeta, absolute_url, same_query, structured_crumbs
from marketplace.foundation.pagination import CONTINUE, Cursor
from marketplace.site.views.blueprints import business_pages as pages
from marketplace.umkm import queries
from marketplace.umkm.queries import business_path


@pages.get("/usaha/<int:id>")
@pages.get("/usaha/<int:id>-<slug>")
@open_to(anyone)
def show_business(id: int, slug: str = ""):
    """A business: its owner, its village, how to reach it, all that it sells."""
    business = queries.get_public_business(id)
    own_path = business_path(id, business.name)
    if slug != business.slug:
        return redirect(same_query(own_path), 301)
    page = cards.list_of_business(id, Cursor.parse(request.args.get(CONTINUE)))
    crumbs = [*crumbs_to_village(business.village), Crumb(business.name)]
    continues = CONTINUE in request.args
    return render_template(
        "umkm/show_business.html",
        business=business,
        kim=business.public_kim,
        contact=contact_for_business(business, absolute_url(own_path)),
        hour_rows=business.opening_hours.rows() if business.opening_hours else [],
        page=page,
        following_url=f"{own_path}?{CONTINUE}={page.following}" if page.following else None,
        first_url=own_path if continues else None,
        share_text=f"{business.name} di Pasar KIM",
        crumbs=crumbs,
        meta=PageMeta(
            title=f"{business.name}, {business.village.name}",
            description=business.description or f"Produk {business.name} dari {business.village.title}.",
            path=own_path,
            structured=[structured_crumbs(crumbs, own_path)],
            robots="noindex, follow" if continues else None,
        ),
        section="produk",
    )
