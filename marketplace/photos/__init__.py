"""Photos that people upload: accept, strip, resize, keep (local folder or S3), serve.

A *master* is the cleaned picture that everything else is made from and that is never served; a *variant* is one
width of it as WebP; the *preview* is the JPEG that WhatsApp and others show beside a link. The *digest* is the first
half of the SHA-256 of the master's bytes: the name of the photo in addresses, in the storage and in the database.
"""
