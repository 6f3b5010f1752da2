"""Every feature's pages and commands: importing a feature's views registers them on its blueprint."""

import marketplace.accounts.commands as account_commands
import marketplace.accounts.views.account
import marketplace.accounts.views.devices
import marketplace.accounts.views.passkeys
import marketplace.accounts.views.registration
import marketplace.accounts.views.sign_in
import marketplace.catalogue.commands as catalogue_commands
import marketplace.catalogue.views.attention
import marketplace.catalogue.views.attractions
import marketplace.catalogue.views.lists
import marketplace.catalogue.views.products
import marketplace.examples.commands as example_commands
import marketplace.kim.commands
import marketplace.kim.views as recovery
import marketplace.photos.commands as photo_commands
import marketplace.photos.views as photos
import marketplace.regions.commands as region_commands
import marketplace.regions.views as villages
import marketplace.search.api.views as search_api
import marketplace.search.commands as search_commands
import marketplace.search.views as search
import marketplace.selling.commands as selling_commands
import marketplace.selling.views.attractions
import marketplace.selling.views.behalf
import marketplace.selling.views.business
import marketplace.selling.views.consents
import marketplace.selling.views.desk
import marketplace.selling.views.drafts
import marketplace.selling.views.editing
import marketplace.selling.views.hints
import marketplace.selling.views.leaving
import marketplace.selling.views.posting
import marketplace.selling.views.queue
import marketplace.selling.views.sharing
import marketplace.selling.views.uploads
import marketplace.site.views.app
import marketplace.site.views.businesses
import marketplace.site.views.health
import marketplace.site.views.home
import marketplace.site.views.information
import marketplace.site.views.kim
import marketplace.site.views.regions
import marketplace.site.views.sitemap  # noqa: F401
from marketplace.accounts.views.blueprint import pages as account_pages
from marketplace.catalogue.views.blueprint import pages as catalogue_pages
from marketplace.selling.views.blueprint import pages as selling_pages
from marketplace.site.views.blueprints import business_pages, kim_pages, region_pages, site_pages

BLUEPRINTS = (
    account_pages,
    recovery.pages,
    photos.pages,
    catalogue_pages,
    search.pages,
    search_api.pages,
    selling_pages,
    region_pages,
    villages.pages,
    kim_pages,
    business_pages,
    site_pages,
)
COMMANDS = (
    account_commands.commands,
    region_commands.commands,
    photo_commands.commands,
    catalogue_commands.commands,
    search_commands.commands,
    selling_commands.commands,
    example_commands.commands,
)
