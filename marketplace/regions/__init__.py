"""East Java's places: province > regency (kabupaten/kota) > district (kecamatan) > village (desa/kelurahan).

Codes are the Kemendagri's dotted ones (`35.07.25.2001`): a place's code begins with its parent's.
"""
