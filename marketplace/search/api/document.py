"""The OpenAPI document: what programs may ask, and what every field of the answers means."""

from marketplace.search.api.parameters import PARAMETERS, Parameter
from marketplace.search.parameters import MOST_VALUES

SEARCHES_A_MINUTE = 600

TEXT = {"type": "string"}
ADDRESS = {"type": "string", "format": "uri"}
COUNT = {"type": "integer", "minimum": 0}
FACETS = ("jenis", "kategori", "kabupaten", "kecamatan", "desa", "izin")

INTRODUCTION = f"""Pencarian Pasar KIM untuk program: produk dan wisata dari semua desa di Jawa Timur.
Tanpa kunci, hanya membaca, boleh dipanggil dari halaman situs mana pun.
Dari satu alamat jaringan paling banyak {SEARCHES_A_MINUTE} permintaan semenit; sisanya ada di kepala `X-RateLimit-Remaining`,
dan setelah jawaban 429 kepala `Retry-After` menyebut berapa detik harus ditunggu.
Parameter yang tidak dikenal atau isinya salah dijawab 422 dengan namanya."""


def document(public_url: str) -> dict:
    """Return the document of the marketplace at this address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pasar KIM", "version": "1", "description": INTRODUCTION},
        "servers": [{"url": public_url}],
        "paths": {
            "/api/v1/search": {"get": _search()},
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "Dokumen ini",
                    "responses": {
                        "200": _answer("Dokumen OpenAPI.", {"type": "object"}),
                        "default": _refused("Gangguan di pihak kami."),
                    },
                }
            },
        },
        "components": {
            "headers": _headers(),
            "schemas": {
                "Answer": _described_answer(),
                "Result": _described_result(),
                "Facet": _described_facet(),
                "Place": _described_place(),
                "Kim": _described_kim(),
                "Error": _described_error(),
            },
        },
    }


def _search() -> dict:
    return {
        "operationId": "search",
        "summary": "Cari produk dan wisata",
        "parameters": [_parameter(parameter) for parameter in PARAMETERS],
        "responses": {
            "200": _answer("Yang ditemukan, mungkin kosong.", _reference("Answer"), limited=True),
            "422": _refused("Sebuah parameter salah; `field` menyebut namanya.", limited=True),
            "429": _refused("Terlalu sering; coba lagi setelah `Retry-After` detik.", limited=True),
            "500": _refused("Gangguan di pihak kami."),
            "503": _refused("Pencarian sedang disiapkan; coba lagi setelah `Retry-After` detik.", limited=True),
        },
    }


def _parameter(parameter: Parameter) -> dict:
    schema = parameter.kind.schema
    if parameter.takes_several:
        schema = {"type": "array", "items": schema, "maxItems": MOST_VALUES}
    elif parameter.default is not None:
        schema = {**schema, "default": parameter.default}
    # `kategori=a&kategori=b` is what browsers send, too.
    style = {"style": "form", "explode": True} if parameter.takes_several else {}
    return {"name": parameter.name, "in": "query", "description": parameter.description, "schema": schema, **style}


def _answer(description: str, schema: dict, limited: bool = False) -> dict:
    answer = {"description": description, "content": {"application/json": {"schema": schema}}}
    if limited:
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _headers()}
    return answer


def _refused(description: str, limited: bool = False) -> dict:
    return _answer(description, _reference("Error"), limited)


def _headers() -> dict:
    whole = {"type": "integer"}
    return {
        "X-RateLimit-Limit": {"description": "Banyaknya permintaan yang boleh dalam semenit.", "schema": whole},
        "X-RateLimit-Remaining": {"description": "Berapa yang masih boleh sekarang.", "schema": whole},
        "X-RateLimit-Reset": {"description": "Kapan boleh lagi, dalam detik sejak 1 Januari 1970.", "schema": whole},
        "Retry-After": {"description": "Berapa detik lagi boleh.", "schema": whole},
    }


def _described_answer() -> dict:
    lists = {
        "results": _several(
            "Result",
            "Satu halaman hasil, dari `offset`, paling banyak `limit`; di belakang hasil yang sedikit, yang mendekati.",
        ),
        "places": _several("Place", "Wilayah yang disebut oleh kata-katanya."),
        "kims": _several("Kim", "KIM yang disebut oleh kata-katanya."),
    }
    return _object(
        total={**COUNT, "description": "Banyaknya produk dan wisata yang cocok; yang mendekati tidak dihitung."},
        offset=COUNT,
        limit=COUNT,
        facets={
            "description": "Per parameter, nilai yang mempersempit hasil. Hitungannya mengikuti syarat lain.",
            **_object(**{name: _several("Facet") for name in FACETS}),
        },
        corrected=_or_null(TEXT, "Kata yang dicari sebagai ganti `q`, bila ejaannya diperbaiki."),
        left_out={"type": "array", "items": TEXT, "description": "Kata yang tidak ada di mana pun, lalu diabaikan."},
        partial={"type": "boolean", "description": "Benar bila tidak ada yang cocok dengan semua kata."},
        **lists,
    )


def _described_result() -> dict:
    return _object(
        id=COUNT,
        kind={"type": "string", "enum": ["produk", "wisata"]},
        name=TEXT,
        url=ADDRESS,
        price=_or_null(COUNT, "Rupiah; null berarti tanya harga. Untuk wisata: tiket dewasa, 0 berarti gratis."),
        unit=_or_null(TEXT, "Satuan harga, misalnya bungkus; null untuk wisata."),
        photo=_or_null(ADDRESS, "Foto sampul WebP, lebarnya paling banyak 640 piksel."),
        village=_object(code=TEXT, name=TEXT),
        regency=_object(code=TEXT, name=TEXT),
        match={
            "type": "string",
            "enum": ["all", "some"],
            "description": "`all`: cocok dengan semua kata; `some`: mendekati, tidak dihitung dalam `total`.",
        },
    )


def _described_facet() -> dict:
    return _object(
        value={**TEXT, "description": "Untuk parameternya."},
        label={**TEXT, "description": "Untuk dibaca orang."},
        count=COUNT,
        chosen={"type": "boolean"},
    )


def _described_place() -> dict:
    level = {"type": "string", "enum": ["kabupaten", "kecamatan", "desa"]}
    return _object(level=level, code=TEXT, name=TEXT, where=TEXT, url=ADDRESS)


def _described_kim() -> dict:
    return _object(name=TEXT, where=TEXT, url=ADDRESS)


def _described_error() -> dict:
    field = _or_null(TEXT, "Nama parameter yang salah, bila itu sebabnya.")
    return _object(error=_object(field=field, message={**TEXT, "description": "Kalimat untuk dibaca orang."}))


def _object(**properties: dict) -> dict:
    """Describe an object that has all of these fields and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _several(name: str, description: str = "") -> dict:
    described = {"description": description} if description else {}
    return {"type": "array", "items": _reference(name), **described}


def _or_null(schema: dict, description: str) -> dict:
    return {**schema, "type": [schema["type"], "null"], "description": description}


def _reference(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}
