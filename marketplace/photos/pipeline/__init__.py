"""From the bytes that a person sends to the files that the marketplace keeps; needs neither Flask nor a database.

An importer may call `process` in a pool of processes: what it takes and returns can be sent between them.
"""

from marketplace.photos.pipeline.files import ProcessedPhoto, digest_of, files_from_master, process

__all__ = ["ProcessedPhoto", "digest_of", "files_from_master", "process"]
