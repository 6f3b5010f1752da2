"""Bringing a spreadsheet in: everything is checked first, then everything is saved, or nothing is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.catalogue import policy
from marketplace.catalogue.errors import Fault, ImportRefused
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.counts import recount
from marketplace.catalogue.services.listings import (
    MODELS,
    PhotoUse,
    add_listing,
    change_listing,
    list_changes,
)
from marketplace.catalogue.spreadsheets.categories import CategoryFinder
from marketplace.catalogue.spreadsheets.cells import word_key
from marketplace.catalogue.spreadsheets.columns import REQUIRED, match_columns
from marketplace.catalogue.spreadsheets.drafts import (
    BusinessDraft,
    Draft,
    RowReader,
    business_key,
    note_unknown_owners,
)
from marketplace.catalogue.spreadsheets.pictures import Picture, PictureDesk, PictureFolder
from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.catalogue.spreadsheets.tables import Table
from marketplace.catalogue.spreadsheets.villages import VillageFinder
from marketplace.foundation import clock
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.kim.models import Kim, KimStatus
from marketplace.umkm.models import Business

BATCH = 500
# What an import publishes; what was sent back or archived stays so until a person decides.
PUBLISHABLE = {ListingStatus.DRAFT, ListingStatus.WAITING}


@dataclass(frozen=True)
class Plan:
    """A table in which nothing is wrong, ready to be saved; it holds no rows of the database."""

    drafts: list[Draft]
    businesses: list[BusinessDraft]
    pictures: dict[Path, Picture]


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


def check_table(table: Table, photos_folder: Path | None, desk: PictureDesk, progress: Progress = silently) -> Plan:
    """Return what a table wants, or refuse with ImportRefused listing every fault. Only reads."""
    places, faults = match_columns(table)
    if not places.keys() >= set(REQUIRED):
        raise ImportRefused(faults)
    pictures_folder = PictureFolder(photos_folder)
    reader = RowReader(places, VillageFinder.from_database(), CategoryFinder.from_database(), pictures_folder)
    drafts = [
        draft
        for number, row in progress(table.rows, "Memeriksa baris", len(table.rows))
        if (draft := reader.read(number, row)) is not None
    ]
    businesses = list(reader.businesses.values())
    faults += reader.faults + note_unknown_owners(businesses, _known_businesses(businesses))
    pictures, picture_faults = _check_pictures(drafts, desk, progress)
    faults += picture_faults
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: (fault.row, places.get(fault.column, -1))))
    return Plan(drafts, businesses, pictures)


def save_plan(actor: Actor, plan: Plan, publish: bool = False, progress: Progress = silently) -> ImportReport:
    """Add what is new, change what differs, leave the rest; new listings wait unless they are to be published.

    A row whose `status` cell is filled decides for itself. Listings that exist keep their status, except that
    waiting ones are published when asked. Saving the same plan again changes nothing.
    """
    require(policy.may_import(actor))
    return _Saving(actor, publish, clock.now()).save(plan, progress)


def foresee(plan: Plan, publish: bool = False) -> ImportReport:
    """Return what saving the plan would do, and do nothing."""
    return _Foreseeing(publish).look_at(plan)


def _check_pictures(
    drafts: Sequence[Draft], desk: PictureDesk, progress: Progress
) -> tuple[dict[Path, Picture], list[Fault]]:
    files = list(dict.fromkeys(file for draft in drafts for file in draft.files or ()))
    pictures, refused = desk.work_through(files, progress)
    faults = []
    for draft in drafts:
        digests: dict[str, Path] = {}
        for file in draft.files or ():
            if file in refused:
                faults.append(Fault(draft.row, "foto", f'"{file.name}": {refused[file]}'))
            else:
                first = digests.setdefault(pictures[file].digest, file)
                if first != file:
                    message = f'"{file.name}" sama persis dengan "{first.name}".'
                    faults.append(Fault(draft.row, "foto", message))
    return pictures, faults


class _Existing:
    """The listings and businesses that rows of a plan may mean, found by their natural keys."""

    def __init__(self, plan: Plan):
        villages = sorted({draft.village.code for draft in plan.drafts})
        self.businesses = {
            business_key(business.village_code, business.name): business for business in _businesses_in(villages)
        }
        self._ids: dict[tuple, int] = {}
        for batch in _batches(villages, BATCH):
            rows = db.session.execute(
                select(Listing.id, Listing.kind, Listing.village_code, Listing.business_id, Listing.name)
                .where(Listing.village_code.in_(batch))
                .order_by(Listing.id.desc())
            )
            # Of two listings that look the same the older is meant.
            self._ids |= {(kind, code, business, word_key(name)): id for id, kind, code, business, name in rows}

    def business_of(self, draft: Draft) -> Business | None:
        return self.businesses.get(draft.business.key) if draft.business else None

    def id_of(self, draft: Draft) -> int | None:
        business = self.business_of(draft)
        if draft.business and (business is None or business.id is None):
            return None
        business_id = business.id if business else None
        return self._ids.get((draft.kind, draft.village.code, business_id, word_key(draft.name)))

    def in_batches(self, drafts: Sequence[Draft]) -> Iterator[list[tuple[Draft, Listing | None]]]:
        """Yield the drafts with the listings that they mean, a batch at a time, so that memory does not grow."""
        for batch in _batches(drafts, BATCH):
            ids = {draft.row: self.id_of(draft) for draft in batch}
            listings = _listings([id for id in ids.values() if id is not None])
            yield [(draft, listings.get(ids[draft.row])) for draft in batch]


class _Saving:
    def __init__(self, actor: Actor, publish: bool, now: datetime):
        self.actor = actor
        self.publish = publish
        self.now = now
        self.report = ImportReport()

    def save(self, plan: Plan, progress: Progress) -> ImportReport:
        existing = _Existing(plan)
        photo_ids = {}
        if plan.pictures:
            for file, picture in progress(plan.pictures.items(), "Menyimpan foto", len(plan.pictures)):
                photo_ids[file] = picture.keep()
        self._save_businesses(plan, existing)
        shown = progress(self._saved_drafts(plan, existing, photo_ids), "Menyimpan baris", len(plan.drafts))
        for _ in shown:
            pass
        if self.report.created or self.report.updated:
            recount()
        return self.report

    def _save_businesses(self, plan: Plan, existing: _Existing) -> None:
        kims = _kims_of({draft.village_code for draft in plan.businesses if draft.key not in existing.businesses})
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
                self.report.businesses_updated += 1
        db.session.flush()

    def _saved_drafts(self, plan: Plan, existing: _Existing, photo_ids: dict[Path, int]) -> Iterator[Draft]:
        for batch in existing.in_batches(plan.drafts):
            for draft, listing in batch:
                business = existing.business_of(draft)
                photos = _photo_uses(draft, photo_ids)
                if listing is None:
                    self._add(draft, business, photos or [])
                else:
                    self._change(draft, listing, photos)
                yield draft
            db.session.flush()

    def _add(self, draft: Draft, business: Business | None, photos: list[PhotoUse]) -> None:
        status = _status_of(draft, self.publish)
        values = _values_of_new(draft) | {
            "status": status,
            "published_at": draft.published_at or (self.now if status is ListingStatus.PUBLISHED else None),
            "business_id": business.id if business else None,
        }
        add_listing(self.actor, draft.kind, values, photos, self.now)
        self.report.created += 1
        self.report.published += status is ListingStatus.PUBLISHED

    def _change(self, draft: Draft, listing: Listing, photos: list[PhotoUse] | None) -> None:
        is_changed = change_listing(self.actor, listing, _values_of(draft), photos, self.now)
        if _is_to_be_published(draft, listing, self.publish):
            listing.move_to(ListingStatus.PUBLISHED, self.now)
            self.report.published += 1
            is_changed = True
        _note_change(self.report, draft, is_changed)


class _Foreseeing:
    def __init__(self, publish: bool):
        self.publish = publish
        self.report = ImportReport()

    def look_at(self, plan: Plan) -> ImportReport:
        existing = _Existing(plan)
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
    return publish and draft.status in {None, ListingStatus.PUBLISHED} and listing.status in PUBLISHABLE


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


def _known_businesses(drafts: Iterable[BusinessDraft]) -> set[tuple[str, str]]:
    villages = sorted({draft.village_code for draft in drafts})
    return {business_key(business.village_code, business.name) for business in _businesses_in(villages)}


def _businesses_in(villages: Sequence[str]) -> Iterator[Business]:
    for batch in _batches(villages, BATCH):
        yield from db.session.scalars(
            select(Business).where(Business.village_code.in_(batch)).order_by(Business.id.desc())
        )


def _kims_of(villages: Iterable[str]) -> dict[str, int]:
    """Return the KIM of each village that has exactly one: with two, people must say which."""
    kims: dict[str, list[int]] = {}
    for batch in _batches(sorted(villages), BATCH):
        rows = db.session.execute(
            select(Kim.village_code, Kim.id).where(Kim.village_code.in_(batch), Kim.status == KimStatus.ACTIVE)
        )
        for village_code, kim_id in rows:
            kims.setdefault(village_code, []).append(kim_id)
    return {village_code: ids[0] for village_code, ids in kims.items() if len(ids) == 1}


def _listings(ids: Sequence[int]) -> dict[int, Listing]:
    listings: dict[int, Listing] = {}
    for model in MODELS.values():
        statement = (
            select(model).where(model.id.in_(ids)).options(selectinload(model.photos).joinedload(ListingPhoto.photo))
        )
        if model is Product:
            statement = statement.options(selectinload(Product.variants))
        listings |= {listing.id: listing for listing in db.session.scalars(statement)}
    return listings


def _batches(items: Sequence, size: int) -> Iterator[Sequence]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
