"""Bringing a spreadsheet in: everything is checked first, then everything is saved, or nothing is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from marketplace.catalogue import policy
from marketplace.catalogue.errors import ImportRefused
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.services.counts import recount
from marketplace.catalogue.services.listings import (
    PhotoUse,
    add_listing,
    change_listing,
    list_changes,
)
from marketplace.catalogue.services.outbox import note_changed_businesses, note_changes
from marketplace.catalogue.spreadsheets.drafts import (
    BusinessDraft,
    Draft,
)
from marketplace.catalogue.spreadsheets.existing import BATCH, Existing, batches
from marketplace.catalogue.spreadsheets.pictures import Picture
from marketplace.catalogue.spreadsheets.plans import Plan
from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.foundation import clock
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db, take_turns
from marketplace.foundation.errors import require
from marketplace.kim.models import Kim, KimStatus
from marketplace.umkm.models import Business

# What an import publishes; what was sent back or archived stays so until a person decides.
PUBLISHABLE = {ListingStatus.DRAFT, ListingStatus.WAITING}


@dataclass
class ImportReport:
    """What an import did, or would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    businesses_created: int = 0
    businesses_updated: int = 0
    updated_rows: list[int] = field(default_factory=list)


def save_plan(actor: Actor, plan: Plan, publish: bool = False, progress: Progress = silently) -> ImportReport:
    """Add what is new, change what differs, leave the rest; new listings wait unless they are to be published.

    A row whose `status` cell is filled decides for itself. Listings that exist keep their status, except that
    waiting ones are published when asked, unless their business is archived. Saving the same plan again changes
    nothing. The files of its pictures must have been stored. Refuses with ImportRefused when what the plan was
    checked against has changed so that it cannot be saved.
    """
    require(policy.may_import(actor))
    # Two imports at once would each add what neither finds: the second reads what exists when the first has ended.
    take_turns("import")
    return _Saving(actor, publish, clock.now()).save(plan, progress)


def foresee(plan: Plan, publish: bool = False) -> ImportReport:
    """Return what saving the plan would do, and do nothing."""
    return _Foreseeing(publish).look_at(plan)


class _Saving:
    def __init__(self, actor: Actor, publish: bool, now: datetime):
        self.actor = actor
        self.publish = publish
        self.now = now
        self.report = ImportReport()

    def save(self, plan: Plan, progress: Progress) -> ImportReport:
        existing = Existing(plan.drafts, plan.businesses)
        if faults := existing.faults_of(plan.drafts, plan.businesses):
            raise ImportRefused(faults)
        photo_ids = {file: picture.keep() for file, picture in plan.pictures.items()}
        self._save_businesses(plan, existing)
        shown = progress(self._saved_drafts(plan, existing, photo_ids), "Menyimpan baris", len(plan.drafts))
        for _ in shown:
            pass
        if self.report.created or self.report.updated:
            recount()
        return self.report

    def _save_businesses(self, plan: Plan, existing: Existing) -> None:
        kims = _kims_of({draft.village_code for draft in plan.businesses if draft.key not in existing.businesses})
        changed = []
        for draft in plan.businesses:
            business = existing.businesses.get(draft.key)
            if business is None:
                business = Business(
                    name=draft.name,
                    village_code=draft.village_code,
                    kim_id=kims.get(draft.village_code),
                    is_example=draft.is_example,
                    created_at=self.now,
                    **draft.values,
                )
                db.session.add(business)
                existing.businesses[draft.key] = business
                self.report.businesses_created += 1
            elif changes := _business_changes(business, draft):
                for name, value in changes.items():
                    setattr(business, name, value)
                changed.append(business.id)
                self.report.businesses_updated += 1
        db.session.flush()
        note_changed_businesses(changed)

    def _saved_drafts(self, plan: Plan, existing: Existing, photo_ids: dict[Path, int]) -> Iterator[Draft]:
        for batch in existing.in_batches(plan.drafts):
            changed = []
            for draft, listing in batch:
                business = existing.business_of(draft)
                photos = _photo_uses(draft, photo_ids)
                if listing is None:
                    changed.append(self._add(draft, business, photos or []))
                elif self._change(draft, listing, photos):
                    changed.append(listing)
                yield draft
            db.session.flush()
            note_changes(listing.id for listing in changed)

    def _add(self, draft: Draft, business: Business | None, photos: list[PhotoUse]) -> Listing:
        status = _status_of(draft, self.publish)
        values = _values_of_new(draft) | {
            "status": status,
            "published_at": draft.published_at or (self.now if status is ListingStatus.PUBLISHED else None),
            "business_id": business.id if business else None,
        }
        self.report.created += 1
        self.report.published += status is ListingStatus.PUBLISHED
        return add_listing(self.actor, draft.kind, values, photos, self.now)

    def _change(self, draft: Draft, listing: Listing, photos: list[PhotoUse] | None) -> bool:
        is_changed = change_listing(self.actor, listing, _values_of(draft), photos, self.now)
        if _is_to_be_published(draft, listing, self.publish):
            listing.move_to(ListingStatus.PUBLISHED, self.now)
            self.report.published += 1
            is_changed = True
        _note_change(self.report, draft, is_changed)
        return is_changed


class _Foreseeing:
    def __init__(self, publish: bool):
        self.publish = publish
        self.report = ImportReport()

    def look_at(self, plan: Plan) -> ImportReport:
        existing = Existing(plan.drafts, plan.businesses)
        for business_draft in plan.businesses:
            business = existing.businesses.get(business_draft.key)
            if business is None:
                self.report.businesses_created += 1
            elif _business_changes(business, business_draft):
                self.report.businesses_updated += 1
        for batch in existing.in_batches(plan.drafts):
            for draft, listing in batch:
                self._look_at_draft(draft, listing, plan.pictures)
        return self.report

    def _look_at_draft(self, draft: Draft, listing: Listing | None, pictures: dict[Path, Picture]) -> None:
        if listing is None:
            self.report.created += 1
            self.report.published += _status_of(draft, self.publish) is ListingStatus.PUBLISHED
            return
        is_published = _is_to_be_published(draft, listing, self.publish)
        self.report.published += is_published
        has_changes = bool(list_changes(listing, _values_of(draft))) or _has_other_pictures(draft, listing, pictures)
        _note_change(self.report, draft, is_published or has_changes)


def _note_change(report: ImportReport, draft: Draft, is_changed: bool) -> None:
    if is_changed:
        report.updated += 1
        report.updated_rows.append(draft.row)
    else:
        report.unchanged += 1


def _values_of(draft: Draft) -> dict[str, Any]:
    return draft.values | {"name": draft.name, "category_id": draft.category_id}


def _values_of_new(draft: Draft) -> dict[str, Any]:
    values = _values_of(draft) | {"village_code": draft.village.code}
    if draft.kind is ListingKind.ATTRACTION and "latitude" not in values:
        values |= {"latitude": draft.village.latitude, "longitude": draft.village.longitude, "is_exact_point": False}
    return values


def _status_of(draft: Draft, publish: bool) -> ListingStatus:
    return draft.status or (ListingStatus.PUBLISHED if publish else ListingStatus.WAITING)


def _is_to_be_published(draft: Draft, listing: Listing, publish: bool) -> bool:
    if not publish or draft.status not in {None, ListingStatus.PUBLISHED} or listing.status not in PUBLISHABLE:
        return False
    return listing.business is None or listing.business.is_public


def _photo_uses(draft: Draft, photo_ids: dict[Path, int]) -> list[PhotoUse] | None:
    if draft.files is None:
        return None
    alt_texts = draft.alt_texts or [None] * len(draft.files)
    return [PhotoUse(photo_ids[file], text) for file, text in zip(draft.files, alt_texts, strict=True)]


def _has_other_pictures(draft: Draft, listing: Listing, pictures: dict[Path, Picture]) -> bool:
    if draft.files is None:
        return False
    if [pictures[file].digest for file in draft.files] != [use.photo.digest for use in listing.photos]:
        return True
    return draft.alt_texts is not None and draft.alt_texts != [use.alt_text for use in listing.photos]


def _business_changes(business: Business, draft: BusinessDraft) -> dict[str, Any]:
    return {name: value for name, value in draft.values.items() if getattr(business, name) != value}


def _kims_of(villages: Iterable[str]) -> dict[str, int]:
    """Return the KIM of each village that has exactly one: with two, people must say which."""
    kims: dict[str, list[int]] = {}
    for batch in batches(sorted(villages), BATCH):
        rows = db.session.execute(
            select(Kim.village_code, Kim.id).where(Kim.village_code.in_(batch), Kim.status == KimStatus.ACTIVE)
        )
        for village_code, kim_id in rows:
            kims.setdefault(village_code, []).append(kim_id)
    return {village_code: ids[0] for village_code, ids in kims.items() if len(ids) == 1}
