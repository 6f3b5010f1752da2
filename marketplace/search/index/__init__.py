"""The index: what a listing looks like in it, where it lies, how it is built, and how far it has read the outbox."""
