"""The form of each purpose that a draft can have."""

from marketplace.foundation.forms import Form
from marketplace.selling.forms.attractions import AttractionForm
from marketplace.selling.forms.behalf import ProductOfSellerForm
from marketplace.selling.forms.products import ProductForm
from marketplace.selling.models import DraftPurpose

# Each has `from_fields(fields)`, which reads what a telephone kept, and `values()`, the columns that it makes.
FORMS: dict[DraftPurpose, type[Form]] = {
    DraftPurpose.OWN_PRODUCT: ProductForm,
    DraftPurpose.PRODUCT_OF_SELLER: ProductOfSellerForm,
    DraftPurpose.ATTRACTION: AttractionForm,
}
