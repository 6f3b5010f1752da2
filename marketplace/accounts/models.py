"""People and the offices they hold; being a coordinator or a seller follows from their KIM or business."""

import enum
import hmac
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import db
from marketplace.regions.models import Regency, Village


class Office(enum.StrEnum):
    OFFICER = "petugas"
    ADMIN = "admin"


class User(UserMixin, db.Model):
    """A person who signs in with a WhatsApp number and a password.

    Whoever leaves is erased: number, name and password are gone, the row stays because listings refer to it.
    """

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("(phone IS NULL) = (erased_at IS NOT NULL)", name="erased_has_no_phone"),)

    is_console = False

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str | None] = mapped_column(String(16), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    village_code: Mapped[str | None] = mapped_column(ForeignKey("villages.code"), index=True)
    # Raised when every sign-in must end, as after a change of password; part of what the cookie says.
    session_version: Mapped[int] = mapped_column(default=1)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    village: Mapped[Village | None] = relationship()
    appointments: Mapped[list["Appointment"]] = relationship(back_populates="user", order_by="Appointment.id")

    def get_id(self) -> str:
        """What the session cookie keeps: the id, and the version that makes an older cookie worthless."""
        return f"{self.id}.{self.session_version}"


class Appointment(db.Model):
    """An office that a person holds: officer of one kabupaten/kota, or administrator of the province."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("user_id", "office", "regency_code"),
        CheckConstraint("(office = 'petugas') = (regency_code IS NOT NULL)", name="officer_has_a_regency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    office: Mapped[Office]
    regency_code: Mapped[str | None] = mapped_column(ForeignKey("regencies.code"), index=True)
    appointed_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="appointments")
    regency: Mapped[Regency | None] = relationship()


class Device(db.Model):
    """A browser that a person stays signed in with, until it or they end it.

    The cookie holds the id and a secret that changes each time it opens a session. The one before stays good until
    the new one is used: on a weak signal the answer that carries it may be lost.
    """

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # SHA-256 in hexadecimal digits.
    secret_hash: Mapped[str] = mapped_column(String(64))
    previous_secret_hash: Mapped[str | None] = mapped_column(String(64))
    rotated_at: Mapped[datetime]
    # As people call it: "Chrome di Android".
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    def knows(self, secret_hash: str) -> bool:
        """Tell whether this is the secret of today or the one before."""
        known = (self.secret_hash, self.previous_secret_hash or "")
        return any(hmac.compare_digest(secret_hash, kept) for kept in known)


class Passkey(db.Model):
    """A fingerprint, face or screen lock that signs a person in (WebAuthn)."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # Base64url, as browsers write it.
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Recovery(db.Model):
    """A person's way back in: asked for by them, confirmed by somebody who knows them, used once within a day."""

    __tablename__ = "recoveries"
    __table_args__ = (
        CheckConstraint("(confirmed_at IS NULL) = (link_hash IS NULL)", name="confirmed_has_a_link"),
        CheckConstraint("(confirmed_at IS NULL) = (expires_at IS NULL)", name="confirmed_has_an_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])


class AccountEventKind(enum.StrEnum):
    REGISTERED = "mendaftar"
    SIGNED_IN = "masuk"
    PASSWORD_CHANGED = "ganti-sandi"  # noqa: S105 - the name of an event
    DEVICE_ENDED = "perangkat-diakhiri"
    STOLEN_COOKIE = "kuki-dicuri"
    PASSKEY_ADDED = "kunci-ditambah"
    PASSKEY_REMOVED = "kunci-dihapus"
    RECOVERY_ASKED = "lupa-sandi"
    RECOVERY_CONFIRMED = "lupa-dibantu"
    RECOVERY_REFUSED = "lupa-ditolak"
    RECOVERY_USED = "lupa-selesai"
    APPOINTED = "diangkat"
    DATA_DOWNLOADED = "unduh-data"
    ERASED = "hapus-akun"


class AccountEvent(db.Model):
    """Something that happened to an account, and who did it; nothing here is ever changed."""

    __tablename__ = "account_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # Without one: the person themselves before signing in, or the operator at the console.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[AccountEventKind]
    note: Mapped[str] = mapped_column(String(200), default="")
    happened_at: Mapped[datetime]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    actor: Mapped[User | None] = relationship(foreign_keys=[actor_id])
