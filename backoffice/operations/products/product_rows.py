"""The rows of a product: the folded text by which it is found, and the audit document with its upgrades."""

from collections.abc import Mapping

from sqlalchemy import select

from backoffice.domain.text import fold
from backoffice.models import Product, ProductUpgrade
from backoffice.operations.audit_documents import document_of
from backoffice.operations.work import Work


def index(product: Product) -> None:
    """Store the folded text by which the product is found: name, SKU, family."""
    product.search_text = fold(" ".join(filter(None, [product.name, product.sku, product.family])))


def product_document(work: Work, product: Product) -> Mapping[str, object]:
    """The product with the SKUs it can be upgraded to, for the audit trail."""
    targets = select(Product.sku).join(ProductUpgrade, ProductUpgrade.target_id == Product.id)
    chosen = targets.where(ProductUpgrade.product_id == product.id).order_by(Product.sku)
    return document_of(product, upgrades_to=list(work.session.scalars(chosen)))
