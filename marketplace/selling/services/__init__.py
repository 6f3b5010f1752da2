"""What sellers and coordinators do: keep drafts, take in photos, post, change, archive."""
