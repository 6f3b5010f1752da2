"""People who do not exist: their names say so, and their numbers are nobody's."""

from marketplace.examples.source import chance

WOMEN = (
    "Lestari", "Wulandari", "Rahayu", "Kartini", "Sulastri", "Handayani", "Puspita", "Maharani", "Setyowati", "Anjani",
    "Purnami", "Widiastuti", "Hapsari", "Kusuma", "Utami", "Pertiwi",
)  # fmt: skip
MEN = (
    "Santoso", "Wibowo", "Prasetyo", "Hidayat", "Nugroho", "Wijaya", "Setiawan", "Suryanto", "Gunawan", "Raharjo",
    "Mulyono", "Hartono", "Saputra", "Widodo", "Susanto", "Kuncoro",
)  # fmt: skip
NUMBERS = 1_000


def phone(number: int) -> str:
    """Return a telephone number of the one block that the examples use."""
    if not 0 <= number < NUMBERS:
        raise ValueError(number)
    return f"0812-0000-{number:04}"


def full_name(seed: str) -> str:
    """Return a sample name, the same for the same seed."""
    names = WOMEN if chance(seed, 2) else MEN
    return f"Contoh {names[chance(f'{seed} nama', len(names))]}"


def polite_name(seed: str) -> str:
    """Return a sample name with Ibu or Bapak before it."""
    return f"{'Ibu' if chance(seed, 2) else 'Bapak'} {full_name(seed)}"
